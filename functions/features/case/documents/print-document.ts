import { createHash } from 'node:crypto'
import type { CaseDocument } from '#shared/contract/case'
import { certificateRows, documentWords } from '#shared/contract/document.labels'
import { codeWords } from '#shared/domain/case/certificate-code'
import { ProblemError } from '../../../platform/http/problem'
import { type Sheet, Unprintable } from '../../../platform/ports/printing'
import type { CaseDeps } from '../deps'
import { recordPrint } from '../writes/prints'
import { squareOf } from './square'

export const digestOf = (file: Uint8Array) => createHash('sha256').update(file).digest('hex')

export const DEMO_MARK = '演示环境，人物和数据均为虚构，没有效力'

/** A real paper bears no mark; what is none says so at its head. */
const markOf = ({ words, mark }: CaseDocument, isDemo: boolean) => {
  const said = [
    mark?.words,
    isDemo ? DEMO_MARK : undefined,
    !isDemo && words === 'anew' ? '照现在的资料排出，以发给你的那份为准' : undefined,
  ].filter((each) => each !== undefined)
  return said.length === 0 ? null : said.join('。')
}

const printedCertificate = (document: CaseDocument): Pick<Sheet, 'certificate'> => {
  const { certificate } = document
  if (!certificate) return {}
  const { code, link } = certificate
  return { certificate: { rows: certificateRows(document), code: codeWords(code), square: squareOf(link) } }
}

/** A document on paper, in the words of its page for the same reader. The digest of the file is kept before it goes out. */
export const createPrintDocument =
  ({ database, clock, printing, isDemo }: CaseDeps) =>
  async (document: CaseDocument): Promise<Uint8Array> => {
    if (document.words === 'deleted') throw new ProblemError('case.document-deleted')
    const { issuedOn } = document
    const paper = {
      ...documentWords(document),
      ...printedCertificate(document),
      issuedOn,
      mark: markOf(document, isDemo),
    }
    const file = await printing.pdf(paper).catch((cause) => {
      throw cause instanceof Unprintable ? new ProblemError('case.document-unprintable') : cause
    })
    await recordPrint(database, { documentId: document.id, digest: digestOf(file), at: clock.now() })
    return file
  }
