import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { isDecisionKind, isOwnDecisionKind } from '#shared/domain/case/document-kinds'
import { ownShareOf } from '#shared/domain/case/own-share'
import { payoutOf, payoutWords } from '#shared/domain/case/payout'
import type { SlipPaper } from '#shared/domain/case/slip'
import { fullDay } from '#shared/domain/kernel/day-words'
import { maskIdNumber } from '#shared/domain/kernel/digits'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import type { CaseDeps } from '../deps'
import { openContent, openDocument, openText } from '../texts'
import { findConfirmed } from '../whose/filer'
import type { CaseAtHand } from './verb'

type Row = CaseAtHand['caseRow']['documents'][number]
type Content = ReturnType<typeof openContent>

function numberIn({ item }: Pick<CaseAtHand, 'item'>, { answers, applicantNumber }: Content) {
  const { number: key } = applicantFieldsOf(item)
  const number = key === null ? applicantNumber : answers[key]
  return typeof number === 'string' ? number : null
}

/** The holder's name as the register of firms has it, or as WeChat has confirmed it, where that is another than the case's. */
async function confirmedName(deps: CaseDeps, { caseRow }: CaseAtHand): Promise<string | null> {
  if (caseRow.otherFirmName !== null) return caseRow.otherFirmName
  const [owner] = caseRow.misnamed
  return owner === undefined ? null : ((await findConfirmed(deps, owner))?.name ?? null)
}

/** What the last decision's document says as its readers see it, and what of it decides. */
export async function slipPaperOf(deps: CaseDeps, atHand: CaseAtHand): Promise<SlipPaper> {
  const { caseRow, loaded, item, principal } = atHand
  const { state, documents } = caseRow
  const own = ownShareOf(item, state, { kind: 'staff', pools: principal.pools, isBarred: false })
  const row = documents.findLast(({ kind, unitId }) =>
    own ? isOwnDecisionKind(kind) && unitId === own.unitId : isDecisionKind(kind),
  )
  // Nothing stands yet that could be corrected: the case says so itself.
  if (!row) throw new ProblemError('case.undecided')
  const document = openDocument(deps.cipher, caseRow.id, loaded.texts, row.id)
  const kept = typeof document === 'string' ? null : document
  const to = kept && kept.to !== null && typeof kept.to === 'object' ? kept.to : null
  const then = openContent(deps.cipher, caseRow.id, loaded.texts, to?.answersDigest ?? state.answersDigest)
  const number = numberIn(atHand, then)
  const decidedAt = state.decision?.at ?? row.issuedAt
  const days = [dayIn(state.filedAt), state.accepted?.on, dayIn(decidedAt), dayIn(row.issuedAt)]
  const typed = kept === null ? [] : typedIn(deps, atHand, kept)
  return {
    text: kept && [...composedIn(atHand, row, kept, then), ...typed].join('\n'),
    typed,
    holder: then.applicantName,
    confirmed: await confirmedName(deps, atHand),
    decided: [
      item.name,
      item.plainName,
      item.resultDocument.title,
      ...(number === null ? [] : [number, maskIdNumber(number)]),
      ...days.flatMap((day) => (day === undefined ? [] : [fullDay(day)])),
    ],
  }
}

type Kept = Exclude<ReturnType<typeof openDocument>, string>

function composedIn({ item }: CaseAtHand, row: Row, { organ, title, paragraphs }: Kept, then: Content) {
  const number = numberIn({ item }, then)
  const paid = paragraphs.flatMap(({ pays }) => {
    const payout = pays && payoutOf(item, then.answers, pays.from)
    return payout ? [payoutWords(payout)] : []
  })
  return [
    organ,
    title,
    row.documentNumber,
    fullDay(dayIn(row.issuedAt)),
    `${then.applicantName ?? ''}${number === null ? '' : `（${maskIdNumber(number)}）`}`,
    ...paragraphs.map(({ said }) => said),
    ...paid,
  ]
}

/** In the order of its paragraphs. */
function typedIn({ cipher }: CaseDeps, { caseRow, loaded: { texts } }: CaseAtHand, { paragraphs }: Kept) {
  const digests = paragraphs.flatMap(({ reason }) => (reason === undefined ? [] : [reason]))
  const reasons = texts.filter(({ digest }) => digests.includes(digest))
  return reasons.map((text) => openText(cipher, caseRow.id, text))
}
