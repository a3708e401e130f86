import { lawsLastDay, standsAt } from '../case/clock/broken-promise'
import { newDayWords } from '../case/clock/due-words'
import { inHandWords, superiorWords, toldNextWords } from '../case/clock/late-words'
import { isPromiseOver } from '../case/clock/new-day'
import type { CaseEvent } from '../case/events'
import { bookingsOf } from '../case/result/booked'
import { isPartAlone } from '../case/route'
import { membersTold } from '../case/step/approval-state'
import { inHandAt } from '../case/step/in-hand'
import { leadersOfCase } from '../case/step/leading'
import { toldOf } from '../case/step/told-of'
import { leavesIt } from '../case/whose/barred'
import { awaitedIdentityWords, isDisowned } from '../case/whose/identity'
import { dayWords } from '../kernel/day-words'
import type { PlainDate } from '../kernel/plain-date'
import { organName, unitName } from '../organization/registry'
import { promisedDeed } from '../time-limit/promised-deed'
import type { HeldTask, PlanContext, PlannedReminder, ReminderChange } from './change'
import { numberLine } from './number-line'
import { progress, type Told, type WordingOf } from './resident-message'
import { cardOf, pageOf } from './staff-task'

type Broken = Extract<CaseEvent, { type: 'promise-broken' }>
type Words = Pick<PlanContext, 'calendar' | 'units' | 'holders'>

/** Who has the share that is in hand, by office alone where several have one; undefined where nobody works on it. */
function inHand({ item, after }: Told, held: readonly HeldTask[], { units, holders }: Words) {
  const all = inHandAt(item, after)
  const [open] = all
  if (!open) return undefined
  const { unitId } = open.part
  if (all.length > 1) {
    const names = all.map(({ part }) => organName({ units }, part.unitId)).join('、')
    return { unitName: names, shortName: names, name: null }
  }
  const shares = held.filter(
    ({ stepKey, partUnitId, approval }) => !approval && stepKey === open.step.key && partUnitId === unitId,
  )
  const members = new Map(
    shares
      .flatMap((task) => toldOf(task, held, { holders, isAway: () => false }))
      .map((each) => [each.id, each.name]),
  )
  const [name = null] = members.size === 1 ? members.values() : []
  return { unitName: unitName({ units }, unitId), shortName: organName({ units }, unitId), name }
}

const namedPools = (told: Broken['told'], { holders }: Words) =>
  told.map((each) => ({ ...each, names: membersTold(holders)(each).map(({ name }) => name) }))

const brokenTitle = ({ again, undated, byLaw }: Broken) => {
  if (byLaw) return again ? '：法定的日子也过了' : '：法定的日子过了'
  if (undated) return '：还没定新日子'
  return again ? '：新定的日子也没赶上' : '：没赶上说好的日子'
}

/** That a promise was not kept, with a name and a word of regret; nobody promises a day while it is the identity that is awaited. */
export function brokenTold(event: Broken, told: Told, words: Words, today: PlainDate, wording: WordingOf) {
  const { again } = event
  const awaited = awaitedIdentityWords(told.item, told.after, told.reader)
  if (isDisowned(told.after)) return undefined
  if (awaited) return progress(told, wording('：说好的日子过了', awaited, '还差核身份'))
  const holder = inHand(told, told.held ?? [], words)
  const superiors = superiorWords(namedPools(event.told, words), again === true)
  const deed = promisedDeed(bookingsOf(told.after).length > 0)
  const broken = `${notKept(event, deed, today)}没做到，对不住`
  return progress(told, {
    ...wording(
      brokenTitle(event),
      [broken, ...(holder ? [inHandWords(holder, again ? null : superiors)] : [])].join('。'),
      '超期了',
      again ? '又没做到，对不住' : '没做到，对不住',
    ),
    more: again
      ? [`${superiors ?? '县里督办的人'}也知道了，在催着办，${deed}了马上告诉你`]
      : [
          ...(superiors === null || !holder?.name ? [] : [`${superiors}也知道了`]),
          nextWords(event, told, { today, calendar: words.calendar }, deed),
        ],
  })
}

