import { changedSinceJudged, changeWords } from '../case/correction/brought'
import { stepOf } from '../case/route'
import { toldOf } from '../case/step/told-of'
import type { PlainDate } from '../kernel/plain-date'
import type { PlanContext, PlannedReminder, ReminderChange } from './change'
import type { MessageKind } from './message-kinds'
import { cardLines } from './resident-message'
import { broughtMessage, lostMessage } from './staff'

/** A new card is told each time; additions of a day are one message. */
export const kindOf = ({ newCard }: ReminderChange, kind: MessageKind): MessageKind =>
  newCard !== null && (kind === 'added' || kind === 'supplemented') ? 'card-changed' : kind

const broughtIn = ({ events }: ReminderChange) =>
  events.flatMap(({ event }) => {
    const isBrought =
      event.type === 'added' || event.type === 'supplemented' || event.type === 'applicant-named'
    return isBrought && event.change ? [{ type: event.type, change: event.change }] : []
  })[0]

/** What has just changed, or has since a step before had judged it. */
export function broughtLines(change: ReminderChange): readonly string[] {
  const brought = broughtIn(change)
  if (brought) {
    const words = changeWords(change.item, brought.change)
    return [...(words === '' ? [] : [words]), ...cardLines(change)]
  }
  const since = changeWords(change.item, changedSinceJudged(change.after))
  return since === '' ? [] : [`前面看过以后又${since}`]
}

/** Whoever had a share until the answers moved the case hears where it went. */
export function lostReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
  told: ReadonlyMap<string, unknown>,
): PlannedReminder[] {
  const brought = change.events.find(({ event }) => event.type === 'supplemented' || event.type === 'added')
  if (!brought) return []
  const { transfers, relatives } = change.after
  const lost = transfers
    .filter(({ at }) => at === brought.event.at)
    .flatMap(({ stepKey, unitId, toUnitId }) =>
      context
        .holders(stepOf(change.item, stepKey).role, unitId)
        .map(({ id }): readonly [string, string] => [id, context.unitName(toUnitId)]),
    )
  return [...new Map(lost)]
    .filter(([id]) => id !== change.actor.staffId && !told.has(id) && !relatives.includes(id))
    .map(([id, unitName]) => ({
      ...lostMessage(change, unitName, today),
      eventId: brought.id,
      recipient: `staff:${id}`,
    }))
}

/** Whoever works on it already hears what was brought to it. */
export function broughtReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
  told: ReadonlyMap<string, unknown>,
): PlannedReminder[] {
  const brought = broughtIn(change)
  const [last, lines] = [change.events.at(-1), broughtLines(change)]
  if (!brought || !last || lines.length === 0) return []
  const isTaken = change.events.some(({ event }) => event.type === 'taken-over')
  const how = isTaken ? 'taken-over' : brought.type
  const messages = new Map<string, PlannedReminder>()
  for (const task of change.held.filter(({ approval }) => !approval)) {
    for (const { id } of toldOf(task, change.held, context)) {
      if (id === change.actor.staffId || told.has(id)) continue
      messages.set(id, {
        ...broughtMessage(change, task, how, lines, today),
        kind: kindOf(change, how),
        eventId: last.id,
        recipient: `staff:${id}`,
      })
    }
  }
  return [...messages.values()]
}
