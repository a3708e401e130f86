import { bookingsOf } from '../case/booked'
import { newDayWords } from '../case/due-words'
import type { CaseEvent } from '../case/events'
import { awaitedIdentityWords, isDisowned } from '../case/identity'
import { inHandWords, superiorWords, toldNextWords } from '../case/late-words'
import { stepOf } from '../case/route'
import { openParts } from '../case/state'
import { dayWords } from '../kernel/day-words'
import type { PlainDate } from '../kernel/plain-date'
import { organName, unitName } from '../organization/registry'
import { promisedDeed } from '../time-limit/promised-deed'
import type { HeldTask, PlanContext, PlannedReminder, ReminderChange } from './change'
import { numberLine } from './number-line'
import { progress, type Told, type WordingOf } from './resident-message'
import { cardOf, pageOf } from './staff-task'
import { toldOf } from './told-of'

type Broken = Extract<CaseEvent, { type: 'promise-broken' }>
type Words = Pick<PlanContext, 'calendar' | 'units' | 'holders'>

/** Who has the share that is in hand; undefined where nobody works on it. */
function inHand({ item, after }: Told, held: readonly HeldTask[], { units, holders }: Words) {
  const open = openParts(after).find(({ step }) => !stepOf(item, step.key).optional)
  if (!open) return undefined
  const { unitId } = open.part
  const shares = held.filter(
    ({ stepKey, partUnitId, approval }) => !approval && stepKey === open.step.key && partUnitId === unitId,
  )
  const members = new Map(
    shares.flatMap((task) => toldOf(task, held, holders)).map((each) => [each.id, each.name]),
  )
  const [name = null] = members.size === 1 ? members.values() : []
  return { unitName: unitName({ units }, unitId), shortName: organName({ units }, unitId), name }
}

const namedPools = (told: Broken['told'], { holders }: Words) =>
  told.map(({ role, unitId }) => ({ role, unitId, names: holders(role, unitId).map(({ name }) => name) }))

const brokenTitle = ({ again, undated }: Broken) => {
  if (undated) return '：新日子没人定'
  return again ? '：新定的日子也没赶上' : '：没赶上说好的日子'
}

/** That a promise was not kept, with a name and a word of regret; nobody promises a day while it is the identity that is awaited. */
export function brokenTold(event: Broken, told: Told, words: Words, today: PlainDate, wording: WordingOf) {
  const { promisedOn, again, undated } = event
  const awaited = awaitedIdentityWords(told.item, told.after, told.reader)
  if (isDisowned(told.after)) return undefined
  if (awaited) return progress(told, wording('：说好的日子过了', awaited, '还差核身份'))
  const holder = inHand(told, told.held ?? [], words)
  const superiors = superiorWords(namedPools(event.told, words), again === true)
  const deed = promisedDeed(bookingsOf(told.after).length > 0)
  const day = dayWords(promisedOn, today)
  const broken = undated
    ? `说好 ${day} 告诉你哪天能${deed}，没做到，对不住`
    : `${again ? `改到 ${day}，又` : `说好 ${day} ${deed}，`}没做到，对不住`
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
          toldNextWords(today, words.calendar, deed),
        ],
  })
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

function holderMessage(change: ReminderChange, { promisedOn }: Broken, task: HeldTask, today: PlainDate) {
  const day = dayWords(promisedOn, today)
  return {
    title: `${change.item.plainName}：没赶上说好的日子`,
    lines: [`承诺 ${day} 办好，超期了，申请人已经知道`, '今天就定一个新日子，写明理由，申请人马上看到'],
    data: cardOf(change, task, today, '超期了，定个新日子'),
  }
}

function superiorMessage(change: ReminderChange, event: Broken, task: HeldTask, today: PlainDate) {
  const { again, undated, promisedOn } = event
  const day = dayWords(promisedOn, today)
  return {
    title: change.item.plainName + brokenTitle(event),
    lines: again
      ? [
          `${undated ? `说好 ${day} 告诉申请人新日子，没人定` : `改到 ${day} 又没办好`}，请督办到底，申请人已经知道`,
        ]
      : [`承诺 ${day} 办好，超期了，申请人已经知道`, '经办人没有定新日子，你也能定'],
    data: cardOf(change, task, today, again ? '又超期了，请督办' : '超期了，请过问'),
  }
}

/** Who holds it and who answers for them, of the first break; the county's supervisors, of the second. One message each. */
export function brokenReminders(
  change: ReminderChange,
  { holders }: PlanContext,
  today: PlainDate,
): PlannedReminder[] {
  const found = change.events.find(({ event }) => event.type === 'promise-broken')
  if (found?.event.type !== 'promise-broken') return []
  const { event, id: eventId } = found
  const tasks = change.held.filter(({ approval }) => !approval)
  const [first] = tasks
  if (!first) return []
  const messages = new Map<string, ReturnType<typeof holderMessage>>()
  const tell = (id: string, message: ReturnType<typeof holderMessage>) => {
    if (!messages.has(id) && !change.after.relatives.includes(id)) messages.set(id, message)
  }
  for (const task of event.again ? [] : tasks)
    for (const { id } of toldOf(task, change.held, holders))
      tell(id, holderMessage(change, event, task, today))
  for (const { role, unitId } of event.told)
    for (const { id } of holders(role, unitId)) tell(id, superiorMessage(change, event, first, today))
  return [...messages].map(([id, { lines, ...message }]) => ({
    ...message,
    kind: event.type,
    urgent: true,
    channel: 'relation',
    templateId: 'YX-STAFF-DUE',
    lines: [...lines, numberLine(change.caseNumber)],
    page: pageOf(change),
    eventId,
    recipient: `staff:${id}`,
  }))
}
