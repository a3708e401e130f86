import type { CaseView } from '#shared/contract/case'
import { linesOf } from '#shared/contract/document.labels'
import type { CaseReceipt } from '#shared/contract/receipt'
import { awaitedIdentity } from '#shared/domain/case/identity'
import { lookingWords } from '#shared/domain/case/looking-words'
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
import { isEntered, itemOf } from '../standing'
import { viewCase } from './case-view'
import { createFindCase } from './read-case'

const numberWords = (caseNumber: string) => caseNumber.replace(/^(\d{6})(\d{6})(\d+)$/, '$1 $2 $3')

/** A day that the reader's own page names; never a guess. */
function dueWords({ dueOn, newDueOn, apart, booked, outcome }: CaseView, today: PlainDate): string {
  if (isOver(outcome)) return outcome.word
  const on = newDueOn ?? dueOn
  if (on === null || on === undefined) return '日期还没定'
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

/** Who typed it, how whoever came agreed, where it is seen, and whom to ask. */
function notesOf(view: CaseView, state: CaseState, looking: string | null) {
  const by = view.staff?.enteredBy?.name ?? view.helpedBy?.name
  const agreed = entryConsentWords(state)
  const phone = view.ask?.phone ?? view.phone
  return [
    ...(view.enteredByStaff && by ? [agreed ? `${by}填的，${agreed}` : `${by}代录`] : []),
    ...(looking === null ? [] : [looking]),
    `有事、问办到哪了：${phone ? `打 ${phone} 或者` : ''}到窗口，报上编号`,
  ]
}

type Said = Pick<CaseReceipt, 'title' | 'place' | 'rows' | 'notes'>

interface Found {
  readonly view: CaseView
  readonly state: CaseState
  readonly isIdentityAwaited: boolean
  readonly looking: string | null
  readonly today: PlainDate
}

const receiptOf = ({ view, state, isIdentityAwaited, looking, today }: Found): Said => ({
  title: '收件回执',
  place: view.staff?.enteredBy?.unit ?? null,
  rows: rowsOf(view, isIdentityAwaited, today),
  notes: notesOf(view, state, looking),
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
  const { printing, isDemo } = deps
  const find = async (tokenHash: string, caseId: string, kind: SlipKind) => {
    const { read: found, caseRow, principal, viewer, context } = await findCase(tokenHash, caseId)
    if (viewer !== 'staff' && viewer !== 'applicant') throw new ProblemError('case.not-found')
    const { state } = caseRow
    const isIdentityAwaited = awaitedIdentity(itemOf(context.reference, caseRow), state) !== null
    const view = viewCase(found, caseRow, principal, viewer, context)
    const { applicantIndex } = caseRow
    const { applicant } = state
    const looking = lookingWords({ isEntered: isEntered(caseRow), applicantIndex, applicant })
    const slip: CaseReceipt = {
      ...SLIPS[kind]({ view, state, isIdentityAwaited, looking, today: dayIn(context.now) }),
      number: numberWords(view.caseNumber),
      mark: isDemo ? DEMO_MARK : null,
    }
    return { slip, filedOn: dayIn(view.filedAt as Instant) }
  }
  return {
    read: async (tokenHash: string, caseId: string, kind: SlipKind) =>
      (await find(tokenHash, caseId, kind)).slip,
    /** On a roll or a sheet, in the words of its page. */
    print: async (tokenHash: string, caseId: string, kind: SlipKind, paper: ReceiptPaper) => {
      const { slip, filedOn } = await find(tokenHash, caseId, kind)
      const rows = slip.rows.map(({ label, text }) => ({ label, lines: linesOf([text]) }))
      const printed = {
        ...slip,
        rows,
        numberLabel: '办件编号',
        issuedOn: filedOn,
      }
      return printing.slip(printed, paper).catch((cause) => {
        throw cause instanceof Unprintable ? new ProblemError('case.document-unprintable') : cause
      })
    },
  }
}
