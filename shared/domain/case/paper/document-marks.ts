import type { Issued } from '../outcome/outcome'
import { CERTIFICATE } from '../result/certificate'
import { isDecisionKind, isOwnDecisionKind, OWN_AMENDMENT, PACKET } from './document-kinds'

/** Of a decision's document: what came after it, by the document that tells it. */
export interface DocumentMark {
  readonly kind: 'corrected' | 'revoked'
  readonly by: string
}

const MARKS: Readonly<Record<string, DocumentMark['kind']>> = {
  amendment: 'corrected',
  revocation: 'revoked',
}

/** What it had revoked before an organ takes back: of several organs its own. Once a paper that kept a decision said so. */
const takesBack = (document: Issued, of: Issued) =>
  (document.kind === 'revocation-withdrawn' || document.kind === 'revocation-kept') &&
  document.unitId === of.unitId

/** Without revocations that were taken back. */
const standing = <Document extends Issued>(later: readonly Document[]) =>
  later.filter(
    (each, at) => each.kind !== 'revocation' || !later.slice(at + 1).some((next) => takesBack(next, each)),
  )

/** Of a paper that revokes: nothing else of that organ is kept after it before it decides anew. */
function backMarks(later: readonly Issued[], of: Issued): readonly DocumentMark[] {
  const next = later.findIndex(
    ({ kind, unitId }) => isDecisionKind(kind) || (kind === 'revocation-notice' && unitId === of.unitId),
  )
  const back = (next < 0 ? later : later.slice(0, next)).find((each) => takesBack(each, of))
  return back ? [{ kind: 'revoked', by: back.id }] : []
}

/**
 * How a document of the case is marked: a certificate by the revocation of its decision and by a correction of the holder's
 * name, a decision by each correction of it, and by its revocation, until another decision follows; what one of several organs
 * decided by its own corrections and its revocation. `documents`: all that were issued, the newest last.
 */
export function marksOf<Document extends Issued>(
  documents: readonly Document[],
  id: string,
  isOfHolder: (amendment: Document) => boolean,
): readonly DocumentMark[] {
  const at = documents.findIndex((each) => each.id === id)
  const of = documents[at]
  if (of && isOwnDecisionKind(of.kind)) return ownMarks(documents.slice(at + 1), of)
  if (of?.kind === 'revocation') return backMarks(documents.slice(at + 1), of)
  const isCertificate = of?.kind === CERTIFICATE
  // What joins the decisions of several organs decides nothing: nothing of it is corrected or revoked.
  if (!of || of.kind === PACKET || !(isDecisionKind(of.kind) || isCertificate)) return []
  const later = documents.slice(at + 1)
  const next = later.findIndex(({ kind }) => isDecisionKind(kind))
  return standing(next < 0 ? later : later.slice(0, next)).flatMap((each) => {
    const mark = MARKS[each.kind]
    // A slip in the decision is none of its certificate, unless it is in the holder's name: both name the same one.
    const isItsOwn = !isCertificate || mark !== 'corrected' || isOfHolder(each)
    return mark === undefined || !isItsOwn ? [] : [{ kind: mark, by: each.id }]
  })
}

const OWN_MARKS: Readonly<Record<string, DocumentMark['kind']>> = {
  [OWN_AMENDMENT]: 'corrected',
  revocation: 'revoked',
}

const ownMarks = (later: readonly Issued[], { unitId }: Issued): readonly DocumentMark[] =>
  standing(later).flatMap(({ id: by, kind, unitId: of }) => {
    const mark = OWN_MARKS[kind]
    return mark !== undefined && of === unitId ? [{ kind: mark, by }] : []
  })
