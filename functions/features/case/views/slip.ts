import type { CaseView } from '#shared/contract/case'
import { linesOf } from '#shared/contract/document.labels'
import type { CaseReceipt } from '#shared/contract/receipt'
import { awaitedIdentity } from '#shared/domain/case/identity'
import { isOver } from '#shared/domain/case/outcome-words'
import type { ReceiptPaper } from '#shared/domain/case/receipt-paper'
import type { CaseState } from '#shared/domain/case/state'
import { dayWords } from '#shared/domain/kernel/day-words'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { entryConsentWords } from '#shared/domain/organization/entering'
import { promisedDeed } from '#shared/domain/time-limit/promised-deed'
import { ProblemError } from '../../../platform/http/problem'
import { Unprintable } from '../../../platform/ports/printing'
import type { CaseDeps } from '../deps'
import { DEMO_MARK } from '../documents/print-document'
import { pictureOf, squareOf } from '../documents/square'
import { itemOf } from '../standing'
import { viewCase } from './case-view'
import { createFindCase } from './read-case'

const PAGE = 'features/case/timeline'

const numberWords = (caseNumber: string) => caseNumber.replace(/^(\d{6})(\d{6})(\d+)$/, '$1 $2 $3')

/** A day that the reader's own page names; never a guess. */
function dueWords({ dueOn, newDueOn, apart, booked, outcome }: CaseView, today: PlainDate): string {
  if (isOver(outcome)) return outcome.word
  const on = newDueOn ?? dueOn
  if (on === null || on === undefined) return '日期定下来，手机上看得到'
  const until = `最晚 ${dayWords(on as PlainDate, today)} ${promisedDeed(booked !== null)}`
  return apart === null ? until : `${until}，${apart}另算`
}

/** Brought or taken from what the county holds; a paper that is still wanting is told apart. */
function papersWords(papers: CaseView['papers']) {
  const given = papers.filter(({ files }) => files.length > 0).map(({ name }) => name)
  return given.length === 0 ? '没有交材料' : given.join('、')
}

function rowsOf(view: CaseView, isIdentityAwaited: boolean, today: PlainDate): CaseReceipt['rows'] {
  const { booked } = view
  return [
    { label: '事项', text: view.plainName },
    { label: '给谁办', text: view.applicantMasked },
    { label: '材料', text: papersWords(view.papers) },
    { label: '收件', text: dayWords(dayIn(view.filedAt as Instant), today) },
    ...(booked ? [{ label: '预约', text: `${dayWords(booked.on as PlainDate, today)} ${booked.half}` }] : []),
    { label: '办好', text: dueWords(view, today) },
    ...(isIdentityAwaited && !isOver(view.outcome)
      ? [{ label: '还差', text: view.applicantKind === 'firm' ? '核谁能替这家办' : '本人核一次身份' }]
      : []),
  ]
}

/** Who typed it, how whoever came agreed, and whom to ask. */
function notesOf(view: CaseView, state: CaseState) {
  const by = view.staff?.enteredBy?.name ?? view.helpedBy?.name
  const agreed = entryConsentWords(state)
  const phone = view.ask?.phone ?? view.phone
  return [
    ...(view.enteredByStaff && by ? [agreed ? `${by}填的，${agreed}` : `${by}代录`] : []),
    ...(phone ? [`有事打 ${phone}`] : []),
  ]
}

type Said = Pick<CaseReceipt, 'title' | 'place' | 'rows' | 'notes'>

interface Found {
  readonly view: CaseView
  readonly state: CaseState
  readonly isIdentityAwaited: boolean
  readonly today: PlainDate
}

const receiptOf = ({ view, state, isIdentityAwaited, today }: Found): Said => ({
  title: '收件回执',
  place: view.staff?.enteredBy?.unit ?? null,
  rows: rowsOf(view, isIdentityAwaited, today),
  notes: notesOf(view, state),
})

const WITHOUT_FILES: Readonly<Record<CaseView['papers'][number]['state'], string>> = {
  generated: '填的表就是',
  exempt: '政府已经有了，不用交',
  provided: '交了',
  'not-given': '没交',
}

/** What was filed as it stands now, in the words of the case's page for the same reader, and what was promised of it. */
const applicationOf = ({ view }: Found): Said => ({
  title: '申请书',
  place: view.itemName,
  rows: [
    ...view.answers.map(({ label, text, rows }) => ({ label, text: rows?.join('\n') ?? text })),
    ...view.papers.map(({ name, state, files }) => ({
      label: name,
      text: files.length > 0 ? `交了 ${files.length} 张` : WITHOUT_FILES[state],
    })),
  ],
  notes: [
    '我保证：填的都是真的，同意办理的单位核对。填假的，要自己负责。',
    view.commitment?.words ?? '没有勾“我保证”。',
  ],
})

const SLIPS = { receipt: receiptOf, application: applicationOf } as const
export type SlipKind = keyof typeof SLIPS

/** What is taken home of a case, for whoever may see it: 404 for everybody else, as for the case. */
export function createReadSlip(deps: CaseDeps) {
  const findCase = createFindCase(deps)
  const { printing, ownAddress, isDemo } = deps
  const find = async (tokenHash: string, caseId: string, kind: SlipKind) => {
    const { read: found, caseRow, principal, viewer, context } = await findCase(tokenHash, caseId)
    if (viewer !== 'staff' && viewer !== 'applicant') throw new ProblemError('case.not-found')
    const { state } = caseRow
    const isIdentityAwaited = awaitedIdentity(itemOf(context.reference, caseRow), state) !== null
    const view = viewCase(found, caseRow, principal, viewer, context)
    const link = `${ownAddress}/#/${PAGE}?id=${caseId}`
    const slip: CaseReceipt = {
      ...SLIPS[kind]({ view, state, isIdentityAwaited, today: dayIn(context.now) }),
      number: numberWords(view.caseNumber),
      square: pictureOf(link),
      mark: isDemo ? DEMO_MARK : null,
    }
    return { slip, link, filedOn: dayIn(view.filedAt as Instant) }
  }
  return {
    read: async (tokenHash: string, caseId: string, kind: SlipKind) =>
      (await find(tokenHash, caseId, kind)).slip,
    /** On a roll or a sheet, in the words of its page. */
    print: async (tokenHash: string, caseId: string, kind: SlipKind, paper: ReceiptPaper) => {
      const { slip, link, filedOn } = await find(tokenHash, caseId, kind)
      const rows = slip.rows.map(({ label, text }) => ({ label, lines: linesOf([text]) }))
      const printed = {
        ...slip,
        rows,
        square: squareOf(link),
        under: '扫一扫，看办到哪了',
        issuedOn: filedOn,
      }
      return printing.slip(printed, paper).catch((cause) => {
        throw cause instanceof Unprintable ? new ProblemError('case.document-unprintable') : cause
      })
    },
  }
}
