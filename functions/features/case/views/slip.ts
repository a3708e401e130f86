import type { CaseView } from '#shared/contract/case'
import { linesOf } from '#shared/contract/document.labels'
import type { CaseReceipt } from '#shared/contract/receipt'
import { isOver } from '#shared/domain/case/outcome/outcome-words'
import { decisionKind, issuingOrgan, signedBy } from '#shared/domain/case/paper/document-kinds'
import type { ReceiptPaper } from '#shared/domain/case/paper/receipt-paper'
import { stepOf } from '#shared/domain/case/route'
import type { CaseState } from '#shared/domain/case/state'
import { awaitedIdentity } from '#shared/domain/case/whose/identity'
import { lookingWords } from '#shared/domain/case/whose/looking-words'
import { dayWords, fullDay } from '#shared/domain/kernel/day-words'
import {
  clockWords,
  dayIn,
  type Instant,
  minuteOfDayIn,
  type PlainDate,
} from '#shared/domain/kernel/plain-date'
import { entryConsentWords } from '#shared/domain/organization/entering'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { promisedDeed } from '#shared/domain/time-limit/promised-deed'
import { ProblemError } from '../../../platform/http/problem'
import { Unprintable } from '../../../platform/ports/printing'
import type { Reference } from '../../service-item'
import type { CaseDeps } from '../deps'
import { DEMO_MARK } from '../documents/print-document'
import { pictureOf, squareOf } from '../documents/square'
import { brakeSheets } from '../route-parts'
import { isEntered, itemOf } from '../standing'
import { recordSlipInFull } from '../writes/prints'
import { viewCase } from './case-view'
import { givesPapers, standsInAt } from './in-full'
import { createFindCase } from './read-case'

const numberWords = (caseNumber: string) => caseNumber.replace(/^(\d{6})(\d{6})(\d+)$/, '$1 $2 $3')

/** A day that the reader's own page names; never a guess. */
function dueWords(view: CaseView, isIdentityAwaited: boolean, today: PlainDate): string {
  const { dueOn, newDueOn, apart, booked, outcome } = view
  if (isOver(outcome)) return outcome.word
  const on = newDueOn ?? dueOn
  if (on === null || on === undefined) return '日期还没定'
  // No office can keep the day alone while nothing may be granted.
  const first = isIdentityAwaited && view.applicantKind !== 'firm' ? '核过身份，' : ''
  const until = `${first}最晚 ${dayWords(on as PlainDate, today)} ${promisedDeed(booked !== null)}`
  return apart === null ? until : `${until}，${apart}另算`
}

/** Brought or taken from what the county holds; a paper that is still wanting is told apart. */
function papersWords(papers: CaseView['papers']) {
  const given = papers.filter(({ files }) => files.length > 0).map(({ name }) => name)
  return given.length === 0 ? '没有交材料' : given.join('、')
}

/** With the hour: what comes after hours is received on the next working day, and silence is counted from it. */
function received({ view }: Found) {
  const at = view.filedAt as Instant
  return `${fullDay(dayIn(at))} ${clockWords(minuteOfDayIn(at))}`
}

const typedBy = ({ staff, helpedBy }: CaseView) => staff?.enteredBy?.name ?? helpedBy?.name ?? null

function rowsOf(found: Found): CaseReceipt['rows'] {
  const { view, isIdentityAwaited, isInFull, today, receivedBy } = found
  const { booked } = view
  return [
    { label: '事项', text: view.plainName },
    { label: '给谁办', text: isInFull ? (view.ownName ?? view.applicantMasked) : view.applicantMasked },
    { label: '材料', text: papersWords(view.papers) },
    { label: '收件', text: received(found) },
    { label: '收件单位', text: receivedBy },
    { label: '收件人', text: typedBy(view) ?? '手机上交的，没有经手人' },
    ...(booked ? [{ label: '预约', text: `${dayWords(booked.on as PlainDate, today)} ${booked.half}` }] : []),
    { label: '办好', text: dueWords(view, isIdentityAwaited, today) },
    ...(isIdentityAwaited && !isOver(view.outcome)
      ? [{ label: '还差', text: view.applicantKind === 'firm' ? '核谁能替这家办' : '本人核一次身份' }]
      : []),
  ]
}

/** Who typed it, how whoever came agreed, where it is seen, and whom to ask. */
function notesOf({ view, state, looking }: Found) {
  const by = typedBy(view)
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
  readonly isInFull: boolean
  readonly onPaper: boolean
  /** The organ that receives it, and the one that decides it, as they sign. */
  readonly receivedBy: string
  readonly decidedBy: string
}

/** 行政许可法 第32条: dated, with the seal of the organ. */
const receiptOf = (found: Found): Said => ({
  title: '收件回执',
  place: found.view.staff?.enteredBy?.unit ?? null,
  rows: rowsOf(found),
  notes: [...notesOf(found), ...(found.onPaper ? [`${found.receivedBy}（盖章处）`] : [])],
})

const WITHOUT_FILES: Readonly<Record<CaseView['papers'][number]['state'], string>> = {
  generated: '填的表就是',
  exempt: '政府已经有了，不用交',
  provided: '交了',
  'not-given': '没交',
}

const PROMISE = '我保证：填的都是真的，同意办理的单位核对。填假的，要自己负责。'
const SIGNED = ['申请人（代办人）签名：＿＿＿＿＿＿＿＿', '签名日期：＿＿＿＿年＿＿月＿＿日']

