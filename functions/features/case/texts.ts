import type { Answers } from '#shared/domain/application/answers'
import type { Paper } from '#shared/domain/application/validate-materials'
import type { RelationKind } from '#shared/domain/case/barred'
import type { IssuedContent } from '#shared/domain/case/issued-words'
import type { Cipher } from '../../platform/ports/cipher'

/** A text of a case that its events name by digest. */
export interface CaseText {
  readonly digest: string
  readonly kind: 'answers' | 'reason' | 'note' | 'document'
  readonly sealed: string
}

/** A relative among the staff, as the applicant declared them. */
export interface Declared {
  readonly staffId: string
  readonly kind: RelationKind
}

/** What was filed: answers, papers, and who the application is for. */
export interface FiledContent {
  readonly answers: Answers
  readonly papers: readonly Paper[]
  readonly applicantName: string | null
  /** Theirs, where the form asks for none. */
  readonly applicantNumber?: string
  readonly agent: boolean
  /** Relatives among the staff, as they were declared; missing before it was asked. */
  readonly relation?: readonly Declared[]
}

const contextOf = (caseId: string, digest: string) => `case_texts.${caseId}.${digest}`

/** The digest covers the case too, so that equal texts of two cases show no likeness. */
export function sealText(cipher: Cipher, caseId: string, kind: CaseText['kind'], text: string): CaseText {
  const digest = cipher.digest(`${caseId}\n${text}`)
  return { digest, kind, sealed: cipher.encrypt(text, contextOf(caseId, digest)) }
}

/** Named by the document, whose row has its number. */
const documentDigest = (cipher: Cipher, caseId: string, documentId: string) =>
  cipher.digest(`${caseId}\ndocument ${documentId}`)

/** The words of a document as it is issued. */
export function sealDocument(
  cipher: Cipher,
  caseId: string,
  documentId: string,
  content: IssuedContent,
): CaseText {
  const digest = documentDigest(cipher, caseId, documentId)
  const sealed = cipher.encrypt(JSON.stringify(content), contextOf(caseId, digest))
  return { digest, kind: 'document', sealed }
}

/** Null for a document that was issued before its words were kept. */
export function openDocument(
  cipher: Cipher,
  caseId: string,
  texts: readonly { digest: string; sealed: string }[],
  documentId: string,
): IssuedContent | null {
  const digest = documentDigest(cipher, caseId, documentId)
  const found = texts.find((text) => text.digest === digest)
  return found ? (JSON.parse(openText(cipher, caseId, found)) as IssuedContent) : null
}

export const sealContent = (cipher: Cipher, caseId: string, content: FiledContent) =>
  sealText(cipher, caseId, 'answers', JSON.stringify(content))

export const openText = (cipher: Cipher, caseId: string, text: { digest: string; sealed: string }) =>
  cipher.decrypt(text.sealed, contextOf(caseId, text.digest))

export function openContent(
  cipher: Cipher,
  caseId: string,
  texts: readonly { digest: string; sealed: string }[],
  digest: string,
): FiledContent {
  const found = texts.find((text) => text.digest === digest)
  // Deleted by right (PIPL 第47条): the case stands, its content is gone.
  if (!found) return { answers: {}, papers: [], applicantName: null, agent: false }
  return JSON.parse(openText(cipher, caseId, found)) as FiledContent
}
