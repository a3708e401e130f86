import { CERTIFICATE } from './certificate'
import { isDecisionKind } from './document-kinds'
import type { Issued } from './outcome'

/** Of a decision's document: what came after it, by the document that tells it. */
export interface DocumentMark {
  readonly kind: 'corrected' | 'revoked'
  readonly by: string
}

const MARKS: Readonly<Record<string, DocumentMark['kind']>> = {
  amendment: 'corrected',
  revocation: 'revoked',
}

/**
 * How a document of the case is marked: a certificate by the revocation of its decision, a decision by each correction of it, and by its revocation, until another decision
 * follows. `documents`: all that were issued, the newest last.
 */
export function marksOf(documents: readonly Issued[], id: string): readonly DocumentMark[] {
  const at = documents.findIndex((each) => each.id === id)
  const of = documents[at]
  const isCertificate = of?.kind === CERTIFICATE
  if (!of || !(isDecisionKind(of.kind) || isCertificate)) return []
  const later = documents.slice(at + 1)
  const next = later.findIndex(({ kind }) => isDecisionKind(kind))
  return (next < 0 ? later : later.slice(0, next)).flatMap(({ id: by, kind }) => {
    const mark = MARKS[kind]
    // A slip in the decision is none of its certificate.
    return mark === undefined || (isCertificate && mark === 'corrected') ? [] : [{ kind: mark, by }]
  })
}
