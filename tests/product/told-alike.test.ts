import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import { DALIANG, file } from '../e2e/scenes'
import { allowanceOf } from './allowance'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// One name has one spelling, and one request one answer, wherever they are met.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const born = async (name: string, level: 0 | 1 | 2 | 3, birth = '1970-03-05') => ({
  name,
  ...(await newcomer(county, { name, birth, villageCode: DALIANG, level })),
})
const does = async (staff: string, id: string, ...how: [Parameters<typeof act>[2], object?]) => {
  const { status, body } = await act(
    await county.as(staff),
    id,
    ...(how as [(typeof how)[0], Record<string, unknown>]),
  )
  expect(status, JSON.stringify(body)).toBe(200)
}
const inboxOf = async (person: Person) => (await person.send<Inbox>('GET', '/api/inbox')).body.items

const DOTTED = '阿卜杜·热合曼'

test.each([...'·・•．.‧･⋅ꞏ∙'])('the dot %s of a name is the dot of its owner', async (dot) => {
  const owner = await born(DOTTED, 1)
  const named = { name: DOTTED.replace('·', dot), idNumber: owner.idNumber }
  expect((await owner.person.send('POST', '/api/account/identity', { body: named })).status).toBe(200)
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: owner.personId,
    purpose: 'real-name',
  })
  const done = await owner.person.send('POST', '/api/account/identity-confirmation', {
    body: { code: body.code },
  })
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  const filed = await owner.person.send<{ id: string }>('POST', '/api/cases', {
    body: {
      ...(await allowanceOf(owner.person, named)),
      serviceItemId: 'LX-017',
      answers: {
        name: named.name,
        idNo: named.idNumber,
        mobile: '15400000001',
        villageCode: DALIANG,
        leaveDate: '2026-11-01',
        leaveReason: '个人辞职',
      },
      materials: [{ name: '居民身份证', files: [await owner.person.upload()] }],
    },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
})

test.each(['\u200b', '\u00ad', '\u2060', '\ufeff'])(
  'a mark that nobody sees (%j) is in no name, typed for an account or in a form',
  async (mark) => {
    const owner = await born('申屠明', 1)
    const named = { name: `申${mark}屠明`, idNumber: owner.idNumber }
    const typed = await owner.person.send('POST', '/api/account/identity', { body: named })
    expect(typed.status).toBe(400)
    expect(
      (await owner.person.send('POST', '/api/account/identity', { body: { ...named, name: '申屠明' } }))
        .status,
    ).toBe(200)
    const filed = await owner.person.send('POST', '/api/cases', {
      body: await allowanceOf(owner.person, named),
    })
    expect(filed.status).toBe(422)
  },
)

test('whoever else was asked hears that somebody has answered, and is told so when they try', async () => {
  const owner = await born('石二批', 3)
  const id = await file(county, owner, 'LX-038')
  await does('window-transport', id, 'accept')
  await does('reviewer-transport-1', id, 'request-approval', { for: 'extend', reason: '还要核对' })
  await does('approver-transport-1', id, 'extend', { reason: '情况属实' })
  const second = await county.as('approver-transport-2')
  const [told] = await inboxOf(second)
  expect(told?.title).toMatch(/：不用批了$/)
  expect(told?.lines[0]).toBe('延长期限不用批了，已经有人批了')
  expect(
    (await inboxOf(await county.as('approver-transport-1'))).map(({ title }) => title).join(),
  ).not.toContain('不用批了')
  const { version } = await caseOf(second, id)
  const acted = await second.send('POST', `/api/cases/${id}/actions`, {
    body: { action: 'extend', stepKey: 'review', unitId: 'transport', version, reason: '情况属实' },
  })
  expect(acted).toMatchObject({ status: 403, body: { code: 'case.approval-answered' } })
  const [row] = await county.services.database.rows<{ count: number }>(
    sql`select count(*)::int as count from reminders where case_id = ${id}::uuid and kind = 'approval-overtaken'`,
  )
  expect(row?.count).toBeGreaterThan(0)
})
