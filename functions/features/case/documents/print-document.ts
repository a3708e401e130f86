import { createHash } from 'node:crypto'
import type { CaseDocument } from '#shared/contract/case'
import { certificateRows, documentWords } from '#shared/contract/document.labels'
import { codeWords } from '#shared/domain/case/result/certificate-code'
import type { Principal } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import { type Sheet, Unprintable } from '../../../platform/ports/printing'
import type { CaseDeps } from '../deps'
import { recordPrint, recordPrintInFull } from '../writes/prints'
import { squareOf } from './square'

export const digestOf = (file: Uint8Array) => createHash('sha256').update(file).digest('hex')

export const DEMO_MARK = '演示环境，人物和数据均为虚构，没有效力'

/** Whose hand prints a sheet, and whether it goes to whom it is for. */
export interface PrintedBy {
  readonly principal: Principal
  readonly isStaff: boolean
  readonly inFull: boolean
}

const OFFICE_COPY = '工作人员看的一份，姓名没有写全，不能送达'

/** Of what hangs for everybody there is one sheet alone. */
const isOfficeCopy = ({ recipient }: CaseDocument, { isStaff, inFull }: PrintedBy) =>
  recipient !== null && isStaff && !inFull

/** A real paper bears no mark; what is none says so at its head. */
const markOf = (
  { words, mark }: CaseDocument,
  { isDemo, forOffice }: Record<'isDemo' | 'forOffice', boolean>,
) => {
  const said = [
    forOffice ? OFFICE_COPY : undefined,
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

/**
 * A document on paper, in the words of its page for the same reader, or in full for whom it is given to. The digest of the file is
 * kept before it goes out; of what stays in the office none is, for it is not what was issued.
 */
export const createPrintDocument =
  ({ database, clock, ids, printing, isDemo }: CaseDeps) =>
  async (document: CaseDocument, by: PrintedBy): Promise<Uint8Array> => {
    if (document.words === 'deleted') throw new ProblemError('case.document-deleted')
    const { issuedOn } = document
    const forOffice = isOfficeCopy(document, by)
    const paper = {
      ...documentWords(document),
      ...printedCertificate(document),
      issuedOn,
      mark: markOf(document, { isDemo, forOffice }),
    }
    const file = await printing.pdf(paper).catch((cause) => {
      throw cause instanceof Unprintable ? new ProblemError('case.document-unprintable') : cause
    })
    const print = { documentId: document.id, digest: digestOf(file), at: clock.now() }
    if (by.inFull && document.recipient !== null)
      await recordPrintInFull(database, print, { id: ids.next(), ...by.principal })
    else if (!forOffice) await recordPrint(database, print)
    return file
  }
