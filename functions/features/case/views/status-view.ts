import { CASE_STATUS_LABELS } from '#shared/contract/case.labels'
import { dueOfCase } from '#shared/domain/case/clocks'
import { stepOf } from '#shared/domain/case/route'
import { type CaseState, openParts } from '#shared/domain/case/state'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { type Light, lightOf } from '#shared/domain/time-limit/light'
import type { Reference } from '../../service-item'

import { organName, type ViewContext } from './subject'
/** The light of the date that is shown. */
export function caseLight(
  item: ServiceItem,
  state: CaseState,
  { reference, now }: Pick<ViewContext, 'reference' | 'now'>,
): Light {
  const due = dueOfCase(item, state, reference.calendar)
  if (due.kind === 'waits-for') return { kind: 'paused', since: dayIn(state.filedAt) }
  const judged = state.promiseKeptAt ?? now
  return lightOf(due, item.promisedDays, dayIn(judged), reference.calendar)
}

/** 梅渚镇正在审核: where the case is, in one line. */
export function nowText(item: ServiceItem, state: CaseState, reference: Reference): string {
  if (state.endedAt !== null || state.decision !== null || state.status === 'correcting') {
    return CASE_STATUS_LABELS[state.status]
  }
  const [open] = openParts(state).filter(({ step }) => !stepOf(item, step.key).optional)
  if (!open) return CASE_STATUS_LABELS[state.status]
  const doing = {
    verify: '正在核实',
    accept: '收到了，准备受理',
    examine: '正在审核',
    inspect: '要到现场看',
    publicise: '正在公示',
    decide: '正在作决定',
    conclude: '正在办结',
  }[stepOf(item, open.step.key).kind]
  return `${organName(reference, open.part.unitId)}${doing}`
}
