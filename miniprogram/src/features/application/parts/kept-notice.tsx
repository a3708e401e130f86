import type { Loaded } from '../../../platform/use-request'
import { Notice } from '../../../ui/feedback/notice'
import { isBegun } from './drafts'

interface KeptNoticeProps {
  loaded: Loaded<unknown>
  /** The item that is applied for, or the case that something is brought to. */
  of: string
}

/** Beside what did not open: what was half written has not gone with it. */
export function KeptNotice({ loaded, of }: KeptNoticeProps) {
  if (loaded.state !== 'failed' || !isBegun(of)) return null
  return <Notice className='mt-3'>写到一半的都留着，打开了接着写。</Notice>
}
