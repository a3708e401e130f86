import { sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AskingDesk, DeskCode, DeskLogin, EnrolledFactor } from '#shared/contract/desk-session'
import type { Inbox } from '#shared/contract/reminder'
import { type County, newcomer, openCounty, type Person } from './county'

const EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0'
const PIN = '270391'

let county: County
let clerk: Person
beforeAll(async () => {
  county = await openCounty()
  clerk = await county.as('zhao-min')
})
afterAll(() => county.close())
// Each case has the network to itself.
beforeEach(async () => {
  await county.services.database.rows(sql`delete from desk_logins`)
})

const browser = async (
  path: string,
  { method = 'GET', token = '', body }: { method?: string; token?: string; body?: object } = {},
) => {
  const response = await fetch(`${county.url}${path}`, {
    method,
    headers: {
      'User-Agent': EDGE,
      ...(token === '' ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    body: text === '' ? null : JSON.parse(text),
    headers: response.headers,
  }
}
const askForCode = (former?: string) =>
  browser('/api/desk-sessions', { method: 'POST', body: former === undefined ? {} : { former } })
const show = async () => (await askForCode()).body as DeskCode
const poll = async ({ id }: Pick<DeskCode, 'id'>) =>
  (await browser(`/api/desk-sessions/${id}`)).body as DeskLogin
const answer = (person: Person, body: object) =>
  person.send<AskingDesk & { code?: string }>('POST', '/api/desk-sessions/confirmation', { body })
const letIn = async (person: Person, pin = PIN) => {
  const shown = await show()
  expect((await answer(person, { code: shown.code, answer: 'confirmed', pin })).status).toBe(200)
  const { token } = await poll(shown)
  if (token === undefined) throw new Error('no token')
  return token
}
const work = (token: string) => browser('/api/work/cases?tab=to-do', { token })
const pass = async (seconds: number) => {
  const { body } = await county.door<{ now: string }>('GET', 'clock')
  await county.door('POST', 'clock', {
    set: new Date(Date.parse(body.now) + seconds * 1000).toISOString(),
  })
}

describe('a computer is let in by a phone', () => {
  test('which reads what it lets in, and the computer then has a session of its own, once', async () => {
    const shown = await show()
    expect(shown.digits).toMatch(/^\d{8}$/)
    expect(await poll(shown)).toEqual({ status: 'waiting', scanned: false })
    const looked = await answer(clerk, { code: shown.code })
    expect(looked).toMatchObject({
      status: 200,
      body: { browser: 'Windows 电脑，Edge 浏览器', lastAt: null },
    })
    expect(looked.body.address).not.toMatch(/^127\.0\.0\.1$/)
    expect(await poll(shown)).toEqual({ status: 'waiting', scanned: true })
    await answer(clerk, { code: shown.code, answer: 'confirmed', pin: PIN })
    const first = await poll(shown)
    expect(first).toMatchObject({ status: 'confirmed', token: expect.any(String) })
    expect(await poll(shown)).toEqual({ status: 'confirmed' })
    expect((await work(first.token ?? '')).status).toBe(200)
  })

  test('by the eight digits as well', async () => {
    const shown = await show()
    expect((await answer(clerk, { code: shown.digits, answer: 'confirmed', pin: PIN })).status).toBe(200)
    expect(await poll(shown)).toMatchObject({ status: 'confirmed' })
  })

  test('asked twenty times at once the token is answered once', async () => {
    const shown = await show()
    await answer(clerk, { code: shown.code, answer: 'confirmed', pin: PIN })
    const answers = await Promise.all(Array.from({ length: 20 }, () => poll(shown)))
    expect(answers.filter(({ token }) => token !== undefined)).toHaveLength(1)
    expect(answers.every(({ status }) => status === 'confirmed')).toBe(true)
  })

  test('of two phones at once one lets it in', async () => {
    const shown = await show()
    const other = await county.as('qian-li')
    const answers = await Promise.all(
      [clerk, other].map((each) => answer(each, { code: shown.code, answer: 'confirmed', pin: PIN })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404])
  })

  test('who was let in at such a computer before reads when', async () => {
    await letIn(clerk)
    const shown = await show()
    expect((await answer(clerk, { code: shown.code })).body.lastAt).toMatch(/Z$/)
  })
})

describe('and by nobody else', () => {
  test('a resident, a forged code, an id that nobody was given', async () => {
    const shown = await show()
    const { person } = await newcomer(county, {
      name: '周一',
      birth: '1990-01-01',
      villageCode: '341821105200',
      level: 3,
    })
    expect(await answer(person, { code: shown.code, answer: 'confirmed', pin: PIN })).toMatchObject({
      status: 403,
      body: { code: 'account.role-needed' },
    })
    expect(await answer(clerk, { code: 'a-code-that-nobody-showed' })).toMatchObject({
      status: 404,
      body: { code: 'account.desk-code-invalid' },
    })
    expect((await browser(`/api/desk-sessions/${'x'.repeat(43)}`)).status).toBe(404)
    expect((await browser('/api/desk-sessions/current')).status).toBe(404)
    expect(await poll(shown)).toMatchObject({ status: 'waiting' })
  })

  test('the code alone, which is what can be stolen from the screen, asks for nothing', async () => {
    const shown = await show()
    await answer(clerk, { code: shown.code, answer: 'confirmed', pin: PIN })
    expect((await browser(`/api/desk-sessions/${shown.code}`)).status).toBe(404)
    expect(await poll(shown)).toMatchObject({ token: expect.any(String) })
  })

  test('a code is good once: replayed it is that of nobody', async () => {
    const shown = await show()
    await answer(clerk, { code: shown.code, answer: 'confirmed', pin: PIN })
    const other = await county.as('qian-li')
    expect((await answer(other, { code: shown.code, answer: 'confirmed', pin: PIN })).status).toBe(404)
    await poll(shown)
    expect((await answer(clerk, { code: shown.code })).status).toBe(404)
  })

  test('refused it stays so, and the administrators hear of it', async () => {
    const shown = await show()
    expect((await answer(clerk, { code: shown.code, answer: 'refused' })).status).toBe(200)
    expect(await poll(shown)).toEqual({ status: 'refused' })
    expect((await answer(clerk, { code: shown.code, answer: 'confirmed', pin: PIN })).status).toBe(404)
    const admin = await county.as('he-jing')
    const inbox = await admin.send<Inbox>('GET', '/api/inbox')
    expect(inbox.body.items.map(({ title }) => title)).toContain('有人用工作身份的码登录，被拒绝了')
  })

  test('a desk lets in no other desk', async () => {
    const token = await letIn(clerk)
    const shown = await show()
    expect(
      await browser('/api/desk-sessions/confirmation', {
        method: 'POST',
        token,
        body: { code: shown.code, answer: 'confirmed', pin: PIN },
      }),
    ).toMatchObject({ status: 403, body: { code: 'account.phone-needed' } })
  })

  test('after twenty seconds of what was let in and never fetched, and after two of what nobody answered', async () => {
    const [late, fetched, unfetched] = [await show(), await show(), await show()]
    for (const { code } of [fetched, unfetched]) await answer(clerk, { code, answer: 'confirmed', pin: PIN })
    await pass(18)
    // The head alone takes nothing away.
    const head = await county.app.app.request(`/api/desk-sessions/${fetched.id}`, { method: 'HEAD' })
    expect(head.status).toBe(405)
    expect(await poll(fetched)).toMatchObject({ token: expect.any(String) })
    await pass(3)
    expect(await poll(unfetched)).toMatchObject({ status: 'expired' })
    await pass(97)
    expect(await poll(late)).toMatchObject({ status: 'waiting' })
    await pass(3)
    expect(await poll(late)).toMatchObject({ status: 'expired' })
    expect((await answer(clerk, { code: late.code })).status).toBe(404)
  })

  test('the same yes once more, whose answer was lost, is the same; another PIN or no is not', async () => {
    const shown = await show()
    const yes = { code: shown.code, answer: 'confirmed', pin: PIN }
    const first = await answer(clerk, yes)
    expect(await answer(clerk, yes)).toMatchObject({ status: 200, body: { until: first.body.until } })
    await poll(shown)
    expect((await answer(clerk, yes)).status).toBe(200)
    for (const other of [
      { ...yes, pin: '270392' },
      { code: shown.code, answer: 'refused' },
      { code: shown.code },
    ])
      expect((await answer(clerk, other)).status).toBe(404)
    expect((await answer(await county.as('qian-li'), yes)).status).toBe(404)
  })

  test('a yes of a phone that has logged out meanwhile, or of who has left work, opens nothing', async () => {
    const phone = await county.logIn('zhao-min')
    const shown = await show()
    await answer(phone, { code: shown.code, answer: 'confirmed', pin: PIN })
    await phone.send('DELETE', '/api/sessions/current')
    expect(await poll(shown)).toMatchObject({ status: 'expired' })
    const other = await show()
    await answer(await county.as('li-kai'), { code: other.code, answer: 'confirmed', pin: PIN })
    await county.services.database.rows(sql`update staff set active = false where id = 'li-kai'`)
    expect(await poll(other)).toMatchObject({ status: 'expired' })
    await county.services.database.rows(sql`update staff set active = true where id = 'li-kai'`)
  })

  test('who works here no more has no desk either', async () => {
    const token = await letIn(await county.as('qian-li'))
    await county.services.database.rows(sql`update staff set active = false where id = 'qian-li'`)
    expect((await work(token)).body.code).toBe('account.session-ended')
    // Nor does the PIN open what stands there.
    expect(
      await browser('/api/desk-sessions/current/unlock', { method: 'POST', token, body: { pin: PIN } }),
    ).toMatchObject({ status: 401, body: { code: 'account.session-ended' } })
    await county.services.database.rows(sql`update staff set active = true where id = 'qian-li'`)
  })

  test('of many refusals of one person the administrators hear of the first three of a day', async () => {
    const admin = await county.as('he-jing')
    const heard = async () =>
      (await admin.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ title }) => /被拒绝/.test(title))
        .length
    const before = await heard()
    for (let refused = 0; refused < 5; refused += 1) {
      const shown = await show()
      expect(
        (await answer(await county.as('sun-zhiyuan'), { code: shown.code, answer: 'refused' })).status,
      ).toBe(200)
    }
    expect((await heard()) - before).toBe(3)
  })

  test('of one person five computers are in, the latest; the phone stays', async () => {
    const person = await county.as('wang-lixin')
    for (let open = 0; open < 7; open += 1) await letIn(person)
    const [row] = await county.services.database.rows<{
      open: number
    }>(sql`select count(*)::int as open from sessions s
      join profiles p on p.id = s.profile_id where p.staff_id = 'wang-lixin' and s.kind = 'desk' and s.revoked_at is null`)
    expect(row?.open).toBe(5)
    expect((await person.send('GET', '/api/sessions')).status).toBe(200)
  })

  test('a PIN that anybody would try first is refused before anything happens', async () => {
    const shown = await show()
    for (const pin of ['000000', '123456', '876543', '121212', '123123'])
      expect(await answer(clerk, { code: shown.code, answer: 'confirmed', pin })).toMatchObject({
        status: 422,
        body: { code: 'account.pin-guessed' },
      })
    expect((await answer(clerk, { code: shown.code, answer: 'confirmed' })).status).toBe(400)
    expect(await poll(shown)).toMatchObject({ status: 'waiting' })
  })

  test('five codes wait on a network, not six, however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => askForCode()))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5)
    const refused = answers.find(({ status }) => status === 429)
    expect(refused?.body).toMatchObject({ code: 'account.desk-codes-many' })
    expect(Number(refused?.headers.get('Retry-After'))).toBeGreaterThan(0)
    await pass(121)
    expect((await askForCode()).status).toBe(201)
  })

  test('a browser that shows another gives the place of the former back, whose code is void', async () => {
    const first = await show()
    let { id } = first
    for (let pressed = 0; pressed < 8; pressed += 1) {
      const { status, body } = await askForCode(id)
      expect(status).toBe(201)
      id = body.id
    }
    expect((await answer(clerk, { code: first.code })).status).toBe(404)
    expect(await poll(first)).toMatchObject({ status: 'expired' })
    for (let others = 0; others < 4; others += 1) expect((await askForCode()).status).toBe(201)
    expect((await askForCode('x'.repeat(43))).status).toBe(429)
    // With all five taken its own is enough.
    expect((await askForCode(id)).status).toBe(201)
  })

  test('whoever changes codes without end is slowed down', async () => {
    await pass(601)
    let { id } = await show()
    let status = 201
    for (let changed = 0; changed < 100 && status === 201; changed += 1) {
      const answered = await askForCode(id)
      status = answered.status
      if (status === 201) id = answered.body.id
    }
    expect(status).toBe(201)
    expect(await askForCode(id)).toMatchObject({ status: 429, body: { code: 'request.rate-limited' } })
    // Who shows a first one is not.
    expect((await askForCode()).status).toBe(201)
    await pass(601)
    expect((await askForCode(id)).status).toBe(201)
  })

  test('what was answered waits in no place', async () => {
    for (let answered = 0; answered < 5; answered += 1)
      await answer(clerk, { code: (await show()).code, answer: 'confirmed', pin: PIN })
    expect((await askForCode()).status).toBe(201)
  })
})

