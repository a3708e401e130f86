import { isSettling } from '#shared/domain/case/delivery/settle'
import type { CaseEvent } from '#shared/domain/case/events'
import { CONTENT_SHAPE, type FiledContent } from '#shared/domain/case/filed-content'
import type { IssuedContent } from '#shared/domain/case/paper/issued-words'
import {
  type StoredContent,
  type StoredDocument,
  upgradeContent,
  upgradeDocument,
} from '#shared/domain/case/upgrade'
import type { Cipher } from '../../platform/ports/cipher'
import { sealedIn } from '../../platform/ports/sealed-in'

/** A text of a case that its events name by digest. */
export interface CaseText {
  readonly digest: string
  readonly kind: 'answers' | 'reason' | 'note' | 'document'
  readonly sealed: string
}

/** The digest covers the case too, so that equal texts of two cases show no likeness. */
export function sealText(cipher: Cipher, caseId: string, kind: CaseText['kind'], text: string): CaseText {
  const digest = cipher.digest(`${caseId}\n${text}`)
  return { digest, kind, sealed: cipher.encrypt(text, sealedIn.caseText(caseId, digest)) }
}

/**
 * What the audit names as why: of what is handed over that it goes another way than was chosen, as its event says, and of any other
 * act what was said with it.
 */
export function auditedReason(events: readonly CaseEvent[], said: string | null): string | null {
  const delivered = events.find(({ type }) => type === 'delivered')
  if (!delivered && !isSettling(events)) return said
  return delivered?.type === 'delivered' ? (delivered.otherwiseDigest ?? null) : null
}

/** What of `texts` an event or the audit names: a word that nothing asked for, as why it goes as chosen, is kept nowhere. */
export function namedTexts(
  texts: readonly CaseText[],
  events: readonly CaseEvent[],
  reasonDigest: string | null,
): readonly CaseText[] {
  const named = `${JSON.stringify(events)} ${reasonDigest}`
  return texts.filter(({ digest }) => named.includes(digest))
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
  const sealed = cipher.encrypt(JSON.stringify(content), sealedIn.caseText(caseId, digest))
  return { digest, kind: 'document', sealed }
}

/** In the place of words that were deleted by right (PIPL 第47条): the row stays, and tells them from words never kept. */
const DELETED = ''

/** What a document said when it was issued; `never-kept` for one from before that was kept. */
export function openDocument(
  cipher: Cipher,
  caseId: string,
  texts: readonly { digest: string; sealed: string }[],
  documentId: string,
): IssuedContent | 'deleted' | 'never-kept' {
  const digest = documentDigest(cipher, caseId, documentId)
  const found = texts.find((text) => text.digest === digest)
  if (!found) return 'never-kept'
  if (found.sealed === DELETED) return 'deleted'
  return upgradeDocument(JSON.parse(openText(cipher, caseId, found)) as StoredDocument)
}

export const sealContent = (cipher: Cipher, caseId: string, content: Omit<FiledContent, 'shape'>) =>
  sealText(cipher, caseId, 'answers', JSON.stringify({ ...content, shape: CONTENT_SHAPE }))

export const openText = (cipher: Cipher, caseId: string, text: { digest: string; sealed: string }) =>
  cipher.decrypt(text.sealed, sealedIn.caseText(caseId, text.digest))

export function openContent(
  cipher: Cipher,
  caseId: string,
  texts: readonly { digest: string; sealed: string }[],
  digest: string,
): FiledContent {
  const found = texts.find((text) => text.digest === digest)
  // Deleted by right (PIPL 第47条): the case stands, its content is gone.
  if (!found) return { shape: CONTENT_SHAPE, answers: {}, papers: [], applicantName: null, agent: false }
  return upgradeContent(JSON.parse(openText(cipher, caseId, found)) as StoredContent)
}