/** On paper it is promised by signing; where nobody ticked it, a page says only that. */
const promisedOf = ({ view: { commitment }, onPaper }: Found) =>
  commitment || onPaper
    ? [PROMISE, ...(commitment ? [commitment.words] : []), ...(onPaper ? SIGNED : [])]
    : ['没有勾“我保证”。']

/** What was filed as it stands now, to whom and when, and what was promised of it. */
const applicationOf = (found: Found): Said => {
  const { view, decidedBy } = found
  return {
    title: '申请书',
    place: view.itemName,
    rows: [
      { label: '交给', text: decidedBy },
      { label: '申请日期', text: fullDay(dayIn(view.filedAt as Instant)) },
      ...view.answers.map(({ label, text, rows }) => ({ label, text: rows?.join('\n') ?? text })),
      ...view.papers.map(({ name, state, files }) => ({
        label: name,
        text: files.length > 0 ? `交了 ${files.length} 张` : WITHOUT_FILES[state],
      })),
    ],
    notes: promisedOf(found),
  }
}

/** A village is no organ: what it takes in is received by the one that decides. */
function organsOf(item: ServiceItem, state: CaseState, { units }: Reference) {
  const accepting = state.steps.find(({ key }) => stepOf(item, key).kind === 'accept')
  const acceptance = 'acceptance'
  const organ = issuingOrgan(acceptance, accepting?.parts[0]?.unitId ?? null, state, units)
  const kind = decisionKind('grant', item)
  return {
    receivedBy: signedBy(acceptance, organ, { item, state }, units),
    decidedBy: signedBy(kind, state.organUnitId, { item, state }, units),
  }
}

const SCAN_WORDS = '登录后扫一扫看办到哪了'
/** The case's own page: it opens to whose it is, once they are known, and to nobody who finds the paper. */
const pageOf = (address: string, caseId: string) => `${address}/#/features/case/timeline?id=${caseId}`

const SLIPS = { receipt: receiptOf, application: applicationOf } as const
export type SlipKind = keyof typeof SLIPS

/** Nobody signs an application that was taken back. */
const isSignedHere: typeof standsInAt = (found) =>
  found.caseRow.state.status !== 'withdrawn' && standsInAt(found)
/** An application is signed by whoever stands before the counter; a receipt is given to whoever came. */
const IN_FULL = { receipt: givesPapers, application: isSignedHere } as const
interface Asked {
  readonly kind: SlipKind
  readonly onPaper: boolean
}

/** What is taken home of a case, for whoever may see it: 404 for everybody else, as for the case. */
export function createReadSlip(deps: CaseDeps) {
  const findCase = createFindCase(deps)
  const { printing, isDemo } = deps
  const find = async (tokenHash: string, caseId: string, { kind, onPaper }: Asked) => {
    const known = await findCase(tokenHash, caseId)
    const { read: found, caseRow, principal, viewer } = known
    if (viewer !== 'staff' && viewer !== 'applicant') throw new ProblemError('case.not-found')
    if (onPaper) await brakeSheets(deps, principal)
    const inFull = onPaper && IN_FULL[kind](known)
    const context = { ...known.context, inFull }
    const { state } = caseRow
    const item = itemOf(context.reference, caseRow)
    const isIdentityAwaited = awaitedIdentity(item, state) !== null
    const view = viewCase(found, caseRow, principal, viewer, context)
    const { applicantIndex } = caseRow
    const { applicant } = state
    const looking = lookingWords({ isEntered: isEntered(caseRow), applicantIndex, applicant })
    const slip: CaseReceipt = {
      ...SLIPS[kind]({
        view,
        state,
        isIdentityAwaited,
        looking,
        today: dayIn(context.now),
        isInFull: inFull,
        onPaper,
        ...organsOf(item, state, context.reference),
      }),
      number: numberWords(view.caseNumber),
      mark: isDemo ? DEMO_MARK : null,
      viewer,
    }
    const link = kind === 'receipt' ? pageOf(context.ownAddress, caseId) : null
    return { slip, link, filedOn: dayIn(view.filedAt as Instant), printer: inFull ? principal : null }
  }
  return {
    read: async (tokenHash: string, caseId: string, kind: SlipKind): Promise<CaseReceipt> => {
      const { slip, link } = await find(tokenHash, caseId, { kind, onPaper: false })
      return { ...slip, scan: link === null ? null : { words: SCAN_WORDS, picture: pictureOf(link) } }
    },
    /** On a roll or a sheet, in the words of its page, or in full for whoever stands before the counter. */
    print: async (tokenHash: string, caseId: string, kind: SlipKind, paper: ReceiptPaper) => {
      const { slip, link, filedOn, printer } = await find(tokenHash, caseId, { kind, onPaper: true })
      const rows = slip.rows.map(({ label, text }) => ({ label, lines: linesOf([text]) }))
      const printed = {
        ...slip,
        rows,
        numberLabel: '办件编号',
        scan: link === null ? null : { words: SCAN_WORDS, square: squareOf(link) },
        issuedOn: filedOn,
      }
      const file = await printing.slip(printed, paper).catch((cause) => {
        throw cause instanceof Unprintable ? new ProblemError('case.document-unprintable') : cause
      })
      if (printer)
        await recordSlipInFull(
          deps.database,
          { caseId, kind, at: deps.clock.now() },
          { id: deps.ids.next(), ...printer },
        )
      return file
    },
  }
}