describe('a desk that nobody touches', () => {
  test('locks after fifteen minutes, in every answer, and its PIN opens it', async () => {
    const token = await letIn(clerk)
    await pass(14 * 60)
    expect((await work(token)).status).toBe(200)
    // That it is in use is noted once a minute; fifteen minutes are fifteen all the same.
    await pass(50)
    expect((await work(token)).status).toBe(200)
    await pass(14 * 60 + 40)
    expect((await work(token)).status).toBe(200)
    await pass(16 * 60)
    for (const path of [
      '/api/work/cases?tab=to-do',
      '/api/account',
      '/api/inbox',
      '/api/cases',
      '/api/sessions',
    ])
      expect(await browser(path, { token }), path).toMatchObject({
        status: 401,
        body: { code: 'account.session-locked' },
      })
    expect(await browser('/api/inbox/read', { method: 'POST', token, body: {} })).toMatchObject({
      status: 401,
    })
    const unlock = (pin: string) =>
      browser('/api/desk-sessions/current/unlock', { method: 'POST', token, body: { pin } })
    expect(await unlock('135790')).toMatchObject({
      status: 422,
      body: { code: 'account.pin-wrong', detail: '还能试 4 次' },
    })
    expect((await work(token)).status).toBe(401)
    expect((await unlock(PIN)).status).toBe(204)
    expect((await work(token)).status).toBe(200)
  })

  test('locks by hand too; five wrong PINs end it', async () => {
    const token = await letIn(clerk)
    const ask = (what: string, body?: object) =>
      browser(`/api/desk-sessions/current/${what}`, { method: 'POST', token, ...(body ? { body } : {}) })
    expect((await ask('lock')).status).toBe(204)
    expect((await work(token)).body.code).toBe('account.session-locked')
    for (let left = 4; left > 0; left -= 1) expect((await ask('unlock', { pin: '135791' })).status).toBe(422)
    expect(await ask('unlock', { pin: '135791' })).toMatchObject({
      status: 401,
      body: { code: 'account.session-ended' },
    })
    expect((await ask('unlock', { pin: PIN })).status).toBe(401)
    expect((await work(token)).body.code).toBe('account.session-ended')
  })

  test('twenty wrong PINs at once are five', async () => {
    const token = await letIn(clerk)
    const tried = await Promise.all(
      Array.from({ length: 20 }, () =>
        browser('/api/desk-sessions/current/unlock', { method: 'POST', token, body: { pin: '135791' } }),
      ),
    )
    expect(tried.filter(({ status }) => status === 422)).toHaveLength(4)
    expect((await work(token)).body.code).toBe('account.session-ended')
  })

  test('ends at ten in the evening whatever it does', async () => {
    const token = await letIn(clerk)
    const { body } = await county.door<{ now: string }>('GET', 'clock')
    const tenHours = Math.ceil(
      (Date.parse(`${body.now.slice(0, 10)}T14:00:00Z`) - Date.parse(body.now)) / 60_000,
    )
    for (let minutes = 10; minutes < tenHours; minutes += 10) {
      await pass(600)
      expect((await work(token)).status).toBe(200)
    }
    await pass(600)
    expect((await work(token)).body.code).toBe('account.session-ended')
  })

  test('what the phone was told ends for whoever comes in after ten', async () => {
    const { body } = await county.door<{ now: string }>('GET', 'clock')
    const ten = Date.parse(`${body.now.slice(0, 10)}T14:00:00Z`)
    await pass((ten - Date.parse(body.now)) / 1000 - 20 + (Date.parse(body.now) >= ten ? 86_400 : 0))
    const shown = await show()
    const { until } = (await answer(clerk, { code: shown.code, answer: 'confirmed', pin: PIN })).body
    await pass(30)
    expect(await poll(shown)).toMatchObject({ status: 'expired' })
    expect((await poll(shown)).token).toBeUndefined()
    expect(Date.parse(until) % 86_400_000).toBe(14 * 3_600_000)
  })

  test('says in the audit who locked and opened it, and who could not', async () => {
    const token = await letIn(clerk)
    await browser('/api/desk-sessions/current/lock', { method: 'POST', token })
    for (const pin of ['135791', PIN])
      await browser('/api/desk-sessions/current/unlock', { method: 'POST', token, body: { pin } })
    await browser('/api/desk-sessions/current', { method: 'DELETE', token })
    const rows = await county.services.database.rows<{ action: string }>(
      sql`select action from audit_entries where action like 'account.%' order by id desc limit 6`,
    )
    expect(rows.map(({ action }) => action)).toEqual([
      'account.leave-desk',
      'account.unlock-desk',
      'account.wrong-pin',
      'account.lock-desk',
      'account.open-desk',
      'account.let-in-desk',
    ])
  })

  test('is in the list of the phone, which ends it; a locked one can be left', async () => {
    const token = await letIn(clerk)
    const listed = await clerk.send<{ sessions: { id: string; kind: string; device: string }[] }>(
      'GET',
      '/api/sessions',
    )
    const desk = listed.body.sessions.find(({ kind }) => kind === 'desk')
    expect(desk?.device).toBe('Windows 电脑，Edge 浏览器')
    expect((await clerk.send('DELETE', `/api/sessions/${desk?.id}`)).status).toBe(204)
    expect((await work(token)).body.code).toBe('account.session-ended')
    const other = await letIn(clerk)
    await browser('/api/desk-sessions/current/lock', { method: 'POST', token: other })
    expect((await browser('/api/desk-sessions/current', { method: 'DELETE', token: other })).status).toBe(204)
    expect((await work(other)).body.code).toBe('account.session-ended')
  })
})

