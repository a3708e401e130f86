import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { platform } from '../../../platform'
import { now, today } from '../../../platform/clock'

/** A case that this phone has filed today. */
export interface JustFiled {
  readonly caseId: string
  /** For oneself. */
  readonly isOwn: boolean
}

interface Noted extends JustFiled {
  readonly at: Instant
}

const keyOf = (itemId: string) => `just-filed:${itemId}`

export const noteJustFiled = (itemId: string, filed: JustFiled) =>
  platform.write(keyOf(itemId), { ...filed, at: now() })

/** What a guide that was read at `readAt` cannot know; undefined where it was read since: then it tells or denies it itself. */
export function justFiledOf(itemId: string, readAt: string | undefined): JustFiled | undefined {
  const { caseId, isOwn, at } = (platform.read(keyOf(itemId)) ?? {}) as Partial<Noted>
  if (caseId === undefined || at === undefined || dayIn(at) !== today()) return undefined
  if (readAt !== undefined && Date.parse(readAt) > Date.parse(at)) return undefined
  return { caseId, isOwn: isOwn === true }
}

/** What came to nothing is neither told as just filed, nor does it keep what was filled in for it from being kept. */
export const forgetFiled = (caseId: string) =>
  platform.forgetWhere(
    (key) => /^(just-)?filed:/.test(key) && JSON.stringify(platform.read(key)).includes(caseId),
  )
