import type { Instant, PlainDate } from '#shared/domain/kernel/plain-date'
import type { DayFacts } from './reminder-day'
import type { StoryFacts } from './story'

/** Somebody of the county pack who has WeChat. */
export interface PackPerson {
  /** As in the pack. */
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  /** The name of the unit or village shown beside the name. */
  readonly unit: string
  /** Null: WeChat knows no real name for this person. */
  readonly idNumber: string | null
  readonly phone: string
  /** Bound to the employee messages of the mini program. */
  readonly staff: boolean
}

/** A message as the product keeps it, in the shape of the console's door. */
interface ProductMessage {
  readonly id: string
  readonly eventId: string
  /** Any ISO 8601 instant. */
  readonly at: string
  /** When the phone rang, which may be hours later. */
  readonly pushAt: string | null
  readonly channel: 'subscribe' | 'relation' | 'template' | 'sms' | 'inbox'
  readonly templateId: string | null
  readonly kind: string
  readonly caseIds: readonly string[]
  readonly title: string
  readonly lines: readonly string[]
  readonly page: string
  readonly status: 'queued' | 'sent' | 'delivered' | 'failed' | 'dropped'
}

/** One line of “刚刚发生了什么”. */
interface FeedEntry {
  readonly at: string
  readonly what: string
  readonly who: string
  readonly outcome: string
  /** Sent, deliberately not sent, waiting, or a fact of the product. */
  readonly tone: 'sent' | 'held' | 'waiting' | 'fact'
}

/** What the sandbox must ask the product; it imports none of it. */
export interface Doors {
  people(): Promise<readonly PackPerson[]>
  /** All messages of one person, newest first. */
  messages(personId: string): Promise<readonly ProductMessage[]>
  /** Pages of the released mini program, without leading slash and query. */
  pages(): readonly string[]
  /** The villages and communities of the county. */
  villages(): readonly { readonly code: string; readonly name: string }[]
  /** `days` working days later; weekends only where the year has no calendar yet. */
  addWorkingDays(from: PlainDate, days: number): PlainDate
  /** Runs each job that falls due until `target`, in order, calling `moveTo` before each and for `target` at the end. */
  advance(target: Instant, moveTo: (instant: Instant) => Promise<void>): Promise<void>
  /** The latest things that happened, newest first. */
  recent(limit: number): Promise<readonly FeedEntry[]>
  /** What it knows of the case that the console tells; null in a county without its people. */
  story(): Promise<StoryFacts | null>
  /** How much waits for each of them; who has nothing is left out. */
  waiting(people: readonly Pick<PackPerson, 'id' | 'staff'>[]): Promise<Readonly<Record<string, number>>>
  /** Today's reminders of the county, and the days of these people. */
  reminderDay(people: readonly Pick<PackPerson, 'id' | 'name' | 'staff'>[]): Promise<DayFacts>
  /** The next day after today on which something in a queue falls due. */
  nextDeadline(): Promise<PlainDate | null>
}
