import type { DeliveryChoice } from '#shared/domain/case/delivery/delivery-state'
import type { FiledContent } from '#shared/domain/case/filed-content'
import type { CaseState } from '#shared/domain/case/state'
import { maskNumbersIn } from '#shared/domain/kernel/digits'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Principal } from '../../../platform/http/principal'
import type { Cipher } from '../../../platform/ports/cipher'
import type { Reference } from '../../service-item'
import type { OwnedCase } from '../case-row'
import type { DocumentRules } from '../document-rules'
import { readsNow } from '../documents/signed-paper'
import type { LoggedEvent, ReadCase } from '../queries'
import { openText } from '../texts'

export interface ViewContext {
  readonly reference: Reference
  readonly cipher: Cipher
  readonly documents: DocumentRules
  readonly now: Instant
  /** Under which anybody opens the pages of the product. */
  readonly ownAddress: string
  /** It goes on paper to whom it is for, by the hand of staff who give it to them: named as the addressee reads it. */
  readonly inFull?: boolean
}

/** A case before one viewer. */
export interface Subject extends ViewContext {
  readonly read: ReadCase
  readonly caseRow: OwnedCase
  readonly item: ServiceItem
  readonly state: CaseState
  readonly content: FiledContent
  readonly principal: Principal
  readonly viewer: 'applicant' | 'staff'
  /** The confirmed applicant, whom documents name in full. */
  readonly owns: boolean
  /** Reads the numbers of the answers in full: theirs. A firm's are those of whoever filed, and of no other agent. */
  readonly readsNumbers: boolean
  /** Reads nothing that somebody else brought. */
  readonly ownAlone: boolean
}

/** Every text in an answer, however deep. */
export const stringsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : []

/** Words about the case; of numbers in them the reader sees whole only those that are theirs. */
export const wordsFor = (
  { readsNumbers, content }: Pick<Subject, 'readsNumbers' | 'content'>,
  words: string,
) => maskNumbersIn(words, readsNumbers ? stringsIn(content.answers) : [])

/** What the owner said against a revocation, or staff for them, is not read by who filed it for them. */
export const isWithheldStatement = ({ ownAlone, state }: Subject, digest: string) =>
  ownAlone &&
  (state.revocations ?? []).some(({ heard }) =>
    heard.some(({ statementDigest, by }) => statementDigest === digest && by !== 'filer'),
  )

/** How the owner wants papers, or staff wrote it down for them, is not read by who filed it for them. */
export const isOthersWish = ({ ownAlone }: Pick<Subject, 'ownAlone'>, { by }: Pick<DeliveryChoice, 'by'>) =>
  ownAlone && by !== 'filer'

/**
 * As it is known to who filed it for another: what the owner has said of the papers, and what became of it, would tell that there is
 * one.
 */
export function asFilerKnows(state: CaseState, ownAlone: boolean): CaseState {
  const { deliveryChoice: said, inApp: _theirs, ...known } = state
  return said && isOthersWish({ ownAlone }, said) ? known : state
}

/** The number of a letter is nobody's, and is copied to look where it is; the address is written on it as it stands. */
const isOfLetter = ({ state: { services = [], deliveryChoice } }: Subject, digest: string | null) =>
  deliveryChoice?.addressDigest === digest ||
  services.some(({ posts }) => posts.some(({ trackingDigest }) => trackingDigest === digest))

export function textOf(subject: Subject, digest: string | null): string | null {
  const { read, caseRow, cipher } = subject
  if (digest !== null && isWithheldStatement(subject, digest)) return null
  const text = digest === null ? undefined : read.texts.find((each) => each.digest === digest)
  if (!text || text.kind === 'answers') return null
  const words = openText(cipher, caseRow.id, text)
  return isOfLetter(subject, digest) ? words : wordsFor(subject, words)
}

/** The reason of a decision as its paper reads now. */
export function reasonNow(subject: Subject, event: LoggedEvent, unitId?: string): string | null {
  const digest = reasonIn(event)
  const text = digest === null ? undefined : subject.read.texts.find((each) => each.digest === digest)
  if (!text || text.kind === 'answers') return null
  const { cipher, caseRow, state, read } = subject
  const stored = { cipher, caseId: caseRow.id, state, texts: read.texts }
  const words = readsNow(stored, { at: event.at, unitId }, openText(cipher, caseRow.id, text))
  return wordsFor(subject, words)
}

/** The text that an event gives as its reason. */
export const reasonIn = (event: LoggedEvent): string | null =>
  'reasonDigest' in event ? event.reasonDigest : null

/** The case with what another of the same person has of their death. */
export const asOfNumber = ({ state, read }: Pick<Subject, 'state' | 'read'>): CaseState =>
  read.hasDied ? { ...state, isDeceased: true } : state
