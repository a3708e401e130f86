import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InvitationCreated } from '#shared/contract/account'
import type { Inbox } from '#shared/contract/reminder'
import { boundBefore, type County, newcomer, openCounty, type Person, registerAs } from './county'

let county: County
let admin: Person
beforeAll(async () => {
  county = await openCounty()
  admin = await county.as('he-jing')
})
afterAll(() => county.close())

const invite = (key: string, staffId: string) =>
  admin.send<InvitationCreated>('POST', '/api/invitations', { key, body: { staffId } })
const invitationsOf = async (staffId: string) =>
  (await county.services.database.rows(sql`select id from invitations where staff_id = ${staffId}`)).length

test('an invitation that is asked for again is the same invitation, and still opens', async () => {
  const first = await invite('asked-twice', 'zhao-xiaoyan')
  expect(first.status, JSON.stringify(first.body)).toBe(201)
  const again = await invite('asked-twice', 'zhao-xiaoyan')
  // WeChat gives each time another address of the same page.
  expect(again).toMatchObject({
    status: 201,
    body: { ...first.body, link: expect.stringMatching(/^http:/) },
  })
  expect(again.headers.get('Idempotency-Replayed')).toBe('true')
  expect(await invitationsOf('zhao-xiaoyan')).toBe(1)
  const { person } = await newcomer(county, {
    name: '钱三',
    birth: '1991-02-02',
    villageCode: '341821105200',
    level: 3,
  })
  await registerAs(county, person, 'zhao-xiaoyan')
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

test('of two invitations of a member the last opens, and it waits for whoever is not known yet', async () => {
  const [first, last] = [
    await invite('to-the-wrong-chat', 'zhao-min'),
    await invite('to-her-this-time', 'zhao-min'),
  ]
  const born = { name: '钱九', birth: '1991-02-09', villageCode: '341821105200', level: 2 } as const
  const { person, personId } = await newcomer(county, born)
  await registerAs(county, person, 'zhao-min')
  const redeem = ({ body }: typeof first) =>
    person.send('POST', '/api/invitations/redemption', { body: { token: body.token } })
  expect(await redeem(first)).toMatchObject({ status: 404, body: { code: 'account.invitation-invalid' } })
  expect(await redeem(last)).toMatchObject({ status: 409, body: { code: 'account.confirm-first' } })
  const { code } = (
    await county.door<{ code: string }>('POST', 'login-codes', { person: personId, purpose: 'real-name' })
  ).body
  await person.send('POST', '/api/account/identity-confirmation', { body: { code } })
  expect((await redeem(last)).status).toBe(200)
  expect((await person.send('GET', '/api/work/cases')).status).toBe(200)
})

test('whose work was ended and who is back works again by the link that the local WeChat made', async () => {
  const reviewer = await county.as('li-wanqing')
  const ended = await admin.send('POST', '/api/members/li-wanqing/end-of-work', {
    body: { reason: '停错了人', handOver: true },
  })
  expect(ended.status, JSON.stringify(ended.body)).toBe(200)
  expect((await admin.send('POST', '/api/members/li-wanqing/return')).status).toBe(200)
  const { body: invited } = await invite('back-after-a-slip', 'li-wanqing')
  expect(invited.link?.startsWith(`${county.url}/sandbox/links/`)).toBe(true)
  expect((await reviewer.send('GET', '/api/work/cases')).status).toBe(403)

  const opened = await fetch(invited.link ?? '', { redirect: 'manual' })
  const [, id = ''] = /^\/sandbox#link=([\w-]+)$/.exec(opened.headers.get('location') ?? '') ?? []
  const { page } = (await county.door<{ page: string }>('GET', `links/${id}`)).body
  expect(page).toBe(invited.page)
  const token = new URLSearchParams(page.split('?')[1]).get('token')
  const redeemed = await reviewer.send('POST', '/api/invitations/redemption', { body: { token } })
  expect(redeemed.status, JSON.stringify(redeemed.body)).toBe(200)
  expect((await reviewer.send('GET', '/api/work/cases')).status).toBe(200)
})

test('nobody unknown is invited', async () => {
  expect(await invite('for-nobody', 'no-such-person')).toMatchObject({
    status: 404,
    body: { code: 'account.invitation-invalid' },
  })
})

test('a work identity moves to no other confirmed person, and what moves is told to who had it and to the administrators', async () => {
  const former = await county.as('sun-zhiyuan')
  const stranger = await newcomer(county, {
    name: '钱四',
    birth: '1991-02-03',
    villageCode: '341821105200',
    level: 3,
  })
  const { body } = await invite('moves-to-others', 'sun-zhiyuan')
  const redemption = { body: { token: body.token } }
  expect(await stranger.person.send('POST', '/api/invitations/redemption', redemption)).toMatchObject({
    status: 409,
    body: { code: 'account.not-the-member' },
  })
  const refused = await county.services.database.rows(
    sql`select id from audit_entries where action = 'account.refuse-invitation' and subject = 'staff:sun-zhiyuan'`,
  )
  expect(refused).toHaveLength(1)
  const told = async (person: Person) =>
    (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ title }) =>
      title.includes('工作身份'),
    )
  expect(await told(former)).toEqual([])
  const { person } = await newcomer(county, {
    name: '钱五',
    birth: '1991-02-04',
    villageCode: '341821105200',
    level: 3,
  })
  await registerAs(county, person, 'sun-zhiyuan')
  expect((await person.send('POST', '/api/invitations/redemption', redemption)).status).toBe(200)
  expect(await told(former)).toMatchObject([{ to: 'me', title: '你的工作身份换到另一个微信了' }])
  expect((await told(admin))[0]).toMatchObject({ to: 'work', lines: ['孙志远的工作身份换了微信'] })
  expect(await told(person)).toEqual([])
})

