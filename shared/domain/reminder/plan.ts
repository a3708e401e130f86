import { lapsedBecause, openApprovals, openApprovalsAt } from '../case/approvals'
import { changedSinceJudged, changeWords } from '../case/brought'
import { isFailedCheck } from '../case/check'
import type { CaseDue } from '../case/clocks'
import type { CaseEvent } from '../case/events'
import type { AwaitedReader } from '../case/identity'
import { stepOf } from '../case/route'
import type { CaseState } from '../case/state'
import { dayIn, type Instant, type PlainDate } from '../kernel/plain-date'
import { ENTERS_AT } from '../organization/entering'
import type { StaffRole } from '../organization/staff'
import type { ServiceItem } from '../service-item/item'
import type { WorkingCalendar } from '../time-limit/calendar'
import { cardLines, type ResidentMessage, tellResident } from './resident'
import {
  answerMessage,
  approvalMessage,
  broughtMessage,
  checkFailedMessage,
  deathMessage,
  disownedMessage,
  familyMessage,
  isOutcome,
  lostMessage,
  outcomeMessage,
  overtakenMessage,
  type StaffTask,
  taskMessage,
  workAgain,
} from './staff'

/** A change of a case, as far as people must be told of it. */
export interface ReminderChange {
  readonly caseId: string
  readonly caseNumber: string
  readonly item: ServiceItem
  /** Null where it is filed with this. */
  readonly before: CaseState | null
  readonly after: CaseState
  readonly events: readonly { readonly id: string; readonly event: CaseEvent }[]
  readonly due: CaseDue
  readonly held: readonly HeldTask[]
  readonly opened: readonly HeldTask[]
  readonly parties: readonly Party[]
  /** The last digits of the card that money goes to from now on, where it has changed. */
  readonly newCard: string | null
  /** Why a limit was prolonged, which the applicant is told (行政许可法 第42条). */
  readonly reason?: string | null
  /** Where the applicant died: what else of theirs is under way. */
  readonly others?: readonly OtherCase[]
  readonly actor: { readonly staffId: string | null; readonly profileId: string | null }
}

type HeldTask = StaffTask & {
  readonly queue: 'to-do' | 'waits-for-applicant' | 'paused'
  readonly assigneeId: string | null
  readonly barred: readonly string[]
  readonly approval: boolean
  readonly partUnitId: string
}

/** Another case of the same applicant. `filedId` is its first event, by which its holders are told once. */
interface OtherCase extends Pick<ReminderChange, 'caseId' | 'caseNumber' | 'item'> {
  readonly filedId: string
  readonly tasks: readonly HeldTask[]
}

/** Somebody whose the case is, or who filed it for them; while it is being filed both are found by the statement. */
interface Party {
  readonly recipient: 'filer' | 'owner' | `profile:${string}`
  readonly as: 'filer' | 'owner' | 'new-owner' | 'former-owner'
  /** What they have to do for the identity goes by this; anybody's words where it is missing. */
  readonly awaited?: AwaitedReader
}

export interface PlanContext {
  readonly calendar: WorkingCalendar
  readonly unitName: (unitId: string) => string
  readonly holders: (role: StaffRole, unitId: string) => readonly { readonly id: string }[]
}

/**
 * A message before it is sealed. No personal data: item, number of the case, days; beside them in the lines, which never
 * leave the house, the reason that the law has told.
 */
export interface PlannedReminder {
  /** Where it is not of the case that changed. */
  readonly caseId?: string
  readonly eventId: string
  readonly kind: string
  readonly recipient: Party['recipient'] | `staff:${string}`
  readonly urgent: boolean
  readonly channel: 'subscribe' | 'relation' | 'inbox'
  readonly templateId: string | null
  readonly title: string
  readonly lines: readonly string[]
  /** With its query, without leading slash. */
  readonly page: string
  /** Template keyword -> value, within the limits of its type. */
  readonly data: Readonly<Record<string, string>>
}

/** Whoever filed it for somebody hears nothing of what comes after their taking it over. */
function heardBy({ as }: Party, events: ReminderChange['events']) {
  const taken = events.findIndex(({ event }) => event.type === 'taken-over')
  return as === 'filer' && taken >= 0 ? events.slice(0, taken + 1) : events
}