/** What was said, and was not done by its day. */
function notKept({ promisedOn, again, undated, byLaw }: Broken, deed: string, today: PlainDate) {
  const day = dayWords(promisedOn, today)
  if (undated) return `说好 ${day} 告诉你哪天能${deed}，`
  if (byLaw) return `法定最晚 ${day} ${deed}，${again ? '也' : ''}`
  return again ? `改到 ${day}，又` : `说好 ${day} ${deed}，`
}

/** Where no other day can be named nobody waits to hear of one. */
function nextWords(
  { at, unnamed, byLaw }: Broken,
  { item, after }: Told,
  { today, calendar }: On,
  deed: string,
) {
  if (!unnamed) return toldNextWords(today, calendar, deed)
  if (isPromiseOver(after)) return '没批已经定了，还没办结，在催着，办结了马上告诉你'
  // What stops the promise alone ends, and a day may be named then.
  if (byLaw) return `现在还定不了日子，在催着办，${deed}了马上告诉你`
  const law = lawsLastDay(item, after, { now: at, calendar })
  const by = law === null ? '' : `，法定最晚 ${dayWords(law, today)}`
  return `没有新日子可定，在催着办${by}，${deed}了马上告诉你`
}

/** The new day, and why: at once. */
export function anewTold(
  { newDueOn }: Extract<CaseEvent, { type: 'promised-anew' }>,
  told: Told,
  today: PlainDate,
  wording: WordingOf,
) {
  const day = newDayWords(newDueOn, today)
  return progress(told, {
    ...wording(`：${day}`, `${day} ${promisedDeed(bookingsOf(told.after).length > 0)}`, '改日子了', day),
    more: [told.reason ? `理由：${told.reason}` : '为什么，点开就看到'],
  })
}

/** What whoever holds it is to do: nobody is asked for a day that cannot be named. */
function todoAfter({ after, item }: ReminderChange, event: Broken, task: HeldTask, on: On) {
  if (event.unnamed && isPromiseOver(after))
    return { line: '没批已经定了，抓紧办结，申请人等着文书', word: '超期了，抓紧办结' }
  if (event.unnamed && event.byLaw)
    return { line: '承诺的停着，现在还定不了新日子，抓紧办，能往下办了再定', word: '超期了，抓紧办' }
  if (event.unnamed) {
    const law = lawsLastDay(item, after, { now: event.at, calendar: on.calendar })
    const by = law === null ? '' : `法定最晚 ${dayWords(law, on.today)}，`
    return { line: `${by}没有新日子可定，抓紧办，办好了申请人马上看到`, word: '超期了，抓紧办' }
  }
  if (standsAt(after, { stepKey: task.stepKey, unitId: task.partUnitId }))
    return { line: '这一步停着，先不用定新日子，能往下办了再定', word: '超期了' }
  return { line: '今天就定一个新日子，写明理由，申请人马上看到', word: '超期了，定个新日子' }
}

interface On {
  readonly today: PlainDate
  readonly calendar: PlanContext['calendar']
}

/** Of the law's day nobody says that it was promised. */
const overWords = ({ promisedOn, byLaw }: Broken, today: PlainDate) =>
  `${byLaw ? '法定最晚' : '承诺'} ${dayWords(promisedOn, today)} 办好，超期了，申请人已经知道`

function holderMessage(change: ReminderChange, event: Broken, task: HeldTask, on: On) {
  const { line, word } = todoAfter(change, event, task, on)
  return {
    title: change.item.plainName + brokenTitle(event),
    lines: [overWords(event, on.today), line],
    data: cardOf(change, task, on.today, word),
  }
}

function superiorMessage(change: ReminderChange, event: Broken, task: HeldTask, today: PlainDate) {
  const { again, undated, unnamed, byLaw, promisedOn } = event
  const day = dayWords(promisedOn, today)
  const passed = byLaw ? `法定最晚 ${day} 也过了，没办好` : `改到 ${day} 又没办好`
  return {
    title: change.item.plainName + brokenTitle(event),
    lines: again
      ? [`${undated ? `说好 ${day} 告诉申请人新日子，没人定` : passed}，请督办到底，申请人已经知道`]
      : [
          overWords(event, today),
          unnamed
            ? `${byLaw ? '现在还定不了日子' : '没有新日子可定'}，请催着办`
            : '经办人没有定新日子，你也能定',
        ],
    data: cardOf(change, task, today, again ? '又超期了，请督办' : '超期了，请过问'),
  }
}

