import type { Instant } from '#shared/domain/kernel/plain-date'
import { platform } from '../../../platform'
import { isTimeKnown, now } from '../../../platform/clock'
import { DRAFTS } from '../../../platform/session'
import { dropUploadsOf } from '../../../platform/upload-queue'
import { noteJustFiled } from '../../service-item/parts/just-filed'
import type { Who } from './who'

const DAY_MS = 24 * 3600 * 1000
const KEPT_MS = 30 * DAY_MS

/** What was typed so far, kept on this phone until it is filed; nothing is lost when the app is closed. */
export interface Draft {
  readonly key: string
  /** Tells it from those that had its key before, or have it in another tab; missing in drafts of before. */
  readonly id?: string
  readonly plainName: string
  readonly savedAt: Instant
  /** From 0. */
  readonly step: number
  readonly answers: Readonly<Record<string, unknown>>
  /** Keys of photos in the upload queue, by the place they belong to. */
  readonly photos: Readonly<Record<string, readonly string[]>>
  /** The name of who applies, as far as it is typed; missing where nobody else applies, and in drafts of before. */
  readonly whose?: string
  /** Why the same was refused or not accepted before; missing where it is no re-application. */
  readonly refusedBecause?: string
  /** The case that it applies for again; missing where it is no re-application. */
  readonly begunFrom?: string
  /** The case whose certificate it asks to renew; missing where it asks for none. */
  readonly renews?: string
  /** Keys of what a notice asks about, and is said to be right as it was. */
  readonly confirmed?: readonly string[]
}

/** Of a draft that is begun. */
export const newDraftId = () => Math.random().toString(36).slice(2)

export type DraftEntry = Pick<Draft, 'key' | 'plainName' | 'savedAt' | 'step' | 'whose'>

const storageKey = (key: string) => `draft:${key}`
/** What the photos of a draft live as long as. */
export const ownerOfDraft = storageKey

/** What one fills in for oneself, for somebody else and for who comes to the counter does not mix. */
const KINDS = { item: 'self', other: 'other', entry: 'entry' } as const
type WhoKind = (typeof KINDS)[keyof typeof KINDS]

/** Of an application that is being filled in; the keys of what is brought to a case are none of these. */
export const draftKeyOfItem = (serviceItemId: string, who: Exclude<WhoKind, 'other'>) =>
  `${who === 'self' ? 'item' : who}:${serviceItemId}`

/** What is being filled in for others, newest first: one draft a person. */
export const draftsOfOthers = (serviceItemId: string): readonly DraftEntry[] =>
  listDrafts().filter(({ key }) => {
    const of = itemOfDraft(key)
    return of?.who === 'other' && of.id === serviceItemId
  })

/** Somebody of whom nothing is filled in yet, with a key that no draft has: another tab is asked for whom just now, too. */
export const someoneElse = (serviceItemId: string): Who => ({
  kind: 'other',
  draftKey: `other:${serviceItemId}:${newDraftId()}`,
})

/** Where what is filled in for them is kept. */
export const draftKeyOf = (serviceItemId: string, who: Who) =>
  who.kind === 'other' ? who.draftKey : draftKeyOfItem(serviceItemId, who.kind)

/** Of the answer to one notice: what was brought for the first is no answer to the second. */
export const draftKeyOfNotice = (
  caseId: string,
  { askedOn, askedBefore }: { readonly askedOn: string; readonly askedBefore: string | null },
) => `case:${caseId}:${askedBefore === null ? 1 : 2}:${askedOn}`
export const draftKeyOfAddition = (caseId: string) => `addition:${caseId}`

/** What was sent of a draft, as long as nobody knows whether it arrived. */
export const sentOf = (key: string) =>
  (platform.read(`sent:${key}`) ?? {}) as Readonly<Record<string, unknown>>
export const keepSent = (key: string, sent: object) => platform.write(`sent:${key}`, sent)

export const forgetSent = (key: string) => platform.remove(`sent:${key}`)

