import { addDays, dayIn, type Instant, instantAt, type PlainDate } from '#shared/domain/kernel/plain-date'

// A day of the outbox as whoever looks at it wants to see it: where each message has gone, and how often whose phone rang.

/** A message that was to be told that day: written then, or left over from before. */
export interface DayReminder {
  readonly id: string
  /** As the product names whoever it is for. */
  readonly recipient: string
  readonly urgent: boolean
  /** Null where the person is nobody of those who were asked for. */
  readonly title: string | null
  readonly writtenAt: Instant
  readonly availableAt: Instant
  readonly endedAt: Instant | null
  readonly droppedAt: Instant | null
  readonly inInbox: boolean
  /** Why it did not go out, in words. */
  readonly because: string | null
  readonly isMerged: boolean
  /** The message whose push told it too. */
  readonly toldBy: string | null
  readonly status: 'queued' | 'sent' | 'delivered' | 'failed' | 'dropped'
}

/** A push that went out that day, or may have. */
export interface DayPush {
  readonly recipient: string
  readonly kind: 'resident' | 'enterprise' | 'part-timer' | 'staff'
  readonly templateId: string
  readonly at: Instant
}

export interface DayPerson {
  /** As in the pack. */
  readonly id: string
  readonly name: string
  readonly recipients: readonly string[]
  readonly kind: DayPush['kind']
  /** In which they may be disturbed, `[from, until)` in minutes since midnight. */
  readonly hours: readonly (readonly [from: number, until: number])[]
}

export interface DayFacts {
  readonly now: Instant
  readonly reminders: readonly DayReminder[]
  readonly pushes: readonly DayPush[]
  readonly people: readonly DayPerson[]
  readonly perDay: Readonly<Record<DayPush['kind'], { readonly max: number; readonly urgentReserve: number }>>
  readonly templatePerMinute: number
  readonly accountPerDay: number
}

const FATES = ['merged', 'dropped', 'inbox', 'put-off', 'waiting', 'failed', 'sent', 'received'] as const
type DayFate = (typeof FATES)[number]

interface Step {
  readonly title: string
  readonly says: string
  readonly tone: 'done' | 'held' | 'waiting'
}

interface Mark {
  readonly id: string
  readonly fate: DayFate
  readonly urgent: boolean
  readonly title: string
  /** Minutes since midnight: where it was written, and where it went or is to go; before that day 0, after it 1440. */
  readonly from: number
  readonly to: number
  readonly steps: readonly Step[]
}

interface Lane extends Pick<DayPerson, 'id' | 'name' | 'kind' | 'hours'> {
  readonly rang: number
  readonly max: number
  readonly marks: readonly Mark[]
}

export interface ReminderDay {
  readonly day: PlainDate
  /** Of the day, for the line of now. */
  readonly minute: number
  readonly wanted: number
  readonly fates: Readonly<Record<DayFate, number>>
  /** Pushes, each of which rang once whatever it told. */
  readonly rang: number
  readonly urgentKeptBack: number
  readonly lanes: readonly Lane[]
  readonly limits: {
    /** Of each kind whoever was rung most, and how many were rung so often: the first number is of once. */
    readonly people: readonly {
      readonly kind: DayPush['kind']
      readonly max: number
      readonly most: number
      readonly times: readonly number[]
    }[]
    readonly busiestMinute: { readonly count: number; readonly at: Instant | null; readonly max: number }
    readonly account: { readonly count: number; readonly max: number }
  }
}

const MINUTE = 60_000
const WHOLE_DAY = 1440

const endOfDay = (now: Instant) => instantAt(addDays(dayIn(now), 1), 0)

function fateOf(reminder: DayReminder, now: Instant): DayFate {
  const { droppedAt, endedAt, isMerged, inInbox, status, availableAt } = reminder
  if (droppedAt !== null) return 'dropped'
  if (endedAt === null) return availableAt >= endOfDay(now) ? 'put-off' : 'waiting'
  if (inInbox) return 'inbox'
  if (isMerged) return 'merged'
  return pushFate(status)
}

/** As the receipts of its push say, also of what another's push told. */
function pushFate(status: DayReminder['status']) {
  if (status === 'failed') return 'failed'
  return status === 'delivered' ? 'received' : 'sent'
}

const clockOf = (at: Instant) => {
  const there = new Date(Date.parse(at) + 8 * 60 * MINUTE).toISOString()
  return `${Number(there.slice(11, 13))}:${there.slice(14, 16)}`
}
const momentOf = (at: Instant, now: Instant) => {
  const [, month, date] = dayIn(at).split('-').map(Number)
  return dayIn(at) === dayIn(now) ? clockOf(at) : `${month}月${date}日 ${clockOf(at)}`
}

const ENDS: Readonly<Record<Exclude<DayFate, 'merged' | 'put-off' | 'waiting'>, Omit<Step, 'says'>>> = {
  dropped: { title: '不用发了', tone: 'held' },
  inbox: { title: '没响，放在“消息”里', tone: 'held' },
  failed: { title: '没送到', tone: 'held' },
  sent: { title: '发出去了', tone: 'done' },
  received: { title: '收到了', tone: 'done' },
}

