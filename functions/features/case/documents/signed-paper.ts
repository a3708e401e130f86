import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import type { CaseActor } from '#shared/domain/case/context'
import { isDecisionKind, isOwnDecisionKind } from '#shared/domain/case/paper/document-kinds'
import { ownShareFor } from '#shared/domain/case/parallel/own-share'
import { type Slip, wordsNow } from '#shared/domain/case/revocation/slip'
import type { CaseState } from '#shared/domain/case/state'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Cipher } from '../../../platform/ports/cipher'
import type { OwnedCase } from '../case-row'
import { openContent, openDocument, openText } from '../texts'

interface Stored {
  readonly cipher: Cipher
  readonly caseId: string
  readonly state: CaseState
  readonly texts: readonly { readonly digest: string; readonly sealed: string }[]
}

/** A decision: when it was signed and, where several organs decide each their own part, by which. */
interface Signed {
  readonly at: Instant
  readonly unitId?: string | undefined
}

/** What was put right in its paper since, in order: in the holder's name, or in what somebody had typed. */
function slipsOf(
  { cipher, caseId, state, texts }: Stored,
  { at, unitId }: Signed,
  where: 'name' | 'typed',
): readonly Slip[] {
  const wordsOf = (digest: string) => {
    const text = texts.find((each) => each.digest === digest)
    return text && openText(cipher, caseId, text)
  }
  return (state.wordsCorrected ?? [])
    .filter((each) => each.at >= at && (unitId === undefined || each.unitId === unitId))
    .filter(({ ofHolder }) => (ofHolder === true) === (where === 'name'))
    .flatMap(({ writtenDigest, correctedDigest }) => {
      const [written, corrected] = [wordsOf(writtenDigest), wordsOf(correctedDigest)]
      return written === undefined || corrected === undefined ? [] : [{ written, corrected }]
    })
}

/** The reason of a decision as it reads now. */
export const readsNow = (stored: Stored, signed: Signed, words: string) =>
  wordsNow(words, slipsOf(stored, signed, 'typed'))

interface AtHand extends Omit<Stored, 'caseId' | 'state'> {
  readonly caseRow: Pick<OwnedCase, 'id' | 'state' | 'documents'>
  readonly item: ServiceItem
}

/** The paper of the decision that `actor` may put right: of several organs that of their own. Null where none was issued. */
export function signedPaper({ caseRow, item, cipher, texts }: AtHand, actor: CaseActor, unitId?: string) {
  const { state, documents, id } = caseRow
  const own = ownShareFor(item, state, 'correct-decision', actor, unitId)
  const row = documents.findLast(({ kind, unitId }) =>
    own ? isOwnDecisionKind(kind) && unitId === own.unitId : isDecisionKind(kind),
  )
  if (!row) return null
  const document = openDocument(cipher, id, texts, row.id)
  const kept = typeof document === 'string' ? null : document
  const to = kept && kept.to !== null && typeof kept.to === 'object' ? kept.to : null
  const then = openContent(cipher, id, texts, to?.answersDigest ?? state.answersDigest)
  const stored = { cipher, caseId: id, state, texts }
  const signed = { at: row.issuedAt, unitId: own?.unitId }
  const named = then.applicantName
  return {
    row,
    kept,
    then,
    /** Whom it names, as it reads now; null where it names nobody. */
    holder: named === null ? null : wordsNow(named, slipsOf(stored, signed, 'name')),
    /** What somebody has typed in it, as it reads now. */
    nowOf: (words: string) => readsNow(stored, signed, words),
  }
}

export type SignedPaper = NonNullable<ReturnType<typeof signedPaper>>

type Content = SignedPaper['then']

export function numberIn(item: ServiceItem, { answers, applicantNumber }: Content) {
  const { number: key } = applicantFieldsOf(item)
  const number = key === null ? applicantNumber : answers[key]
  return typeof number === 'string' ? number : null
}

/** What the case calls the same holder now; null where it is another's. */
export const namedNow = (item: ServiceItem, { then }: SignedPaper, now: Content): string | null =>
  numberIn(item, then) === numberIn(item, now) ? now.applicantName : null