export function itemOfDraft(key: string): { readonly id: string; readonly who: WhoKind } | undefined {
  const [kind = '', id = ''] = key.split(':')
  return kind in KINDS ? { id, who: KINDS[kind as keyof typeof KINDS] } : undefined
}

/** Something is half written for this item, or for this case. */
export const isBegun = (id: string) => listDrafts().some(({ key }) => key.split(':')[1] === id)

const readIndex = () => (platform.read(DRAFTS) as readonly DraftEntry[] | undefined) ?? []

/** Somebody's who came: the next who comes is another, and so is the day. */
const isOfCounter = (key: string) => itemOfDraft(key)?.who === 'entry'

/** Of a case that went to somebody else nothing is left but its entry. */
const isFresh = ({ key, savedAt }: DraftEntry) =>
  (!isTimeKnown() || Date.parse(now()) - Date.parse(savedAt) < (isOfCounter(key) ? DAY_MS : KEPT_MS)) &&
  platform.read(storageKey(key)) !== undefined

/** Newest first; what is older than 30 days, of a counter than one, or went with its case, is gone. */
export function listDrafts(): readonly DraftEntry[] {
  const all = readIndex()
  const fresh = all.filter(isFresh)
  if (fresh.length < all.length) {
    for (const { key } of all.filter((entry) => !isFresh(entry))) removeDraft(key)
  }
  return fresh
}

const findKept = (key: string) => platform.read(storageKey(key)) as Draft | undefined
export const findDraft = (key: string): Draft | undefined =>
  listDrafts().some((entry) => entry.key === key) ? findKept(key) : undefined

/** How often each was written or thrown away since the app was opened: two pages may lie open on one draft. */
const rounds = new Map<string, number>()
export const roundOf = (key: string) => rounds.get(key) ?? 0
const countRound = (key: string) => rounds.set(key, roundOf(key) + 1)

/** Which case became of a draft that another page, or another tab, may have open still. */
const filedKey = (key: string) => `filed:${key}`
let filings = 0
export function noteFiled(key: string, draftId: string, caseId: string) {
  filings += 1
  platform.write(filedKey(key), { caseId, draftId })
  const item = itemOfDraft(key)
  // At a counter nobody has filed anything of their own.
  if (item && item.who !== 'entry') noteJustFiled(item.id, { caseId, isOwn: item.who === 'self' })
}
/** How many were filed since the app was opened. */
export const filedSoFar = () => filings
/** The case that became of this very draft: its key may have been another one's before, or be another tab's. */
export function filedFrom(key: string, draftId: string) {
  const noted = (platform.read(filedKey(key)) ?? {}) as {
    readonly caseId?: string
    readonly draftId?: string
  }
  return noted.draftId === draftId ? noted.caseId : undefined
}
/** The office has it not: what is filled in is a draft once more. */
export const forgetFiledFrom = (key: string) => platform.remove(filedKey(key))

/** Says whether the phone has it now. */
export function saveDraft(draft: Omit<Draft, 'savedAt'>): boolean {
  const saved: Draft = { id: newDraftId(), ...draft, savedAt: now() }
  const { key, plainName, savedAt, step, whose } = saved
  const entry = { key, plainName, savedAt, step, ...(whose === undefined ? {} : { whose }) }
  countRound(key)
  return (
    platform.write(storageKey(key), saved) &&
    platform.write(DRAFTS, [entry, ...readIndex().filter((each) => each.key !== key)])
  )
}

/** With its photos. Another tab's draft under the same key stays, where it is said which is meant. */
export function removeDraft(key: string, draftId?: string) {
  const kept = findKept(key)
  if (draftId !== undefined && kept !== undefined && (kept.id ?? '') !== draftId) return forgetSent(key)
  countRound(key)
  dropUploadsOf(storageKey(key))
  platform.remove(storageKey(key))
  forgetSent(key)
  platform.write(
    DRAFTS,
    readIndex().filter((entry) => entry.key !== key),
  )
}