/** Who holds it and who answers for them, of the first break; the county's supervisors, of the second. One message each. */
export function brokenReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const { holders, calendar, unitName } = context
  const found = change.events.find(({ event }) => event.type === 'promise-broken')
  if (found?.event.type !== 'promise-broken') return []
  const { event, id: eventId } = found
  const tasks = change.held.filter(({ approval }) => !approval)
  const [first] = tasks
  if (!first) return []
  const messages = new Map<string, ReturnType<typeof holderMessage>>()
  const tell = (id: string, message: ReturnType<typeof holderMessage>) => {
    if (!messages.has(id) && !leavesIt(change.after).includes(id)) messages.set(id, message)
  }
  for (const task of event.again ? [] : tasks)
    for (const { id } of toldOf(task, change.held, context))
      tell(id, holderMessage(change, event, task, { today, calendar }))
  for (const each of event.told)
    for (const { id } of membersTold(holders)(each)) tell(id, superiorMessage(change, event, first, today))
  for (const id of leadersOf(change, first, holders))
    tell(id, leaderMessage(change, event, first, { today, unitName }))
  return [...messages].map(([id, message]) => toldOne(change, { id, kind: event.type, eventId }, message))
}

/** Whoever leads several departments; nobody where one works after the other. */
const leadersOf = (
  { item, after }: ReminderChange,
  task: Pick<HeldTask, 'stepKey'>,
  holders: PlanContext['holders'],
) =>
  isPartAlone(item, task)
    ? leadersOfCase(item, after).flatMap(({ role, unitId }) => holders(role, unitId).map(({ id }) => id))
    : []

interface ToldTo {
  readonly id: string
  readonly kind: PlannedReminder['kind']
  readonly eventId: string
}

const toldOne = (
  change: ReminderChange,
  { id, kind, eventId }: ToldTo,
  { lines, ...message }: ReturnType<typeof holderMessage>,
): PlannedReminder => ({
  ...message,
  kind,
  urgent: true,
  channel: 'relation',
  templateId: 'YX-STAFF-DUE',
  lines: [...lines, numberLine(change.caseNumber)],
  page: pageOf(change),
  eventId,
  recipient: `staff:${id}`,
})

/** Of a project: whoever accepted it is whom the applicant calls. */
function leaderMessage(
  change: ReminderChange,
  event: Broken,
  task: HeldTask,
  { today, unitName }: { readonly today: PlainDate } & Pick<PlanContext, 'unitName'>,
) {
  const names = inHandAt(change.item, change.after).map(({ part }) => unitName(part.unitId))
  return {
    title: change.item.plainName + brokenTitle(event),
    lines: [overWords(event, today), `${names.join('、')}还在办，问一问。申请人打来问的是你这里`],
    data: cardOf(change, task, today, '超期了，问一问'),
  }
}

/** Of a project: the day that one department named is the whole's, which the others and whoever accepted it go by. */
export function anewReminders(
  change: ReminderChange,
  context: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const { holders, unitName } = context
  const found = change.events.find(({ event }) => event.type === 'promised-anew')
  if (found?.event.type !== 'promised-anew' || !isPartAlone(change.item, found.event)) return []
  const { event, id: eventId } = found
  const tasks = change.held.filter(({ approval }) => !approval)
  const [first] = tasks
  if (!first) return []
  const hold = tasks.flatMap((task) => toldOf(task, change.held, context).map(({ id }) => id))
  const lead = leadersOf(change, event, holders)
  const day = newDayWords(event.newDueOn, today)
  return [...new Set([...hold, ...lead])]
    .filter((id) => id !== change.actor.staffId && !leavesIt(change.after).includes(id))
    .map((id) =>
      toldOne(
        change,
        { id, kind: event.type, eventId },
        {
          title: `${change.item.plainName}：${day}`,
          lines: [`${unitName(event.unitId)}定的，整件按这一天办，申请人知道了。不能再改`],
          data: cardOf(change, first, today, day),
        },
      ),
    )
}