const residentReminders = (change: ReminderChange, context: PlanContext): PlannedReminder[] =>
  change.parties.flatMap((party) =>
    heardBy(party, change.events).flatMap(({ id, event }) => {
      const listener = { as: party.as, acted: party.recipient === `profile:${change.actor.profileId}` }
      const told = { ...change, reader: party.awaited }
      const message = tellResident(event, told, context, listener)
      if (!message) return []
      const kind = kindOf(change, event.type)
      return [{ ...withChannel(message), eventId: id, kind, recipient: party.recipient }]
    }),
  )

/** A new card is told each time; additions of a day are one message. */
const kindOf = ({ newCard }: ReminderChange, kind: string) =>
  newCard !== null && (kind === 'added' || kind === 'supplemented') ? 'card-changed' : kind

/** What the person did a moment ago, or what changes nothing for them, does not spend a consent. */
const withChannel = ({ quiet, ...message }: ResidentMessage) => ({
  ...message,
  channel: quiet ? ('inbox' as const) : ('subscribe' as const),
})

const broughtIn = ({ events }: ReminderChange) =>
  events.flatMap(({ event }) => {
    const isBrought =
      event.type === 'added' || event.type === 'supplemented' || event.type === 'applicant-named'
    return isBrought && event.change ? [{ type: event.type, change: event.change }] : []
  })[0]

/** What has just changed, or has since a step before had judged it. */
function changeLines(change: ReminderChange): readonly string[] {
  const brought = broughtIn(change)
  if (brought) {
    const words = changeWords(change.item, brought.change)
    return [...(words === '' ? [] : [words]), ...cardLines(change)]
  }
  const since = changeWords(change.item, changedSinceJudged(change.after))
  return since === '' ? [] : [`前面看过以后又${since}`]
}

const NO_DATE = '9999-12-31'
const byDate = (left: HeldTask, right: HeldTask) =>
  (left.dueOn ?? NO_DATE) < (right.dueOn ?? NO_DATE) ? -1 : Number(left.dueOn !== right.dueOn)

/** What of a change is one person's: all shares that it opens to them in one message, what they are asked for in another. */
function messagesOf(change: ReminderChange, tasks: readonly HeldTask[], today: PlainDate) {
  const askedOf = ({ approval, stepKey, partUnitId }: HeldTask) =>
    approval ? openApprovalsAt(change.after, { stepKey, unitId: partUnitId }).at(-1) : undefined
  const asked = tasks.find(askedOf)
  const approval = asked && askedOf(asked)
  const [first, ...others] = tasks.filter((task) => !askedOf(task)).sort(byDate)
  const again = workAgain(
    change.item,
    change.events.map(({ event }) => event),
  )
  return [
    ...(first ? [taskMessage(change, first, today, { others, more: changeLines(change), again })] : []),
    ...(asked && approval ? [approvalMessage(change, asked, approval.for, today)] : []),
  ]
}

/** Requests that wait no more with this change, and the event that it comes of. */
function requestsOver({ before, after, events }: Pick<ReminderChange, 'before' | 'after' | 'events'>) {
  const [waited, open] = [before ? openApprovals(before) : [], openApprovals(after)]
  return after.approvals.flatMap((asked, at) => {
    const [was] = before ? before.approvals.slice(at, at + 1) : []
    const isOver = was !== undefined && waited.includes(was) && !open.includes(asked)
    const ending = isOver && (events.find(({ event }) => event.at === asked.answeredAt) ?? events.at(-1))
    if (!ending) return []
    const isTooLate = events.some(({ event }) => event.type === 'approval-lapsed' && event.for === asked.for)
    return [{ asked, eventId: ending.id, because: lapsedBecause(after, asked, isTooLate) }]
  })
}

/** Whoever asked for an approval hears how it was answered and by whom, or that nobody answers it any more. */
function answers(change: ReminderChange, { unitName }: PlanContext, today: PlainDate) {
  return requestsOver(change).flatMap(({ asked, eventId, because }): PlannedReminder[] => {
    if (asked.askedBy === null || asked.askedBy === change.actor.staffId) return []
    const by = [...new Set(asked.approvers.map(({ unitId }) => unitName(unitId)))].join('、')
    const message = answerMessage(change, asked, { by, because }, today)
    return [{ ...message, eventId, recipient: `staff:${asked.askedBy}` }]
  })
}