test('without a number in the registry the confirmed name is what counts', async () => {
  await county.services.database.rows(sql`update staff set id_number_index = null where id = 'zhou-min'`)
  const named = (name: string, birth: string) =>
    newcomer(county, { name, birth, villageCode: '341821105200', level: 3 })
  const { body } = await invite('moves-by-name', 'zhou-min')
  const redemption = { body: { token: body.token } }
  const other = await named('钱六', '1991-02-05')
  expect((await other.person.send('POST', '/api/invitations/redemption', redemption)).status).toBe(409)
  const [member] = await county.services.database.rows<{ name: string }>(
    sql`select name from staff where id = 'zhou-min'`,
  )
  const same = await named(member?.name ?? '', '1991-02-06')
  expect((await same.person.send('POST', '/api/invitations/redemption', redemption)).status).toBe(200)
})

test('a typed number that is not the member’s opens no invitation; a confirmed one takes a work identity away again', async () => {
  const village = '341821105200'
  const typed = await newcomer(county, { name: '钱七', birth: '1991-02-07', villageCode: village, level: 2 })
  const { body } = await invite('for-a-typed-number', 'li-kai')
  const redemption = { body: { token: body.token } }
  expect(await typed.person.send('POST', '/api/invitations/redemption', redemption)).toMatchObject({
    status: 409,
    body: { code: 'account.not-the-member' },
  })
  const silent = await newcomer(county, { name: '钱八', birth: '1991-02-08', villageCode: village, level: 1 })
  expect(await silent.person.send('POST', '/api/invitations/redemption', redemption)).toMatchObject({
    status: 409,
    body: { code: 'account.confirm-first' },
  })
  expect((await silent.person.send('GET', '/api/work/cases')).status).toBe(403)
  await boundBefore(county, silent.person, 'li-kai')
  expect((await silent.person.send('GET', '/api/work/cases')).status).toBe(200)
  await silent.person.send('POST', '/api/account/identity', {
    body: { name: '钱八', idNumber: silent.idNumber },
  })
  const { code } = (
    await county.door<{ code: string }>('POST', 'login-codes', {
      person: silent.personId,
      purpose: 'real-name',
    })
  ).body
  const confirmed = await silent.person.send('POST', '/api/account/identity-confirmation', { body: { code } })
  expect(confirmed).toMatchObject({ status: 200, body: { realNameLevel: 3, unboundStaffId: 'li-kai' } })
  expect((await silent.person.send('GET', '/api/work/cases')).status).toBe(403)
  expect(
    await county.services.database.rows(sql`select active, awaited from staff where id = 'li-kai'`),
  ).toEqual([{ active: false, awaited: true }])
  const titles = async (person: Person) =>
    (await person.send<Inbox>('GET', '/api/inbox')).body.items.map(({ title }) => title)
  expect(await titles(silent.person)).toContain('你的工作身份停了')
  expect(await titles(admin)).toContain('有工作身份停了')
  const audited = await county.services.database.rows(
    sql`select id from audit_entries where action = 'account.unbind-staff' and subject = 'staff:li-kai'`,
  )
  expect(audited).toHaveLength(1)
})
