import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { and, eq, sql } from 'drizzle-orm'
import { pages } from '#shared/contract/pages'
import { REMINDER_REASON_LABELS } from '#shared/contract/reminder.labels'
import { addDays, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { type Delivered, deliveryStatus, type ReminderReason } from '#shared/domain/reminder/delivery'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import type { App } from './app'
import { findReminderDay } from './demo-reminders'
import { findDeadline, findStory, findWaiting } from './demo-story'
import { messagesOf, readableBody } from './features/reminder'
import { type JobName, nextDue } from './jobs'
import { noteRun } from './platform/db/job-runs'
import { instantText } from './platform/db/parts/instant'
import { IS_OPEN, RECEIPTS } from './platform/db/parts/reminders'
import { wechatIdentities } from './platform/db/schema/account'
import { loadPack } from './platform/db/seed/load-pack'
import type { Pack } from './platform/db/seed/pack-schema'
import { readPack } from './platform/db/seed/read-pack'
import { profileIdOf } from './platform/db/seed/seed-ids'
import { sealedIn } from './platform/ports/sealed-in'
import { createSandbox } from './sandbox'
import { miniProgram, openidOf, unionidOf } from './sandbox/accounts'
import type { SandboxClock } from './sandbox/clock'
import type { Doors, PackPerson } from './sandbox/doors'
import type { Services } from './services'

/** A pack that cannot be loaded, with every fault on a line. */
class PackFault extends Error {}

/** Loads the demo's county, with its invented people and their WeChat accounts. */
export async function loadDemo(
  { database, cipher, clock, environment }: Services,
  root: string,
): Promise<Pack> {
  const read = await readPack(join(root, 'drizzle/packs', environment.COUNTY))
  if (!read.ok) {
    throw new PackFault(read.error.map(({ file, path, fault }) => `${file} ${path}: ${fault}`).join('\n'))
  }
  await loadPack(database, read.value, {
    cipher,
    clock,
    demo: {
      openidOf: (person) => ({
        appid: miniProgram.appid,
        openid: openidOf(miniProgram.appid, person),
        unionid: unionidOf(person),
      }),
    },
  })
  return read.value
}

const MOVING: readonly JobName[] = ['run-deadlines', 'remind-of-deadlines']

/** Sends what is due, runs every job that falls due until `target`, in order, and sends what they and the waiting time made ready. */
async function advance(
  { app: { jobs }, services }: Demo,
  clock: SandboxClock,
  target: Instant,
  moveTo: (instant: Instant) => Promise<void>,
) {
  // The server's own worker may not have come to it yet.
  await sendDue(jobs, services)
  for (;;) {
    const waiting = await nextReminder(services)
    const due = nextDue(clock.now(), MOVING)
    if (waiting !== null && waiting < due.at && waiting <= target) {
      await moveTo(waiting)
      await sendDue(jobs, services)
      // What still waits has been given a later time; without one the next job comes first.
      if ((await nextReminder(services)) === waiting) await moveTo(due.at < target ? due.at : target)
      continue
    }
    if (due.at > target) break
    await moveTo(due.at)
    await jobs[due.name]()
    await noteRun(services.database, due.name, due.at)
    await sendDue(jobs, services)
  }
  await moveTo(target)
  await sendDue(jobs, services)
}

// Longer than a call to WeChat may take before it is given up.
const LONGEST_SENDING = 20_000

/** The server's own worker may have some of it in hand: moved on below its feet, the clock would call that off for its lateness. */
async function sendDue(jobs: Demo['app']['jobs'], { database, clock }: Services) {
  await jobs['drain-reminders']()
  for (const begun = Date.now(); Date.now() - begun < LONGEST_SENDING; await setTimeout(10)) {
    const inHand = await database.rows(
      sql`select from reminders where ${IS_OPEN} and leased_until > ${clock.now()}::timestamptz limit 1`,
    )
    if (inHand.length === 0) return
  }
}

/** When the next reminder that waits may go out, if it is still to come. */
async function nextReminder({ database, clock }: Services): Promise<Instant | null> {
  const [row] = await database.rows<{ at: Instant | null }>(sql`select
    ${instantText('min(available_at)')} as at from reminders
    where ${IS_OPEN}
      and available_at > ${clock.now()}::timestamptz`)
  return row?.at ?? null
}

function peopleOf(pack: Pack): readonly PackPerson[] {
  const unitNames = new Map([
    ...pack.units.departments.map(({ id, name }) => [id, name] as const),
    ...pack.units.towns.map(({ id, name }) => [id, name] as const),
    ...pack.units.villages.map(({ id, name }) => [id, name] as const),
    [pack.units.county.id, pack.units.county.name] as const,
  ])
  const staff = pack.staff.map((member) => ({
    id: member.id,
    name: member.name,
    roles: member.roles.map(({ role }) => role),
    unit: unitNames.get(member.roles[0]?.unitId ?? '') ?? '',
    idNumber: member.idNumber,
    phone: member.phone ?? '',
    staff: true,
  }))
  const known = new Set(staff.map(({ id }) => id))
  const residents = pack.residents
    .filter(({ id, wechat }) => wechat && !known.has(id))
    .map((resident) => ({
      id: resident.id,
      name: resident.name,
      roles: ['resident'],
      unit: unitNames.get(resident.villageId) ?? '',
      idNumber: resident.idNumber,
      phone: resident.phone ?? '',
      staff: false,
    }))
  return [...residents, ...staff]
}

interface Demo {
  readonly app: App
  readonly services: Services
  readonly pack: Pack
  readonly ownUrl: string
  readonly publicUrl: string
  readonly root: string
}

/** The latest reminders, told as they went: who, what, sent or why not. */
async function recentOf(
  { services, pack }: Demo,
  limit: number,
): Promise<Awaited<ReturnType<Doors['recent']>>> {
  const names = new Map(
    [...pack.staff, ...pack.residents].flatMap(({ id, name }) => [
      [`staff:${id}`, name],
      [`profile:${profileIdOf(id)}`, name],
    ]),
  )
  const rows = await services.database.rows<{
    at: string
    caseNumber: string | null
    recipient: string
    channel: string
    because: ReminderReason | null
    id: string
    bodySealed: string
    endedAt: string | null
    receipts: Delivered['receipts']
    profileId: string | null
    nameSealed: string | null
  }>(sql`select ${instantText('r.created_at')} as at, c.case_number as "caseNumber",
    r.recipient, r.channel, r.because, r.id, r.body_sealed as "bodySealed", ${instantText('coalesce(r.sent_at, r.failed_at)')} as "endedAt", ${RECEIPTS} as receipts, p.id as "profileId", p.name_sealed as "nameSealed"
    from reminders r left join cases c on c.id = r.case_id left join profiles p on r.recipient = 'profile:' || p.id
    order by r.created_at desc, r.id desc limit ${limit}::int`)
  return rows.map((row) => ({
    at: row.at,
    what: readableBody(services.cipher, row).title,
    who: names.get(row.recipient) ?? nameOf(services, row) ?? '新来的人',
    ...outcomeOf(row),
  }))
}

/** Of somebody born in the console, once registered. */
const nameOf = (
  { cipher }: Services,
  { profileId, nameSealed }: { readonly profileId: string | null; readonly nameSealed: string | null },
) =>
  nameSealed === null || profileId === null
    ? undefined
    : cipher.decrypt(nameSealed, sealedIn.profile(profileId, 'name'))

const OUTCOMES = {
  queued: { outcome: '等着发', tone: 'waiting' },
  sent: { outcome: '发出去了', tone: 'sent' },
  delivered: { outcome: '收到了', tone: 'sent' },
  failed: { outcome: '没送到', tone: 'held' },
} as const

function outcomeOf(row: Omit<Delivered, 'droppedAt'>) {
  if (row.channel === 'inbox')
    return {
      outcome: `只放在消息里${row.because ? `：${REMINDER_REASON_LABELS[row.because]}` : ''}`,
      tone: 'held' as const,
    }
  if (row.because === 'merged') return { outcome: '和别的合在一条里发的', tone: 'sent' as const }
  const status = deliveryStatus({ ...row, droppedAt: null })
  return OUTCOMES[status === 'dropped' ? 'queued' : status]
}

/** The local WeChat with its doors into the product: console, APIs, clock. */
export function openDemo(demo: Demo) {
  const { app, services, pack, ownUrl, publicUrl, root } = demo
  const clock = services.clock as SandboxClock
  const people = peopleOf(pack)
  const doors: Doors = {
    people: async () => people,
    messages: async (personId) => {
      const staffId = pack.staff.some(({ id }) => id === personId) ? personId : null
      const profileId = await profileOf(services, personId)
      return messagesOf(services.database, services.cipher, { profileId, staffId })
    },
    pages: () => pages.map(({ path }) => path),
    villages: () => pack.units.villages.map(({ id, name }) => ({ code: id, name })),
    addWorkingDays: (from, days) => {
      const working = provisionalWorkingDay(app.reference.known().calendar)
      let day: PlainDate = from
      for (let left = days; left > 0; ) {
        day = addDays(day, 1)
        if (working(day)) left -= 1
      }
      return day
    },
    advance: (target, moveTo) => advance(demo, clock, target, moveTo),
    recent: (limit) => recentOf(demo, limit),
    story: () =>
      findStory({
        database: services.database,
        pack,
        reference: app.reference.known(),
        now: clock.now(),
      }),
    waiting: (asked) =>
      findWaiting(
        services.database,
        asked.map(({ id, staff }) => {
          const { appid } = miniProgram
          return { id, staff, appid, openid: openidOf(appid, id) }
        }),
        clock.now(),
      ),
    reminderDay: async (asked) =>
      findReminderDay({
        database: services.database,
        cipher: services.cipher,
        reference: app.reference.known(),
        now: clock.now(),
        people: await Promise.all(
          asked.map(async ({ id, name, staff }) => ({
            id,
            name,
            staffId: staff ? id : null,
            profileId: await profileOf(services, id),
          })),
        ),
      }),
    nextDeadline: () => findDeadline(services.database, clock.now()),
  }
  return createSandbox({
    database: services.database,
    clock,
    doors,
    baseUrl: () => ownUrl,
    publicUrl: () => publicUrl,
    consoleFolder: join(root, 'functions/sandbox/console'),
  })
}

/** A person's profile, by the WeChat account that the register gave them. */
async function profileOf({ database }: Services, personId: string): Promise<string | null> {
  const { appid } = miniProgram
  const [row] = await database.db
    .select({ id: wechatIdentities.profileId })
    .from(wechatIdentities)
    .where(and(eq(wechatIdentities.appid, appid), eq(wechatIdentities.openid, openidOf(appid, personId))))
  return row?.id ?? null
}
