import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, newcomer, openCounty, type Person } from './county'

interface Invited {
  readonly token: string
  readonly expiresAt: string
  readonly page: string
}

let county: County
let admin: Person
beforeAll(async () => {
  county = await openCounty()
  admin = await county.as('he-jing')
})
afterAll(() => county.close())

const invite = (key: string, staffId: string) =>
  admin.send<Invited>('POST', '/api/invitations', { key, body: { staffId } })
const invitationsOf = async (staffId: string) =>
  (await county.services.database.rows(sql`select id from invitations where staff_id = ${staffId}`)).length

test('an invitation that is asked for again is the same invitation, and still opens', async () => {
  const first = await invite('asked-twice', 'zhao-xiaoyan')
  expect(first.status, JSON.stringify(first.body)).toBe(201)
  const again = await invite('asked-twice', 'zhao-xiaoyan')
  expect(again).toMatchObject({ status: 201, body: first.body })
  expect(again.headers.get('Idempotency-Replayed')).toBe('true')
  expect(await invitationsOf('zhao-xiaoyan')).toBe(1)
  const { person } = await newcomer(county, {
    name: '钱三',
    birth: '1991-02-02',
    villageCode: '341821105200',
    level: 1,
  })
  const redeemed = await person.send('POST', '/api/invitations/redemption', {
    body: { token: again.body.token },
  })
  expect(redeemed.status, JSON.stringify(redeemed.body)).toBe(200)
})

test('asked for many times at once it is one invitation', async () => {
  const answers = await Promise.all([1, 2, 3, 4].map(() => invite('asked-at-once', 'wang-lixin')))
  const invited = answers.filter(({ status }) => status !== 409)
  expect(invited.length).toBeGreaterThan(0)
  expect(new Set(invited.map(({ body }) => body.token)).size).toBe(1)
  expect(await invitationsOf('wang-lixin')).toBe(1)
})

test('the key of an invitation serves no other member of staff', async () => {
  expect((await invite('for-one-of-them', 'zhao-min')).status).toBe(201)
  expect(await invite('for-one-of-them', 'sun-zhiyuan')).toMatchObject({
    status: 422,
    body: { code: 'request.key-reused' },
  })
  expect(await invitationsOf('sun-zhiyuan')).toBe(0)
})

test('nothing that is kept holds the token, and no two invitations have the same', async () => {
  const tokens = [await invite('kept-one', 'zhao-min'), await invite('kept-two', 'zhao-min')].map(
    ({ body }) => body.token,
  )
  expect(new Set(tokens).size).toBe(2)
  const kept = JSON.stringify(
    await county.services.database.rows(
      sql`select to_jsonb(k) as row from idempotency_keys k union all select to_jsonb(i) from invitations i
        union all select to_jsonb(a) from audit_entries a`,
    ),
  )
  for (const token of tokens) {
    expect(token.length).toBeGreaterThanOrEqual(32)
    expect(kept).not.toContain(token)
  }
})

test('nobody unknown is invited', async () => {
  expect(await invite('for-nobody', 'no-such-person')).toMatchObject({
    status: 404,
    body: { code: 'account.invitation-invalid' },
  })
})
