import type { Loaded } from '../../platform/use-request'
import { momentWords } from '../words/dates'
import { sentence } from '../words/waits'
import { Notice } from './notice'

interface EarlierNoticeProps {
  loaded: Loaded<unknown>
  onRetry: () => unknown
}

/** Above what is from earlier: since when, where that is known, or why nothing newer came. */
export function EarlierNotice({ loaded, onRetry }: EarlierNoticeProps) {
  if (loaded.state !== 'ready' || (loaded.savedAt === undefined && loaded.trouble === undefined)) return null
  const why = sentence(loaded.trouble?.title ?? '没有连上网')
  const since =
    loaded.savedAt === undefined ? '下面是刚才看到的' : `这是 ${momentWords(loaded.savedAt)} 看到的`
  return (
    <Notice
      tone='soon'
      icon='offline'
      className='mb-3'
      action={{ words: '再试一次', onPress: () => void onRetry() }}
    >
      {why}
      {since}。
    </Notice>
  )
}
