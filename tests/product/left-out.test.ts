import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, caseOf, openCounty } from './county'
import { disowning } from './disowning'

// Staff typed it and left out who applies: it is theirs to write, and no other office's days run for it.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const { born, send, queuedOf, leftOut } = disowning(() => county)

const windowOf = async () => (await county.app.reference.current()).holders('window', 'market')[0]?.id ?? ''
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
  expect(await dueTold(id)).not.toEqual([])
})
