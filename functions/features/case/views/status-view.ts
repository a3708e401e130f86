import { statusWords } from '#shared/contract/case.labels'
import { correctionDue, dueOfCase, statutoryClock } from '#shared/domain/case/clocks'
import { stepOf } from '#shared/domain/case/route'
import { type CaseState, openCorrection, openParts } from '#shared/domain/case/state'
import { taskLight } from '#shared/domain/case/task-light'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { plainStepName } from '#shared/domain/service-item/step-name'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import { type Light, lightOf } from '#shared/domain/time-limit/light'
import type { Reference } from '../../service-item'
import { clockBecause } from './due-view'

import { organName, type ViewContext } from './subject'

/** A limit is judged when the promise is kept or the case has ended; what comes later does not make it late. */
const judgedAt = ({ promiseKeptAt, endedAt }: CaseState, now: Instant): Instant =>
  promiseKeptAt ?? endedAt ?? now

/** The light of the date that is shown. */
export function caseLight(
  item: ServiceItem,
  state: CaseState,
  { reference, now }: Pick<ViewContext, 'reference' | 'now'>,
): Light {
  const { calendar } = reference
  const today = dayIn(judgedAt(state, now))
  const due = dueOfCase(item, state, calendar)
  if (due.kind === 'waits-for') {
    const stage = due.unpublished ? null : stageLight(item, state, today, calendar)
    return stage ?? { kind: 'paused', since: due.since }
  }
  const law = due.kind === 'on' && due.clock === 'statutory' ? statutoryClock(item, state) : null
  return lightOf(due, law?.days ?? item.promisedDays, today, calendar)
}

/** A village stage before the application has its own limit, and the resident sees it; null where there is none now. */
function stageLight(item: ServiceItem, state: CaseState, today: PlainDate, calendar: WorkingCalendar) {
  if (state.completeAt !== null || state.endedAt !== null) return null
  const [open] = openParts(state).filter(({ step }) => !stepOf(item, step.key).optional)
  return open ? taskLight(item, state, { run: open.step, part: open.part }, today, calendar) : null
}

/** Until when the applicant may answer an open notice, and how much of it is left; null while none is open. */
export function correctionStanding(
  item: ServiceItem,
  state: CaseState,
  { reference, now }: Pick<ViewContext, 'reference' | 'now'>,
) {
  const correction = openCorrection(state)
  if (!correction) return null
  const due = correctionDue(item, state, correction, reference.calendar)
  return {
    dueOn: due.kind === 'on' ? due.on : null,
    dueBecause: clockBecause(due),
    light: lightOf(due, correction.rule.limitDays, dayIn(now), reference.calendar),
  }
}

/** The paper or the question, as the form calls it. */
export const askedLabel = (
  item: ServiceItem,
  { kind, name }: { readonly kind: 'material' | 'field'; readonly name: string },
) => (kind === 'material' ? name : (item.fields.find(({ key }) => key === name)?.label ?? name))

/** 梅渚镇正在审核: where the case is, in one line. */
export function nowText(item: ServiceItem, state: CaseState, reference: Reference): string {
  if (state.endedAt !== null || state.decision !== null || state.status === 'correcting') {
    return statusWords(state)
  }
  const pause = state.pauses.find((each) => each.until === null && each.because === 'special-procedure')
  if (state.status === 'suspended' && pause) return `等${plainStepName(stepOf(item, pause.stepKey).name)}做完`
  const [open] = openParts(state).filter(({ step }) => !stepOf(item, step.key).optional)
  if (!open) return statusWords(state)
  const doing = {
    verify: '正在核实',
    accept: '收到了，准备受理',
    examine: '正在审核',
    inspect: '要到现场看',
    publicise: open.step.publishedOn === null ? '准备公示' : '正在公示',
    decide: '正在作决定',
    conclude: '正在办结',
  }[stepOf(item, open.step.key).kind]
  return `${organName(reference, open.part.unitId)}${doing}`
}
