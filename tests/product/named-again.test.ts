import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayWords } from '#shared/domain/kernel/day-words'
import { dayIn, minuteOfDayIn } from '#shared/domain/kernel/plain-date'
import { openBody } from '../../functions/features/reminder/body'
import { type County, caseOf, openCounty } from './county'
import { asked, disowning } from './disowning'

// A case that names nobody any more is no office's time; who is named in it again has applied on that day.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const { born, send, disown, does, allowedTo, toldOf, queuedOf, impostor, confirmIn, cooperative } = disowning(
  () => county,
)

const windowOf = async () => (await county.app.reference.current()).holders('window', 'market')[0]?.id ?? ''
const today = () => dayIn(county.services.clock.now())
const pass = (days: number) => county.door('POST', 'clock', { advanceWorkingDays: days })

/** A cooperative under a number whose owner has said that it is not theirs. */
async function disownedFounding(name: string, before: (id: string) => Promise<unknown> = async () => {}) {
  const owner = await born(`${name}主`, 3, '1975-03-05')
  const filer = await impostor(`${name}冒`, owner)
  const id = await cooperative({ ...filer, name: '', idNumber: '' })
  await before(id)
  await disown(owner.person, id)
  return { id, owner, filer }
}
const namedBy = async (staff: string, id: string, { name, idNumber }: { name: string; idNumber: string }) =>
  send(await county.as(staff), id, 'identity-confirmation', {
    reason: '本人带身份证来的',
    applicant: { name, idNumber },
  })
const lightsOf = async (staff: string, id: string) => {
  const { light, staff: seen } = await caseOf(await county.as(staff), id)
  return [light.kind, ...(seen?.clocks ?? []).map((clock) => clock.light.kind)]
}
const dueTold = (id: string) =>
  county.services.database.rows(
    sql`select kind from reminders where case_id = ${id}::uuid and kind like 'due-%'`,
  )

test('nobody is late for whom nobody is, and who is confirmed then has applied that day', async () => {
  const window = await windowOf()
  const { id, filer } = await disownedFounding('岑微')
  await pass(8)
  await county.app.jobs['remind-of-deadlines']()
  expect(new Set(await lightsOf(window, id))).toEqual(new Set(['paused']))
  expect(await caseOf(filer.person, id)).toMatchObject({
    dueOn: null,
    dueBecause: { kind: 'waits-for', because: 'applicant' },
    explanation: null,
  })
  expect(await queuedOf(window, id)).toMatchObject({ light: { kind: 'paused' }, dueOn: null })
  expect(await dueTold(id)).toEqual([])
  await confirmIn(filer.person, filer, filer.personId)
  expect(await caseOf(filer.person, id)).toMatchObject({
    status: 'submitted',
    identityConfirmed: true,
    light: { kind: 'soon' },
    explanation: { startedOn: today() },
    documents: [],
  })
  expect(await lightsOf(window, id)).not.toContain('late')
  expect(await allowedTo(window, id)).toContain('accept 受理')
  expect((await queuedOf(window, id))?.dueOn).not.toBeNull()
})

test('named at the window by the card it is received that day, and silence begins then', async () => {
  const window = await windowOf()
  const { id, filer } = await disownedFounding('岑卡')
  await pass(6)
  expect((await namedBy(window, id, await born('岑真卡', 0, '1976-05-05'))).status).toBe(200)
  const named = today()
  expect(await caseOf(filer.person, id)).toMatchObject({ status: 'submitted', light: { kind: 'soon' } })
  // It may be read on another day: it names the day.
  const words = `从 ${dayWords(named, named)} 起算`
  expect((await toldOf(filer.person, id))[0]?.lines[0]).toBe(`写上了是谁申请的，身份核过了，${words}`)
  const [row] = await county.services.database.rows<{ id: string; bodySealed: string }>(
    sql`select id, body_sealed as "bodySealed" from reminders where case_id = ${id}::uuid
      and kind = 'applicant-named' and recipient like 'profile:%' order by created_at desc limit 1`,
  )
  const body = row && openBody(county.services.cipher, { ...row, caseNumber: null })
  expect(body?.data['thing5']).toBe(`身份核过了，${words}`)
  await pass(4)
  expect(await caseOf(filer.person, id)).toMatchObject({ status: 'submitted' })
  await pass(2)
  const seen = await caseOf(filer.person, id)
  expect(seen.status).toBe('accepted')
  expect(seen.timeline[0]?.note).toContain(`${Number(named.slice(8))}日 收到材料起算受理`)
})