/** Whoever was asked hears that a request which nobody answered waits no more: the line that asked them stays in the inbox. */
function overtakenReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const overtaken = requestsOver(change).filter(({ asked }) => asked.granted === null)
  const told = overtaken.flatMap(({ asked }) =>
    asked.approvers.flatMap(({ role, unitId }) => context.holders(role, unitId).map(({ id }) => id)),
  )
  return [...new Set(told)]
    .filter((id) => id !== change.actor.staffId && !change.after.relatives.includes(id))
    .map((id) => {
      const own = overtaken.filter(({ asked }) =>
        asked.approvers.some(({ role, unitId }) =>
          context.holders(role, unitId).some((holder) => holder.id === id),
        ),
      )
      const message = overtakenMessage(change, own, today)
      return { ...message, eventId: own[0]?.eventId ?? '', recipient: `staff:${id}` }
    })
}

/** Whom a share was given to, while they hold it; else every holder. `held` are the shares of its case. */
function toldOf(
  change: Pick<ReminderChange, 'held'>,
  { stepKey, partUnitId, role, unitId, assigneeId }: HeldTask,
  context: PlanContext,
) {
  const holders = context.holders(role, unitId)
  const share = change.held.filter((each) => each.stepKey === stepKey && each.partUnitId === partUnitId)
  const isHeld = share.some((each) =>
    context.holders(each.role, each.unitId).some(({ id }) => id === assigneeId),
  )
  return isHeld ? holders.filter(({ id }) => id === assigneeId) : holders
}

const isDeath = ({ event }: ReminderChange['events'][number]) =>
  event.type === 'terminated' && event.cause === 'deceased'

/** Who holds the step that decided. */
function decidersOf({ item, after }: ReminderChange, context: PlanContext): readonly string[] {
  const decided = after.steps.find(({ key }) => key === after.decision?.stepKey)
  const parts = decided?.parts ?? []
  return parts.flatMap(({ unitId }) =>
    context.holders(stepOf(item, decided?.key ?? '').role, unitId).map(({ id }) => id),
  )
}

/** Whoever works on it, decided on it or typed it hears that the number's owner has not applied. */
function disownedReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const disowned = change.events.find(({ event }) => event.type === 'disowned')
  if (!disowned) return []
  const { relatives, enteredBy } = change.after
  const holders = change.held
    .filter(({ approval }) => !approval)
    .flatMap((task) => toldOf(change, task, context).filter(({ id }) => !task.barred.includes(id)))
    .map(({ id }) => id)
  const typists = typistsOf(change, context).filter((id) => id === enteredBy)
  const told = [...holders, ...decidersOf(change, context), ...typists]
  return [...new Set(told)]
    .filter((id) => id !== change.actor.staffId && !relatives.includes(id))
    .map((id) => ({ ...disownedMessage(change, today), eventId: disowned.id, recipient: `staff:${id}` }))
}

/** 办好以后再查: what a check after the decision finds otherwise is for whoever decided to act on. */
function checkReminders(change: ReminderChange, context: PlanContext, today: PlainDate): PlannedReminder[] {
  const { item, after, events, actor } = change
  const failed = events.find(({ event }) => isFailedCheck(item, event))
  if (!failed || !('stepKey' in failed.event)) return []
  const stepKey = failed.event.stepKey ?? ''
  return [...new Set(decidersOf(change, context))]
    .filter((id) => id !== actor.staffId && !after.relatives.includes(id))
    .map((id) => ({
      ...checkFailedMessage(change, stepKey, today),
      eventId: failed.id,
      recipient: `staff:${id}`,
    }))
}

/** The place where staff typed it, but for relatives: a sensitive case is told to who typed it alone. */
function typistsOf({ after, item }: ReminderChange, context: PlanContext) {
  const { channel, enteredAt, enteredBy, relatives } = after
  if (enteredAt === null || enteredBy === null || (channel !== 'window' && channel !== 'village')) return []
  const members = ENTERS_AT[channel].flatMap((role) => context.holders(role, enteredAt))
  const ids = new Set(members.map(({ id }) => id).filter((id) => !relatives.includes(id)))
  return [...ids].filter((id) => !item.confidential || id === enteredBy)
}

