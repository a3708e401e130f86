import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { miniProgram, openidOf } from '../../functions/sandbox/accounts'
import { bornBy } from '../e2e/scenes'
import { fileAllowance } from './allowance'
import { act, type County, openCounty, sendAll } from './county'

// What WeChat does wrong, late or out of order: the product's books are by what happened.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())
const choose = (kind: string, form: object) => county.door('POST', `accounts/${kind}`, form)
afterEach(async () => {
  await county.door('DELETE', 'faults')
  await choose('mini-program', { mode: 'safe', format: 'json' })
  await choose('official-account', { mode: 'safe', format: 'xml' })
})

const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const born = (name: string, level: 0 | 3 = 0) => bornBy(county)(name, level)
const SEND = '/cgi-bin/message/subscribe/send'
const fault = (path: string, kind: string, more: object = {}) =>
  county.door('POST', 'faults', { path, kind, times: 1, ...more })
const answers = (person: string, choice: string) =>
  county.door('POST', 'consents', { person, templateId: 'YX-CASE-TODO', choice })
/** What became of somebody's pushes, the oldest first, once it is so. */
const pushesOf = async (person: string) =>
  (
    await rows<{ outcome: string | null; attempts: number }>(
      sql`select outcome, attempts from sandbox.pushes where person = ${person} order by id`,
    )
  ).map(({ outcome, attempts }) => `${outcome} ${attempts}`)
const arrived = (person: string, expected: readonly string[]) =>
  vi.waitFor(async () => expect(await pushesOf(person)).toEqual(expected), { timeout: 20_000, interval: 100 })
/** The consents that the product counts, and the entries of its book. */
const bookOf = async (person: string) => {
  const openid = openidOf(miniProgram.appid, person)
  const [book] = await rows<{ left: number; entries: number }>(
    sql`select coalesce((select sum(credits) from consent_credits where openid = ${openid}), 0)::int as left,
      (select count(*) from consent_entries where openid = ${openid})::int as entries`,
  )
  return book
}

describe('the form of the pushes', () => {
  const forms = ['safe', 'compatible', 'plain'].flatMap((mode) =>
    ['json', 'xml'].map((format) => ({ mode, format })),
  )
  const conversationOf = async (person: string) =>
    (
      await county.door<{ messages: { speaker: string; content: string }[] }>(
        'GET',
        `official-account/messages?person=${person}`,
      )
    ).body.messages.filter(({ speaker }) => speaker === 'account')
  const isTaken = (mode: string) => mode !== 'plain'

  // The product is set up for safe mode in every profile: what nobody has sealed anybody could have sent.
  test.each(forms)('$mode, $format: the product takes what is sealed, and nothing else', async (form) => {
    const { personId } = await born('章推送')
    await choose('mini-program', form)
    await choose('official-account', form)
    const outcome = isTaken(form.mode) ? 'acknowledged 1' : 'refused 400 1'
    await answers(personId, 'accept')
    await arrived(personId, [outcome])
    await county.door('POST', 'official-account/messages', { person: personId, text: '老年钱' })
    await arrived(personId, [outcome, outcome])
    expect(await bookOf(personId)).toEqual(
      isTaken(form.mode) ? { left: 1, entries: 1 } : { left: 0, entries: 0 },
    )
    const said = await conversationOf(personId)
    expect(said.map(({ content }) => content)).toEqual(
      isTaken(form.mode) ? [expect.stringContaining('高龄津贴')] : [],
    )
  })

  test('what was refused for its form is taken once the form is right, and counted once', async () => {
    const { personId } = await born('章改回')
    await choose('mini-program', { mode: 'plain' })
    await answers(personId, 'accept')
    await arrived(personId, ['refused 400 1'])
    await choose('mini-program', { mode: 'safe' })
    await arrived(personId, ['acknowledged 2'])
    expect(await bookOf(personId)).toEqual({ left: 1, entries: 1 })
  })
})