test('after acceptance the days without anybody are no time of the office', async () => {
  const window = await windowOf()
  const { id, filer } = await disownedFounding('岑受', (each) => does(window, each, 'accept'))
  await pass(4)
  expect(await lightsOf(window, id)).not.toContain('late')
  expect((await namedBy(window, id, await born('岑真受', 0, '1976-05-06'))).status).toBe(200)
  expect(await lightsOf(window, id)).not.toContain('late')
  const seen = await caseOf(filer.person, id)
  expect(seen).toMatchObject({ status: 'accepted' })
  expect(seen.dueOn && seen.dueOn > today()).toBe(true)
  const [told] = await toldOf(filer.person, id)
  expect(told?.lines[0]).toBe('写上了是谁申请的，身份核过了')
})

test('a last day on which nobody was there until the office had closed is no last day', async () => {
  const window = await windowOf()
  const owner = await born('岑晚主', 3, '1975-03-05')
  const filer = await impostor('岑晚冒', owner)
  const id = await cooperative({ ...filer, name: '', idNumber: '' })
  await does(window, id, 'accept')
  const last = (await caseOf(filer.person, id)).dueOn
  while (today() !== last) await pass(1)
  await disown(owner.person, id)
  const minute = minuteOfDayIn(county.services.clock.now())
  await county.door('POST', 'clock', { advanceHours: Math.ceil((21 * 60 - minute) / 60) })
  expect(today()).toBe(last)
  await confirmIn(filer.person, filer, filer.personId)
  const seen = await caseOf(filer.person, id)
  expect(seen.dueOn && last && seen.dueOn > last).toBe(true)
  await pass(1)
  expect((await lightsOf(window, id)).includes('late')).toBe(false)
})

test('whoever has disowned it is not written into it again', async () => {
  const { id, owner } = await disownedFounding('岑不')
  expect(await namedBy(await windowOf(), id, owner)).toMatchObject({
    status: 422,
    body: { code: 'case.named-disowner' },
  })
  expect((await owner.person.send('GET', `/api/cases/${id}`)).status).toBe(404)
})

test('whose it is certainly not takes it back no more, once somebody else was named by the card', async () => {
  const { id, filer } = await disownedFounding('岑撤')
  expect(await caseOf(filer.person, id)).toMatchObject({ mayWithdraw: true })
  expect((await namedBy(await windowOf(), id, await born('岑真撤', 0, '1976-05-07'))).status).toBe(200)
  await confirmIn(filer.person, filer, filer.personId)
  expect(await caseOf(filer.person, id)).toMatchObject({ mayWithdraw: false })
  expect((await send(filer.person, id, 'withdrawal')).status).toBe(409)
})

test('a notice that a disownment has ended was given to nobody: the one notice is still to come', async () => {
  const window = await windowOf()
  const paper = '设立大会纪要及成员名册'
  const { id, filer } = await disownedFounding('岑补', (each) =>
    does(window, each, 'request-correction', asked(paper)),
  )
  expect((await namedBy(window, id, await born('岑真补', 0, '1976-05-08'))).status).toBe(200)
  expect(await allowedTo(window, id)).toContain('request-correction 一次性补正告知')
  await does(window, id, 'request-correction', asked(paper))
  expect((await toldOf(filer.person, id))[0]?.title).toMatch(/要补 1 样$/)
  expect(await caseOf(filer.person, id)).toMatchObject({ correction: { askedBefore: null } })
})