/** What became of it, one line a step, as the row tells it. */
function stepsOf(reminder: DayReminder, fate: DayFate, told: DayReminder | undefined, now: Instant): Step[] {
  const { writtenAt, endedAt, droppedAt, availableAt, because, title } = reminder
  const written: Step = { title: '想发', says: `${momentOf(writtenAt, now)}，${title}`, tone: 'done' }
  if (fate === 'waiting' && availableAt <= now)
    return [written, { title: '正在发', says: momentOf(availableAt, now), tone: 'waiting' }]
  if (fate === 'put-off' || fate === 'waiting')
    return [
      written,
      {
        title: fate === 'put-off' ? '推到以后' : '还没到时候',
        says: `${momentOf(availableAt, now)} 再看，那时还没办完才发，和别的并成一条`,
        tone: 'waiting',
      },
    ]
  if (fate === 'merged')
    return [
      written,
      { title: '并进一条', says: told?.title ?? '和别的一条一起说了', tone: 'done' },
      { ...ENDS[pushFate(reminder.status)], says: endedAt === null ? '' : momentOf(endedAt, now) },
    ]
  const at = droppedAt ?? endedAt
  const reason = fate === 'dropped' ? '事情变了，这条说的已经不对' : because
  const says = [at === null ? '' : momentOf(at, now), reason ?? ''].filter(Boolean).join('，')
  return [written, { ...ENDS[fate], says }]
}

function minuteOf(at: Instant, now: Instant) {
  const minutes = (Date.parse(at) - Date.parse(instantAt(dayIn(now), 0))) / MINUTE
  return Math.round(Math.min(WHOLE_DAY, Math.max(0, minutes)))
}

function markOf(reminder: DayReminder, byId: ReadonlyMap<string, DayReminder>, now: Instant): Mark {
  const fate = fateOf(reminder, now)
  const told = reminder.toldBy === null ? undefined : byId.get(reminder.toldBy)
  const ended = reminder.droppedAt ?? reminder.endedAt ?? reminder.availableAt
  return {
    id: reminder.id,
    fate,
    urgent: reminder.urgent,
    title: reminder.title ?? '',
    from: minuteOf(reminder.writtenAt, now),
    to: minuteOf(ended, now),
    steps: stepsOf(reminder, fate, told, now),
  }
}

const countOf = <Key>(keys: readonly Key[]) => {
  const counts = new Map<Key, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

/** Of one template the most that went out within any sixty seconds. */
function busiestMinute(pushes: readonly DayPush[]) {
  let most: { count: number; at: Instant | null } = { count: 0, at: null }
  for (const templateId of new Set(pushes.map((push) => push.templateId))) {
    const times = pushes.filter((push) => push.templateId === templateId).map(({ at }) => at)
    times.sort()
    let first = 0
    for (const [last, at] of times.entries()) {
      while (Date.parse(at) - Date.parse(times[first] ?? at) >= MINUTE) first += 1
      if (last + 1 - first > most.count) most = { count: last + 1 - first, at: times[first] ?? at }
    }
  }
  return most
}

const KINDS = ['resident', 'enterprise', 'part-timer', 'staff'] as const

function peopleLimits({ pushes, perDay }: DayFacts) {
  return KINDS.map((kind) => {
    const rang = [
      ...countOf(pushes.filter((push) => push.kind === kind).map(({ recipient }) => recipient)).values(),
    ]
    const most = Math.max(0, ...rang)
    const times = Array.from({ length: most }, (_, nth) => rang.filter((count) => count === nth + 1).length)
    return { kind, max: perDay[kind].max, most, times }
  })
}

/** The day of `facts.now` until then. */
export function reminderDayOf(facts: DayFacts): ReminderDay {
  const { now, reminders, pushes, people, perDay } = facts
  const byId = new Map(reminders.map((reminder) => [reminder.id, reminder]))
  const fates = countOf(reminders.map((reminder) => fateOf(reminder, now)))
  const lanes = people.map(({ recipients, ...person }) => ({
    ...person,
    rang: pushes.filter(({ recipient }) => recipients.includes(recipient)).length,
    max: perDay[person.kind].max,
    marks: reminders
      .filter(({ recipient }) => recipients.includes(recipient))
      .map((reminder) => markOf(reminder, byId, now))
      .sort((one, other) => one.to - other.to || one.from - other.from),
  }))
  return {
    day: dayIn(now),
    minute: minuteOf(now, now),
    wanted: reminders.length,
    fates: Object.fromEntries(FATES.map((fate) => [fate, fates.get(fate) ?? 0])) as Record<DayFate, number>,
    rang: pushes.length,
    urgentKeptBack: reminders.filter((reminder) => reminder.urgent && fateOf(reminder, now) === 'put-off')
      .length,
    lanes,
    limits: {
      people: peopleLimits(facts),
      busiestMinute: { ...busiestMinute(pushes), max: facts.templatePerMinute },
      account: { count: pushes.length, max: facts.accountPerDay },
    },
  }
}
