import { correctionDue } from '../case/clock/clocks'
import type { CaseEvent } from '../case/events'
import { settlingIn } from '../case/revocation/settling'
import { isPartAlone, stepOf } from '../case/route'
import { openCorrection } from '../case/state'
import { toldOf } from '../case/step/told-of'
import { isFailedCheck } from '../case/visit/check'
import { leavesIt } from '../case/whose/barred'
import { disownedWords } from '../case/whose/disowned'
import { isDisowned } from '../case/whose/identity'
import { dayIn, type Instant, type PlainDate } from '../kernel/plain-date'
import { ENTERS_AT } from '../organization/entering'
import {
  adviceReminders,
  decidersReminders,
  payersReminders,
  restingReminders,
  unheardReminders,
} from './after-decision-staff'
import { answers, approversReminders, overtakenReminders, requestOfRow } from './approvals'
import { anewReminders, brokenReminders } from './broken'
import { broughtLines, broughtReminders, kindOf, lostReminders } from './brought'
import type { HeldTask, Party, PlanContext, PlannedReminder, ReminderChange } from './change'
import { deathMessage, eventOfOther, familyMessage, notDeadMessage } from './death'
import { restingLines, suppliedReminders } from './joint'
import { nudgedReminders } from './nudged'
import { objectedLines } from './objected'
import { isToldBesides } from './once'
import { tellResident } from './resident'
import type { ResidentMessage } from './resident-message'
import { settlersReminders } from './settlers'
import { silenceReminders } from './silence'
import {
  approvalMessage,
  checkFailedMessage,
  disownedMessage,
  endedMessage,
  isOutcome,
  leadMessage,
  outcomeMessage,
  passedOnMessage,
  taskMessage,
  workAgain,
} from './staff'
import { stopReminders } from './stops'
import { unnamedReminders } from './unnamed'
import { visitReminders } from './visit'
import { withdrawnReminders } from './withdrawn'

/** Whoever filed it for somebody hears nothing of what comes after their taking it over. */
function heardBy({ as }: Party, events: ReminderChange['events']) {
  const taken = events.findIndex(({ event }) => event.type === 'taken-over')
  return as === 'filer' && taken >= 0 ? events.slice(0, taken + 1) : events
}

const residentReminders = (change: ReminderChange, context: PlanContext): PlannedReminder[] =>
  change.parties.flatMap((party) =>
    heardBy(party, change.events).flatMap((logged) => {
      const { id, event } = logged
      const listener = { as: party.as, acted: party.recipient === `profile:${change.actor.profileId}` }
      const told = { ...change, reader: party.awaited }
      if (isToldBesides(change, logged)) return []
      const message = tellResident(event, told, context, listener)
      if (!message) return []
      const kind = kindOf(change, event.type)
      return [{ ...withChannel(message), eventId: id, kind, recipient: party.recipient }]
    }),
  )

/** What the person did a moment ago, or what changes nothing for them, does not spend a consent. */
const withChannel = ({ quiet, ...message }: ResidentMessage) => ({
  ...message,
  channel: quiet ? ('inbox' as const) : ('subscribe' as const),
})

/** For whoever has it to do: that nobody applies any more, and what came to it. */
function changeLines(change: ReminderChange): readonly string[] {
  const lines = broughtLines(change)
  return isDisowned(change.after) ? [disownedWords(change.after), ...lines] : lines
}

const NO_DATE = '9999-12-31'
const byDate = (left: HeldTask, right: HeldTask) =>
  (left.dueOn ?? NO_DATE) < (right.dueOn ?? NO_DATE) ? -1 : Number(left.dueOn !== right.dueOn)

/** What of a change is one person's: all shares that it opens to them in one message, what they are asked for in another. */
function messagesOf(change: ReminderChange, tasks: readonly HeldTask[], today: PlainDate, more: string[]) {
  const askedOf = (task: HeldTask) => (task.approval ? requestOfRow(change, task) : undefined)
  const asked = tasks.find(askedOf)
  const approval = asked && askedOf(asked)
  const [first, ...others] = tasks.filter((task) => !askedOf(task)).sort(byDate)
  const messageOf = first?.approval && others.every((task) => task.approval) ? leadMessage : taskMessage
  const again = workAgain(
    change.item,
    change.events.map(({ event }) => event),
  )
  return [
    ...(first
      ? [messageOf(change, first, today, { others, more: [...more, ...changeLines(change)], again })]
      : []),
    ...(asked && approval ? [approvalMessage(change, asked, approval.for, today, changeLines(change))] : []),
  ]
}

type Logged = ReminderChange['events'][number]

const isDeath = ({ event }: Logged) =>
  event.type === 'applicant-death-recorded' || (event.type === 'terminated' && event.cause === 'deceased')

/** It was recorded in error. */
const isNoDeath = ({ event }: Logged) => event.type === 'death-record-withdrawn'

