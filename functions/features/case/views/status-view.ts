import { statusWords } from '#shared/contract/case.labels'
import { correctionDue, dueOfCase, statutoryClock } from '#shared/domain/case/clocks'
import { disownedTold, disownedWords } from '#shared/domain/case/disowned'
import { isDisowned } from '#shared/domain/case/identity'
import { outcomeOf } from '#shared/domain/case/outcome'
import { stepOf } from '#shared/domain/case/route'
import { type CaseState, openCorrection, openParts } from '#shared/domain/case/state'
import { shareDue } from '#shared/domain/case/task-light'
import { dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { plainStepName } from '#shared/domain/service-item/step-name'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import type { ClockDue } from '#shared/domain/time-limit/clock'
import { type Light, lightOf } from '#shared/domain/time-limit/light'
import type { Reference } from '../../service-item'
import { clockBecause } from './due-view'

import { organName, type ViewContext } from './subject'

/** What a light goes by on any day; `judgedOn` where it is judged once and for all. */
export interface LightBasis {
  readonly due: ClockDue
  /** The whole limit that `due` comes from, in working days. */
  readonly days: number
  readonly judgedOn: PlainDate | null
}

export const lightAt = ({ due, days, judgedOn }: LightBasis, today: PlainDate, calendar: WorkingCalendar) =>
  lightOf(due, days, judgedOn ?? today, calendar)

/** A limit is judged when the promise is kept or the case has ended; what comes later does not make it late. */
function judgedOn({ promiseKeptAt, endedAt }: CaseState): PlainDate | null {
  const at = promiseKeptAt ?? endedAt
  return at === null ? null : dayIn(at)
}

/** Of the light of the date that is shown. */
export function lightBasis(
  item: ServiceItem,
  state: CaseState,
  calendar: WorkingCalendar,
  due = dueOfCase(item, state, calendar),
): LightBasis {
  const judged = { judgedOn: judgedOn(state) }
  if (due.kind === 'waits-for') {
    const stage = due.unpublished ? null : stageDue(item, state, calendar)
    return { ...(stage ?? { due: { kind: 'paused', since: due.since }, days: item.promisedDays }), ...judged }
  }
  const law = due.kind === 'on' && due.clock === 'statutory' ? statutoryClock(item, state) : null
  return { due, days: law?.days ?? item.promisedDays, ...judged }
}

/** The light of the date that is shown. */
export const lightOfCase = (
  item: ServiceItem,
  state: CaseState,
  { reference: { calendar }, now }: Pick<ViewContext, 'reference' | 'now'>,
): Light => lightAt(lightBasis(item, state, calendar), dayIn(now), calendar)

/** A village stage before the application has its own limit, and the resident sees it; null where there is none now. */
function stageDue(item: ServiceItem, state: CaseState, calendar: WorkingCalendar) {
  if (state.completeAt !== null || state.endedAt !== null) return null
  const [open] = openParts(state).filter(({ step }) => !stepOf(item, step.key).optional)
  return open ? shareDue(item, state, { run: open.step, part: open.part }, calendar) : null
}

/** Until when the applicant may answer an open notice; null while none is open. */
export function correctionBasis(item: ServiceItem, state: CaseState, calendar: WorkingCalendar) {
  const correction = openCorrection(state)
  if (!correction) return null
  const due = correctionDue(item, state, correction, calendar)
  const basis: LightBasis = { due, days: correction.rule.limitDays, judgedOn: null }
  return { dueOn: due.kind === 'on' ? due.on : null, dueBecause: clockBecause(due), basis }
}

/** With how much of it is left. */
export function correctionDates(
  item: ServiceItem,
  state: CaseState,
  { reference: { calendar }, now }: Pick<ViewContext, 'reference' | 'now'>,
) {
  const found = correctionBasis(item, state, calendar)
  if (!found) return null
  const { basis, ...date } = found
  return { ...date, light: lightAt(basis, dayIn(now), calendar) }
}

/** The paper or the question, as the form calls it. */
export const askedLabel = (
  item: ServiceItem,
  { kind, name }: { readonly kind: 'material' | 'field'; readonly name: string },
) => (kind === 'material' ? name : (item.fields.find(({ key }) => key === name)?.label ?? name))

/** Where the case is, in one line: what is done, and at which organ where one is named. */
export interface NowWords {
  readonly unitId: string | null
  readonly words: string
}

export function nowWords(item: ServiceItem, state: CaseState, reader: 'applicant' | 'staff'): NowWords {
  const told: NowWords = { unitId: null, words: statusWords(outcomeOf(item, state)) }
  if (state.endedAt !== null || state.decision !== null || state.status === 'correcting') return told
  // It goes on no more, whatever step is open: an organ has to end it.
  if (isDisowned(state))
    return { unitId: null, words: reader === 'staff' ? disownedWords(state) : disownedTold(state) }
  const pause = state.pauses.find((each) => each.until === null && each.because === 'special-procedure')
  if (state.status === 'suspended' && pause)
    return { unitId: null, words: `等${plainStepName(stepOf(item, pause.stepKey).name)}做完` }
  const [open] = openParts(state).filter(({ step }) => !stepOf(item, step.key).optional)
  if (!open) return told
  const doing = {
    verify: '正在核实',
    accept: '收到了，准备受理',
    examine: '正在审核',
    inspect: '要到现场看',
    publicise: open.step.publishedOn === null ? '准备公示' : '正在公示',
    decide: '正在作决定',
    conclude: '正在办结',
  }[stepOf(item, open.step.key).kind]
  return { unitId: open.part.unitId, words: doing }
}

/** 梅渚镇正在审核 */
export const wordsText = ({ unitId, words }: NowWords, reference: Reference) =>
  unitId === null ? words : `${organName(reference, unitId)}${words}`

export const nowText = (
  item: ServiceItem,
  state: CaseState,
  reference: Reference,
  reader: 'applicant' | 'staff',
): string => wordsText(nowWords(item, state, reader), reference)
