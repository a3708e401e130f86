import { beyondWhole, daysOfWhole } from '../case/clock/overrun'
import type { CaseEvent } from '../case/events'
import { isPartAlone } from '../case/route'
import { membersTold } from '../case/step/approval-state'
import { leadersOfCase } from '../case/step/leading'
import { SPECIAL_PROCEDURES, suspensionWords } from '../case/step/special-procedures'
import { toldOf } from '../case/step/told-of'
import { leavesIt } from '../case/whose/barred'
import { dayWords } from '../kernel/day-words'
import { addDays, dayIn, type PlainDate } from '../kernel/plain-date'
import type { PlanContext, PlannedReminder, ReminderChange } from './change'
import { numberLine } from './number-line'
import { cardOf, pageOf } from './staff-task'

type Stopping = Extract<CaseEvent, { type: 'clock-suspended' | 'clock-resumed' | 'stop-overran' }>

const isStopping = (event: CaseEvent): event is Stopping =>
  event.type === 'clock-suspended' || event.type === 'clock-resumed' || event.type === 'stop-overran'

interface Said {
  readonly title: string
  readonly lines: readonly string[]
}

/** 整件法定最晚 5月8日 周五；这一段预计在它之后做完; nothing where no day of the whole is in danger. */
const dangerLine = (
  { item, after }: ReminderChange,
  event: Stopping,
  {
    on,
    calendar,
    today,
  }: { readonly on: PlainDate; readonly calendar: PlanContext['calendar']; readonly today: PlainDate },
) => {
  const beyond = beyondWhole(item, after, event, { on, calendar })
  if (beyond === null) return []
  const of = beyond.of === 'law' ? '法定最晚' : '承诺'
  return [`整件${of} ${dayWords(beyond.on, today)}，这一段要到那天以后，早点问一问怎么赶`]
}

/** Of whoever leads a joint case: one of its departments stops for itself, goes on, or should be done. */
function leadersTold(
  change: ReminderChange,
  event: Stopping,
  { calendar, unitName }: PlanContext,
  today: PlainDate,
): Said {
  const name = unitName(event.unitId)
  const on = { calendar, today }
  switch (event.type) {
    case 'clock-suspended': {
      const until = addDays(dayIn(event.at), event.expectedDays)
      const whole = event.stopsLaw ? '整件的法定期限也停，承诺的不因此停' : '整件的期限照走'
      const words = `${suspensionWords(event)}，到 ${dayWords(until, today)}，${whole}`
      return {
        title: `${name}这一段暂停`,
        lines: [words, ...dangerLine(change, event, { ...on, on: until })],
      }
    }
    case 'clock-resumed': {
      const dueOn = change.held.find(
        ({ stepKey, partUnitId, approval }) =>
          !approval && stepKey === event.stepKey && partUnitId === event.unitId,
      )?.dueOn
      const until = dueOn ? [`这一段最晚 ${dayWords(dueOn, today)}`] : []
      return {
        title: `${name}这一段接着办`,
        lines: [...until, ...(dueOn ? dangerLine(change, event, { ...on, on: dueOn }) : [])],
      }
    }
    case 'stop-overran': {
      const { promised, law } = daysOfWhole(change.item, change.after, calendar)
      const last = promised ?? law
      const whole = last === null ? '' : `，整件最晚 ${dayWords(last, today)}`
      return {
        title: `${name}预计的日子过了，还停着`,
        lines: [`${stoppedWords(event, today)}${whole}，问一问还要几天`],
      }
    }
  }
}

/** 专家评审原来预计 9月24日 做完，还没做完 */
const stoppedWords = ({ basis, expectedOn }: Extract<Stopping, { type: 'stop-overran' }>, today: PlainDate) =>
  `${basis === undefined ? '' : SPECIAL_PROCEDURES[basis]}原来预计 ${dayWords(expectedOn, today)} 做完，还没做完`

const OVER = '预计的日子过了，还停着'

/** Who holds what stops, and who answers for them, once its expected day is over: whether a part of the case stops or all of it. */
function overrunTold(
  change: ReminderChange,
  event: Extract<Stopping, { type: 'stop-overran' }>,
  context: PlanContext,
  today: PlainDate,
): readonly (readonly [string, Said])[] {
  const { holders, unitName } = context
  const said = stoppedWords(event, today)
  const own = change.held.filter(
    ({ stepKey, partUnitId, approval }) =>
      !approval && stepKey === event.stepKey && partUnitId === event.unitId,
  )
  const hold = own.flatMap((task) => toldOf(task, change.held, context).map(({ id }) => id))
  const above = event.told.flatMap((each) => membersTold(holders)(each).map(({ id }) => id))
  const todo = [`${said}，申请人看得到`, '做完了就恢复计时；没做完的，催一催']
  const asked = [`${unitName(event.unitId)}：${said}，申请人看得到，请过问`]
  return [
    ...hold.map((id) => [id, { title: OVER, lines: todo }] as const),
    ...above.map((id) => [id, { title: OVER, lines: asked }] as const),
  ]
}

/**
 * 行政许可法 第45条, for staff: one message each. Of a department that stops for itself whoever leads the joint case hears that it
 * stops, and that it goes on, which is for the inbox alone; and of any stop whose day is over its holder and who is above them.
 */
export function stopReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): readonly PlannedReminder[] {
  const { item, after, actor } = change
  return change.events.flatMap(({ id: eventId, event }) => {
    if (!isStopping(event)) return []
    const told = event.type === 'stop-overran' ? overrunTold(change, event, context, today) : []
    const leaders = isPartAlone(item, event) ? leadersOfCase(item, after) : []
    const leading = leaders.flatMap(({ role, unitId }) => context.holders(role, unitId).map(({ id }) => id))
    const words = leading.length > 0 ? leadersTold(change, event, context, today) : undefined
    const all = [...told, ...(words ? leading.map((id) => [id, words] as const) : [])]
    // Whoever holds it, and leads too, hears of it as its holder.
    return [...new Map([...all].reverse())]
      .filter(([id]) => id !== actor.staffId && !leavesIt(after).includes(id))
      .map(
        ([id, { title, lines }]): PlannedReminder => ({
          kind: event.type,
          urgent: event.type === 'stop-overran',
          channel: event.type === 'clock-resumed' ? 'inbox' : 'relation',
          templateId: event.type === 'stop-overran' ? 'YX-STAFF-DUE' : 'YX-STAFF-TASK',
          title: `${item.plainName}：${title}`,
          lines: [...lines, numberLine(change.caseNumber)],
          page: pageOf(change),
          data: cardOf(change, { stepKey: event.stepKey, dueOn: null }, today, title),
          eventId,
          recipient: `staff:${id}`,
        }),
      )
  })
}