describe('pushes that come otherwise', () => {
  test.each([
    [['accept', 'switch-off'], 0],
    [['switch-off', 'accept'], 1],
  ] as const)('%j reordered: the consents are by WeChat’s order', async (choices, left) => {
    const { personId } = await born('章换序')
    const arrivals: string[] = []
    await fault('push', 'reorder')
    await answers(personId, choices[0])
    await arrived(personId, ['held back 0'])
    await answers(personId, choices[1])
    await arrived(personId, ['acknowledged 1', 'acknowledged 1'])
    for (const { kind } of await rows<{ kind: string }>(
      sql`select kind from consent_entries where openid = ${openidOf(miniProgram.appid, personId)} order by ctid`,
    ))
      arrivals.push(kind)
    const kindOf = { accept: 'accepted', 'switch-off': 'rejected' }
    expect(arrivals).toEqual([kindOf[choices[1]], kindOf[choices[0]]])
    expect(await bookOf(personId)).toEqual({ left, entries: 2 })
  })

  test.each([
    ['corrupt', 403],
    ['unreadable', 400],
    ['bad-signature', 403],
  ] as const)('%s: changes nothing, comes again and is counted once', async (kind, status) => {
    const { personId } = await born('章坏了')
    await fault('push', kind)
    await answers(personId, 'accept')
    await arrived(personId, [`refused ${status} 1`])
    expect(await bookOf(personId)).toEqual({ left: 0, entries: 0 })
    await arrived(personId, ['acknowledged 2'])
    expect(await bookOf(personId)).toEqual({ left: 1, entries: 1 })
  })

  test('twice: counted once', async () => {
    const { personId } = await born('章两遍')
    await fault('push', 'duplicate')
    await answers(personId, 'accept')
    await arrived(personId, ['acknowledged 1'])
    expect(await bookOf(personId)).toEqual({ left: 1, entries: 1 })
  })

  test('late: by as long as was ordered', async () => {
    const { personId } = await born('章晚到')
    await fault('push', 'late', { milliseconds: 1500 })
    await answers(personId, 'accept')
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect([await pushesOf(personId), await bookOf(personId)]).toEqual([['null 0'], { left: 0, entries: 0 }])
    await arrived(personId, ['acknowledged 1'])
    expect(await bookOf(personId)).toEqual({ left: 1, entries: 1 })
  })
})

describe('a message whose answer is not what comes first', () => {
  /** What the product knows of the messages to somebody about a case, and how often WeChat has shown each. */
  const toldOf = async (caseId: string, person: string) => {
    const told = await rows<{ outcome: string; delivered: boolean; attempts: number; sent: boolean }>(
      sql`select max(d.outcome) as outcome, bool_or(d.delivered_at is not null) as delivered, count(*)::int as attempts,
          bool_or(r.sent_at is not null) as sent from deliveries d join reminders r on r.id = d.reminder_id
        where r.case_id = ${caseId}::uuid and d.openid = ${openidOf(miniProgram.appid, person)} group by r.id`,
    )
    const shown = await rows(
      sql`select 1 from sandbox.deliveries where person = ${person} and api = 'subscribe'`,
    )
    return { told, shown: shown.length }
  }
  const once = { outcome: 'sent', delivered: true, attempts: 1, sent: true }
  async function toldWith(name: string, kind: string) {
    const who = await born(name, 3)
    const { id } = await fileAllowance(who.person, who.name, who.idNumber)
    await county.door('POST', 'consents', { person: who.personId, choice: 'accept' })
    await sendAll(county)
    await vi.waitFor(async () => expect(await bookOf(who.personId)).toMatchObject({ left: 3 }))
    await fault(SEND, kind)
    expect((await act(await county.as('zhao-min'), id, 'accept')).status).toBe(200)
    return { ...who, id }
  }

  test('the receipt comes before it: delivered, and sent once', async () => {
    const { id, personId } = await toldWith('章先到', 'before-answer')
    await sendAll(county)
    await vi.waitFor(async () => expect((await toldOf(id, personId)).told).toEqual([once]), 10_000)
    await sendAll(county)
    expect(await toldOf(id, personId)).toEqual({ told: [once], shown: 1 })
    expect(await bookOf(personId)).toMatchObject({ left: 2 })
    const [{ first } = { first: null }] = await rows<{ first: boolean | null }>(
      sql`select delivered_at < ended_at as first from deliveries
        where openid = ${openidOf(miniProgram.appid, personId)}`,
    )
    expect(first).toBe(true)
  })

  test('it is lost after WeChat has sent: known by the receipt, and not sent twice', async () => {
    const { id, personId } = await toldWith('章断线', 'reset')
    await sendAll(county)
    await vi.waitFor(async () => expect((await toldOf(id, personId)).told).toEqual([once]), 10_000)
    await county.door('POST', 'clock', { advanceHours: 1 })
    await sendAll(county)
    expect(await toldOf(id, personId)).toEqual({ told: [once], shown: 1 })
    expect(await bookOf(personId)).toMatchObject({ left: 2 })
  })
})