/** Of whoever has no account yet nobody else would hear what became of it; what colleagues took back is told in any case. */
function typistReminders(change: ReminderChange, context: PlanContext, today: PlainDate): PlannedReminder[] {
  const { after, parties, actor } = change
  const { enteredBy } = after
  const isKnown = parties.some(({ as }) => as === 'owner' || as === 'new-owner')
  if (enteredBy === actor.staffId) return []
  const typists = typistsOf(change, context).filter((id) => id === enteredBy)
  return change.events.flatMap((logged) => {
    const { type } = logged.event
    if (!isOutcome(type) || isDeath(logged)) return []
    if (type === 'withdrawn' ? actor.staffId === null : isKnown) return []
    return typists.map((id) => ({
      ...outcomeMessage(change, type, today),
      eventId: logged.id,
      recipient: `staff:${id}` as const,
    }))
  })
}

/** The applicant died: who holds another case of theirs checks it, and the place where this one was typed tells the family. */
function deathReminders(change: ReminderChange, context: PlanContext, today: PlainDate): PlannedReminder[] {
  const death = change.events.find(isDeath)
  if (!death) return []
  const { enteredBy, takenOverAt } = change.after
  const family = typistsOf(change, context)
    .filter((id) => id !== change.actor.staffId)
    .map((id) => ({
      ...familyMessage(change, today, id === enteredBy && takenOverAt === null),
      eventId: death.id,
      recipient: `staff:${id}` as const,
    }))
  const others = (change.others ?? []).flatMap(({ filedId, tasks, ...other }) => {
    const holders = tasks
      .filter(({ approval }) => !approval)
      .flatMap((task) => toldOf({ held: tasks }, task, context).filter(({ id }) => !task.barred.includes(id)))
    return [...new Set(holders.map(({ id }) => id))].map((id) => ({
      ...deathMessage(other, today),
      caseId: other.caseId,
      eventId: filedId,
      recipient: `staff:${id}` as const,
    }))
  })
  return [...family, ...others]
}

function staffReminders(change: ReminderChange, context: PlanContext, today: PlainDate): PlannedReminder[] {
  const last = change.events.at(-1)
  if (!last) return []
  const tasks = new Map<string, HeldTask[]>()
  for (const task of change.opened) {
    if (task.queue !== 'to-do') continue
    for (const { id } of toldOf(change, task, context)) {
      if (id !== change.actor.staffId && !task.barred.includes(id))
        tasks.set(id, [...(tasks.get(id) ?? []), task])
    }
  }
  const messages = [...tasks].flatMap(([id, own]) =>
    messagesOf(change, own, today).map((message) => ({
      ...message,
      eventId: last.id,
      recipient: `staff:${id}` as const,
    })),
  )
  return [
    ...messages,
    ...broughtReminders(change, context, today, tasks),
    ...lostReminders(change, context, today, tasks),
    ...answers(change, context, today),
    ...overtakenReminders(change, context, today),
  ]
}

/** Whoever had a share until the answers moved the case hears where it went. */
function lostReminders(
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
function broughtReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
  told: ReadonlyMap<string, unknown>,
): PlannedReminder[] {
  const brought = broughtIn(change)
  const [last, lines] = [change.events.at(-1), changeLines(change)]
  if (!brought || !last || lines.length === 0) return []
  const isTaken = change.events.some(({ event }) => event.type === 'taken-over')
  const how = isTaken ? 'taken-over' : brought.type
  const messages = new Map<string, PlannedReminder>()
  for (const task of change.held.filter(({ approval }) => !approval)) {
    for (const { id } of toldOf(change, task, context)) {
      if (id === change.actor.staffId || told.has(id) || task.barred.includes(id)) continue
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

/**
 * Whom a change of a case concerns, and in which words: owner and filer of each event that is theirs to know, and each
 * holder of the pools whose work it opens, except the one who made it. `now` is the instant of the change.
 */
export function remindersOf(
  change: ReminderChange,
  context: PlanContext,
  now: Instant,
): readonly PlannedReminder[] {
  const today = dayIn(now)
  return [
    ...residentReminders(change, context),
    ...staffReminders(change, context, today),
    ...checkReminders(change, context, today),
    ...deathReminders(change, context, today),
    ...typistReminders(change, context, today),
    ...disownedReminders(change, context, today),
  ]
}
