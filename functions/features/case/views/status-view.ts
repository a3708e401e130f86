import { type LightBasis, lightAt } from '#shared/domain/case/case-light'
import { correctionDue } from '#shared/domain/case/clocks'
import { disownedTold, disownedWords } from '#shared/domain/case/disowned'
import { isDisowned } from '#shared/domain/case/identity'
import type { OutcomeReader, Standing } from '#shared/domain/case/outcome'
import { isOver } from '#shared/domain/case/outcome-words'
import { stepOf } from '#shared/domain/case/route'
import { type CaseState, openCorrection, openParts } from '#shared/domain/case/state'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import type { Reference } from '../../service-item'
import { clockBecause } from './due-view'
import { organName, type ViewContext } from './subject'

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

/** Where the case is, in one line: what is done, and at which organ where one is named. */
export interface NowWords {
  readonly unitId: string | null
  readonly words: string
}

export function nowWords(
  item: ServiceItem,
  state: CaseState,
  { key, word, besides }: Standing,
  reader: OutcomeReader,
): NowWords {
  const told: NowWords = { unitId: null, words: word }
  if (isOver({ key }) || key === 'correcting') return told
  // It goes on no more, whatever step is open: an organ has to end it.
  if (isDisowned(state))
    return { unitId: null, words: reader === 'staff' ? disownedWords(state) : disownedTold(state) }
  // Which procedure it is stands in the history: hearing, test, appraisal are none of the case's own steps.
  if (key === 'suspended') return { unitId: null, words: '等专门的程序做完，这段不算时限' }
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
  return { unitId: open.part.unitId, words: [doing, ...besides].join('，') }
}

/** 梅渚镇正在审核 */
export const wordsText = ({ unitId, words }: NowWords, reference: Reference) =>
  unitId === null ? words : `${organName(reference, unitId)}${words}`