/** Who holds the step that decided. */
function decidersOf({ item, after }: ReminderChange, context: PlanContext): readonly string[] {
  const decided = after.steps.find(({ key }) => key === after.decision?.stepKey)
  const parts = decided?.parts ?? []
  return parts.flatMap(({ unitId }) =>
    context.holders(stepOf(item, decided?.key ?? '').role, unitId).map(({ id }) => id),
  )
}

/** Who held it when it was declined or ended. */
function endersOf({ item, after }: ReminderChange, context: PlanContext): readonly string[] {
  if (after.status !== 'declined' && after.status !== 'terminated') return []
  return after.steps
    .filter(({ status }) => status === 'skipped')
    .flatMap(({ key, parts }) =>
      parts
        .filter(({ status }) => status === 'open')
        .flatMap(({ unitId }) => context.holders(stepOf(item, key).role, unitId).map(({ id }) => id)),
    )
}

/** Of a case that several departments work on at once, those departments and whoever leads it: each goes by what becomes of it. */
function departmentsOf({ item, after }: ReminderChange, context: PlanContext): readonly string[] {
  if (!after.steps.some(({ key }) => isPartAlone(item, { stepKey: key }))) return []
  const concerned = after.steps.filter(
    ({ key }) => isPartAlone(item, { stepKey: key }) || stepOf(item, key).kind === 'accept',
  )
  return concerned.flatMap(({ key, parts }) =>
    parts
      .filter(({ status }) => status !== 'waiting')
      .flatMap(({ unitId }) => context.holders(stepOf(item, key).role, unitId).map(({ id }) => id)),
  )
}

/** Of the end too, once it was disowned, hears each department, and whoever leads: ended by staff, or taken back by whoever filed it. */
function endedReminders(change: ReminderChange, context: PlanContext, today: PlainDate): PlannedReminder[] {
  const isDisownedBefore = change.before !== null && isDisowned(change.before)
  const end = change.events.find(
    ({ event }) =>
      (event.type === 'terminated' && event.cause === 'disowned') ||
      (event.type === 'withdrawn' && isDisownedBefore),
  )
  if (!end) return []
  const { relatives, enteredBy } = change.after
  return [...new Set(departmentsOf(change, context))]
    .filter((id) => id !== change.actor.staffId && id !== enteredBy && !relatives.includes(id))
    .map((id) => ({ ...endedMessage(change, today), eventId: end.id, recipient: `staff:${id}` }))
}

/** Whoever works on it, was asked about it, decided on it or typed it hears that the number's owner has not applied. */
function disownedReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const disowned = change.events.find(({ event }) => event.type === 'disowned')
  if (!disowned) return []
  const { relatives, enteredBy } = change.after
  const holders = change.held.flatMap((task) => toldOf(task, change.held, context)).map(({ id }) => id)
  const typists = typistsOf(change, context).filter((id) => id === enteredBy)
  const others = [
    ...decidersOf(change, context),
    ...endersOf(change, context),
    ...departmentsOf(change, context),
  ]
  const told = [...holders, ...others, ...typists]
  return [...new Set(told)]
    .filter((id) => id !== change.actor.staffId && !relatives.includes(id))
    .map((id) => ({
      ...disownedMessage(change, today, id === enteredBy),
      eventId: disowned.id,
      recipient: `staff:${id}`,
    }))
}

