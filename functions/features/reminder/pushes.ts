import { CLOSING_MINUTE } from '#shared/domain/kernel/office-hours'
import { dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import { leadOf, newestOf, ownDigest, type Told, workDigest } from '#shared/domain/reminder/digest'
import { closesAt } from '#shared/domain/reminder/hours'
import { type PushDay, pushesOf } from '#shared/domain/reminder/push-day'
import type { Cipher } from '../../platform/ports/cipher'
import type { Clock } from '../../platform/ports/clock'
import { openBody, type ReminderBody } from './body'
import type { ClaimedReminder } from './claim'
import {
  isAtWork,
  listenerOf,
  recipientKind,
  type Sendable,
  unreadable,
  type Verdict,
  waitsForHour,
  waitsForPush,
  withoutCall,
} from './verdicts'
import type { Batch, Message } from './wave'

interface PushDeps {
  readonly cipher: Cipher
  readonly clock: Clock
}

/** The pushes that go out now, person by person; of everything else it is noted what becomes of it. */
export function messagesOf(deps: PushDeps, batch: Batch, rows: readonly ClaimedReminder[]): Message[] {
  const now = deps.clock.now()
  const people = new Map<string, Written[]>()
  for (const row of rows) {
    const answer = writtenOrDecided(deps, row, now, batch)
    if ('fate' in answer) {
      batch.decided.push(answer)
      continue
    }
    const own = people.get(row.recipient)
    if (own) own.push(answer)
    else people.set(row.recipient, [answer])
  }
  return [...people.values()].flatMap((own) => [...repeats(own, now), ...freshPushes(batch, own, now)])
}

/** A message in words, at an hour of its person's. */
interface Written {
  readonly row: Sendable
  readonly body: ReminderBody
}

function writtenOrDecided(
  { cipher }: PushDeps,
  row: ClaimedReminder,
  now: Instant,
  { calendar }: Batch,
): Written | Verdict {
  const answer = withoutCall(row)
  if ('fate' in answer) return answer
  const body = readBody(cipher, answer)
  return body ? (waitsForHour(row, now, calendar) ?? { row: answer, body }) : unreadable(row)
}

/** What says the same is told together: its kind, its template and the word on its card. */
const saysOf = ({ row: { kind, templateId }, body: { data } }: Written) =>
  [kind, templateId, data['phrase3'] ?? data['thing3']].join(' ')

/** As a phone would show it. What was for the day on which it was written is late once that day's work is over. */
const toldBy = (
  { row: { kind, caseId, urgent, createdAt }, body: { page, data } }: Written,
  now: Instant,
): Told => ({
  kind: kind === 'due-today' && now > instantAt(dayIn(createdAt), CLOSING_MINUTE) ? 'due-late' : kind,
  caseId,
  urgent,
  page,
  data,
})

/** `all` in the order in which they were written; the one that leads of work is the most pressing. */
function pushOf(all: readonly Written[], now: Instant, leading?: Written): Message | undefined {
  const told = all.map((each) => ({ ...toldBy(each, now), each }))
  const [first, ...others] = told
  if (!first) return undefined
  const isWork = isAtWork(first.each.row)
  const lead =
    told.find(({ each }) => each === leading) ?? newestOf(isWork ? leadOf([first, ...others]) : first, told)
  const { page, data } = isWork ? workDigest(lead, told) : ownDigest(lead, told)
  return {
    row: lead.each.row,
    riders: all.filter((each) => each !== lead.each).map(({ row }) => row),
    urgent: all.some(({ row }) => row.urgent),
    body: { page, data },
  }
}

/** What may have gone out goes out again as it was, under the same id; where what led it is told no more, under one that is left. */
function repeats(own: readonly Written[], now: Instant): Message[] {
  const pushes = new Map<string, Written[]>()
  for (const each of own.filter(({ row }) => row.mayBeOut)) {
    const id = each.row.mergedInto ?? each.row.id
    const told = pushes.get(id)
    if (told) told.push(each)
    else pushes.set(id, [each])
  }
  return [...pushes].flatMap(
    ([id, told]) =>
      pushOf(
        told,
        now,
        told.find(({ row }) => row.id === id),
      ) ?? [],
  )
}

/** What waits for its first push: some of it goes out now, the rest at another time of the day, or on the next. */
function freshPushes({ limits, calendar, decided }: Batch, own: readonly Written[], now: Instant): Message[] {
  const fresh = own.filter(({ row }) => !row.mayBeOut)
  const [first] = fresh
  if (!first) return []
  const { row } = first
  const day: PushDay = {
    limit: limits.perDay[recipientKind(row)],
    sent: row.rungToday,
    lastAt: row.rungAt,
    closes: closesAt(listenerOf(row), now, calendar),
  }
  const waiting = fresh.map((each) => ({ each, urgent: each.row.urgent, says: saysOf(each) }))
  return pushesOf(waiting, day, now).flatMap(({ told, time }) => {
    const all = told.map(({ each }) => each)
    if (time.kind === 'now') return pushOf(all, now) ?? []
    decided.push(...all.map((each) => waitsForPush(each.row, time, now, calendar)))
    return []
  })
}

function readBody(cipher: Cipher, row: Sendable): ReminderBody | undefined {
  try {
    return openBody(cipher, row)
  } catch {
    return undefined
  }
}