describe('what the administrator does at a desk', () => {
  let enrolledSecret = ''
  const codeOf = async (secret: string, steps = 0) => {
    const { body } = await county.door<{ now: string }>('GET', 'clock')
    return new TOTP({ algorithm: 'SHA1', digits: 6, period: 30, secret: Secret.fromBase32(secret) }).generate(
      {
        timestamp: Date.parse(body.now) + steps * 30_000,
      },
    )
  }

  test('asks for the second factor once one is enrolled, each code once', async () => {
    const admin = await county.as('he-jing')
    const token = await letIn(admin)
    const invite = async () =>
      (
        await fetch(`${county.url}/api/invitations`, {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${token}`,
            'Content-Type': 'application/json',
            'Idempotency-Key': `invite-${Math.random()}`,
          },
          body: JSON.stringify({ staffId: 'wang-lixin' }),
        })
      ).status
    expect(await invite()).toBe(201)
    const enrolled = await admin.send<EnrolledFactor>('POST', '/api/account/second-factor')
    expect(enrolled.status).toBe(201)
    expect(enrolled.body.uri).toMatch(/^otpauth:\/\/totp\//)
    const { secret } = enrolled.body
    enrolledSecret = secret
    const confirmation = (code: string) =>
      admin.send('POST', '/api/account/second-factor/confirmation', { body: { code } })
    expect((await confirmation('000000')).status).toBe(422)
    expect(await invite()).toBe(201)
    const first = await codeOf(secret)
    expect((await confirmation(first)).status).toBe(204)
    expect((await admin.send('POST', '/api/account/second-factor')).status).toBe(409)
    expect(await invite()).toBe(403)
    const shown = (code: string) =>
      browser('/api/desk-sessions/current/second-factor', { method: 'POST', token, body: { code } })
    expect((await shown(first)).status).toBe(422)
    const second = await codeOf(secret, 1)
    expect((await shown(second)).status).toBe(204)
    expect(await invite()).toBe(201)
    await pass(10 * 60 + 1)
    expect(await invite()).toBe(403)
    expect((await admin.send('POST', '/api/invitations', { body: { staffId: 'wang-lixin' } })).status).toBe(
      201,
    )
  })

  test('takes five wrong codes, by as many at once, and then not even the right one for ten minutes', async () => {
    const admin = await county.as('he-jing')
    const token = await letIn(admin)
    const shown = (code: string) =>
      browser('/api/desk-sessions/current/second-factor', { method: 'POST', token, body: { code } })
    await pass(60)
    const tried = await Promise.all(Array.from({ length: 20 }, () => shown('000000')))
    expect(tried.filter(({ status }) => status === 422)).toHaveLength(5)
    const refused = tried.find(({ status }) => status === 429)
    expect(Number(refused?.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect((await shown(await codeOf(enrolledSecret))).status).toBe(429)
    await pass(10 * 60 + 1)
    // Nobody was at the desk meanwhile but the clock.
    expect((await shown(await codeOf(enrolledSecret))).status).toBe(204)
    const removal = await admin.send('POST', '/api/account/second-factor/removal', {
      body: { code: await codeOf(enrolledSecret, 1) },
    })
    expect(removal.status).toBe(204)
    expect((await admin.send<{ secondFactor: boolean }>('GET', '/api/account')).body.secondFactor).toBe(false)
    const inbox = await admin.send<Inbox>('GET', '/api/inbox')
    expect(inbox.body.items.map(({ title }) => title)).toContain('有管理员解绑了验证器')
    const invited = await browser('/api/invitations', { token })
    expect(invited.status).toBe(200)
  })

  test('a stranger at the desk enrols nothing and drops nothing', async () => {
    const token = await letIn(await county.as('he-jing'))
    for (const path of ['/api/account/second-factor', '/api/account/second-factor/removal'])
      expect(await browser(path, { method: 'POST', token, body: { code: '123456' } }), path).toMatchObject({
        status: 403,
        body: { code: 'account.phone-needed' },
      })
  })
})

test('neither the PIN nor a code nor a token stands in the database', async () => {
  const shown = await show()
  await answer(clerk, { code: shown.code, answer: 'confirmed', pin: PIN })
  const { token } = await poll(shown)
  const [row] = await county.services.database.rows<{ all: string }>(sql`select
    (select json_agg(l) from desk_logins l)::text || (select json_agg(s) from sessions s)::text as all`)
  for (const secret of [PIN, shown.id, shown.code, shown.digits, token ?? ''])
    expect(row?.all.includes(secret)).toBe(false)
})