/** 办好以后再查: what a check after the decision finds otherwise is for whoever decided to act on. */
function checkReminders(change: ReminderChange, context: PlanContext, today: PlainDate): PlannedReminder[] {
  const { item, after, events, actor } = change
  const failed = events.find(({ event }) => isFailedCheck(item, event))
  if (!failed || !('stepKey' in failed.event)) return []
  const stepKey = failed.event.stepKey ?? ''
  return [...new Set(decidersOf(change, context))]
    .filter((id) => id !== actor.staffId && !leavesIt(after).includes(id))
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

/** What the applicant must be told while it is under way, for they answer it, may object, or wait longer. 行政许可法 第32、42、45条 */
const PASSED_ON: ReadonlySet<CaseEvent['type']> = new Set([
  'correction-requested',
  'correction-reminded',
  'limit-extended',
  'clock-suspended',
  'rectification-required',
  'objection-recorded',
  'promise-broken',
  'promised-anew',
  'decision-corrected',
  'revocation-proposed',
  'decision-revoked',
  'decision-kept',
])

/** The last day of what is passed on, as far as there is one: of the open notice, else of the case. */
function dayOfCard({ item, after, due }: ReminderChange, { calendar }: PlanContext, today: PlainDate) {
  const open = openCorrection(after)
  const answerBy = open && correctionDue(item, after, open, calendar)
  const last = answerBy ?? due
  return last.kind === 'on' && last.on >= today ? last.on : today
}

/** What whoever typed it hears of an event, where nobody with an account does. */
function typistMessage(change: ReminderChange, logged: Logged, context: PlanContext, today: PlainDate) {
  const { event } = logged
  const isKnown = change.parties.some(({ as }) => as === 'owner' || as === 'new-owner')
  if (isDeath(logged) || isNoDeath(logged)) return undefined
  if (event.type === 'withdrawn')
    return change.actor.staffId === null ? undefined : outcomeMessage(change, event.type, today)
  if (isKnown) return undefined
  if (isOutcome(event.type)) return outcomeMessage(change, event.type, today)
  // Whoever heard that it takes longer hears until when.
  const isLawsDay =
    (event.type === 'clock-resumed' || event.type === 'dates-filled' || event.type === 'dates-moved') &&
    event.lawOn !== undefined
  if (!PASSED_ON.has(event.type) && !isLawsDay && !isFailedCheck(change.item, event)) return undefined
  const told = tellResident(event, change, context)
  return told && { ...passedOnMessage(change, told, dayOfCard(change, context, today)), kind: event.type }
}

/** Of whoever has no account yet nobody else would hear what became of it; what colleagues took back is told in any case. */
function typistReminders(change: ReminderChange, context: PlanContext, today: PlainDate): PlannedReminder[] {
  const { after, actor } = change
  const { enteredBy } = after
  if (enteredBy === actor.staffId) return []
  const typists = typistsOf(change, context).filter((id) => id === enteredBy)
  return change.events.flatMap((logged) => {
    const message = typistMessage(change, logged, context, today)
    if (!message) return []
    return typists.map((id) => ({ ...message, eventId: logged.id, recipient: `staff:${id}` as const }))
  })
}

/**
 * The applicant died: who holds another case of theirs checks it, and the place where this one was typed tells the family. They hear,
 * too, where it was recorded in error.
 */
function deathReminders(change: ReminderChange, context: PlanContext, today: PlainDate): PlannedReminder[] {
  const death = change.events.find((each) => isDeath(each) || isNoDeath(each))
  if (!death) return []
  const tellOther = isNoDeath(death) ? notDeadMessage : deathMessage
  const { enteredBy, takenOverAt } = change.after
  const family = typistsOf(change, context)
    .filter((id) => id !== change.actor.staffId)
    .map((id) => ({
      ...familyMessage(
        change,
        death.event.type,
        { today, calendar: context.calendar },
        id === enteredBy && takenOverAt === null,
      ),
      eventId: death.id,
      recipient: `staff:${id}` as const,
    }))
  const others = (change.others ?? []).flatMap(({ tasks, ...other }) => {
    const holders = tasks.filter(({ approval }) => !approval).flatMap((task) => toldOf(task, tasks, context))
    return [...new Set(holders.map(({ id }) => id))].map((id) => ({
      ...tellOther(other, today),
      caseId: other.caseId,
      eventId: eventOfOther(death.id, other.caseId),
      recipient: `staff:${id}` as const,
    }))
  })
  return [...family, ...others]
}

function staffReminders(change: ReminderChange, context: PlanContext, today: PlainDate): PlannedReminder[] {
  const last = change.events.at(-1)
  if (!last) return []
  const tasks = new Map<string, HeldTask[]>()
  // Work that an open notice had held up is told of with the disownment that ended it.
  const isDisowning = change.events.some(({ event }) => event.type === 'disowned')
  for (const task of isDisowning ? [] : change.opened) {
    // What waits after a decision is told in words of its own.
    if (task.queue !== 'to-do' || settlingIn(change.after, task) !== null) continue
    for (const { id } of toldOf(task, change.held, context)) {
      const isNews = id !== change.actor.staffId && (task.onlyTo?.includes(id) ?? true)
      if (isNews) tasks.set(id, [...(tasks.get(id) ?? []), task])
    }
  }
  const messages = [...tasks].flatMap(([id, own]) =>
    messagesOf(change, own, today, [
      ...restingLines(change, own, context.unitName),
      ...objectedLines(change, context.unitName),
    ]).map((message) => ({
      ...message,
      eventId: last.id,
      recipient: `staff:${id}` as const,
    })),
  )
  return [
    ...messages,
    ...visitReminders(change, today),
    ...broughtReminders(change, context, today, tasks),
    ...suppliedReminders(change, context, today, tasks),
    ...lostReminders(change, context, today, tasks),
    ...answers(change, context, today),
    ...overtakenReminders(change, context, today),
  ]
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
    ...unheardReminders(change, context, today),
    ...typistReminders(change, context, today),
    ...unnamedReminders(change, today),
    ...brokenReminders(change, context, today),
    ...anewReminders(change, context, today),
    ...stopReminders(change, context, today),
    ...silenceReminders(change, context, today),
    ...disownedReminders(change, context, today),
    ...decidersReminders(change, context, today),
    ...adviceReminders(change, context, today),
    ...settlersReminders(change, context, today),
    ...approversReminders(change, context, today),
    ...restingReminders(change, context, today),
    ...payersReminders(change, context, today),
    ...endedReminders(change, context, today),
    ...withdrawnReminders(change, context, today),
    ...nudgedReminders(change, context, today),
  ]
}
