import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { type County, caseOf, openCounty } from './county'
import { disowning } from './disowning'

// Staff typed it and left out who applies: it is theirs to write, and no other office's days run for it.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const { born, filedFor, send, disown, does, toldOf, queuedOf, leftOut, allowedTo } = disowning(() => county)

const windowOf = async () => (await county.app.reference.current()).holders('window', 'market')[0]?.id ?? ''
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}+08:00` })
const pass = (days: number) => county.door('POST', 'clock', { advanceWorkingDays: days })
const dueTold = (id: string) =>
  county.services.database.rows(
    sql`select kind from reminders where case_id = ${id}::uuid and kind like 'due-%'`,
  )
const stepClock = async (staff: string, id: string) =>
  (await caseOf(await county.as(staff), id)).staff?.clocks.find(({ kind }) => kind === 'step')

test.each([
  ['zhao-min', 'window', '容镇上'],
  ['wang-lixin', 'village', '容村里'],
] as const)(
  'who left it out elsewhere writes it, and the office stands still: %s',
  async (typist, channel, name) => {
    const id = await leftOut(typist, channel)
    await pass(3)
    const window = await windowOf()
    expect(await stepClock(window, id)).toMatchObject({ light: { kind: 'paused' } })
    expect(await queuedOf(window, id)).toMatchObject({ dueOn: null, light: { kind: 'paused' } })
    expect(await dueTold(id)).toEqual([])

    const person = await county.as(typist)
    expect((await caseOf(person, id)).staff).toMatchObject({ mayConfirmIdentity: true })
    const titles = (await toldOf(person, id)).map(({ title }) => title)
    expect(titles).toEqual(['办合作社：还没写是谁申请的'])
    const { idNumber } = await born(name, 0, '1976-05-05')
    const named = { reason: '本人带身份证来的', applicant: { name, idNumber } }
    const { status, body } = await send(person, id, 'identity-confirmation', named)
    expect(status, JSON.stringify(body)).toBe(200)
    expect(await stepClock(window, id)).toMatchObject({
      light: { kind: expect.not.stringMatching('paused') },
    })
  },
)

test('who left it out at the office itself is held to its days', async () => {
  const window = await windowOf()
  const id = await leftOut(window)
  await pass(3)
  expect(await stepClock(window, id)).toMatchObject({ light: { kind: 'late' } })
  const clocks = (await caseOf(await county.as(window), id)).staff?.clocks ?? []
  expect(clocks.filter(({ light }) => light.kind === 'paused')).toEqual([])
  expect(await dueTold(id)).not.toEqual([])
  // Nothing is offered that cannot be done.
  expect(await allowedTo(window, id)).toEqual([])
  // What the organ itself left out takes nothing of the applicant's days: silence has accepted. 行政许可法 第32条
  await pass(3)
  const { idNumber } = await born('容窗口', 0, '1976-05-05')
  const named = { reason: '本人带身份证来的', applicant: { name: '容窗口', idNumber } }
  expect((await send(await county.as(window), id, 'identity-confirmation', named)).status).toBe(200)
  const { filedAt, status, staff } = await caseOf(await county.as(window), id)
  expect(status).toBe('accepted')
  expect(staff?.clocks.map(({ explanation }) => explanation?.startedOn)).toContain(dayIn(filedAt as Instant))
})

test('work without a date waits for the year, though the case names nobody or nobody any more', async () => {
  await setClock('2026-12-23T09:00:00')
  const [elder, son] = [await born('郦老人', 3), await born('郦儿子', 3, '1975-01-01')]
  const id = await filedFor(son.person, elder)
  await does('zhao-min', id, 'accept')
  await disown(elder.person, id)
  await setClock('2026-12-31T10:00:00')
  await does('sun-zhiyuan', id, 'refuse', { reason: '没有人申请' })
  const [work] = await toldOf(await county.as('zhao-min'), id)
  expect(work?.lines.join()).toContain('日期等放假安排公布')

  await setClock('2026-12-31T17:40:00')
  const [typist, colleague] = (await county.app.reference.current()).holders('window', 'market')
  const founded = await leftOut(typist?.id ?? '')
  const [news] = await toldOf(await county.as(colleague?.id ?? ''), founded)
  expect(news?.lines.join()).toContain('日期等放假安排公布')
})
