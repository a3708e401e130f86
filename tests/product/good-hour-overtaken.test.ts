import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { file } from '../e2e/scenes'
import { type County, caseOf, openCounty, sendAll } from './county'
import { disowning } from './disowning'

// What happened while a message waited for its hour may have made it untrue: then it stands in the app alone.
let county: County
const { born, does } = disowning(() => county)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}:00+08:00` })

beforeAll(async () => {
  county = await openCounty()
  await setClock('2026-11-24T09:47')
}, 120_000)
afterAll(() => county.close())

/** What of a case went out to somebody, and what stayed in the app: its kinds, oldest first. */
async function toldOf(recipient: string, id: string, since = '2026-11-01T00:00') {
  await sendAll(county)
  const rows = await county.services.database.rows<{ kind: string; channel: string; because: string | null }>(
    sql`select kind, channel, because from reminders where recipient = ${recipient} and case_id = ${id}::uuid
      and sent_at > ${`${since}+08:00`}::timestamptz order by created_at, id`,
  )
  const kindsOf = (inApp: boolean) =>
    rows.filter(({ channel }) => (channel === 'inbox') === inApp).map(({ kind }) => kind)
  return { rung: kindsOf(false), kept: kindsOf(true), why: [...new Set(rows.map(({ because }) => because))] }
}

async function applicant(name: string) {
  const who = await born(name, 3)
  await county.door('POST', 'consents', { person: who.personId, choice: 'accept' })
  const [row] = await county.services.database.rows<{ id: string }>(
    sql`select id from profiles order by created_at desc, id desc limit 1`,
  )
  return { ...who, recipient: `profile:${row?.id}` }
}
type Applicant = Awaited<ReturnType<typeof applicant>>

async function sends({ person }: Applicant, id: string, door: string, more: object = {}) {
  const { version } = await caseOf(person, id)
  const { status, body } = await person.send('POST', `/api/cases/${id}/${door}`, {
    body: { version, ...more },
  })
  expect(status, JSON.stringify(body)).toBe(200)
}
const credits = async () =>
  county.services.database.rows(
    sql`select openid, template_id, credits from consent_credits order by openid, template_id`,
  )
const ASKED = {
  reason: '号码少一位',
  items: [{ kind: 'field', name: 'mobile', reason: '号码少一位' }],
}

describe('told at night, overtaken before the morning', () => {
  test('what was asked for and brought the same evening is asked for by no ring', async () => {
    await setClock('2026-11-24T10:00')
    const who = await applicant('安补好')
    const id = await file(county, who, 'LX-018')
    await sendAll(county)
    await setClock('2026-11-24T22:30')
    await does('zhao-min', id, 'request-correction', ASKED)
    await sendAll(county)
    const before = await credits()
    await setClock('2026-11-24T22:45')
    await sends(who, id, 'supplement', { answers: { mobile: '15400000002' } })
    await setClock('2026-11-25T08:01')
    expect(await toldOf(who.recipient, id)).toMatchObject({
      rung: [],
      kept: expect.arrayContaining(['correction-requested']),
    })
    expect(await credits()).toEqual(before)
  })

  test('what still has to be brought rings', async () => {
    const who = await applicant('安要补')
    const id = await file(county, who, 'LX-018')
    await setClock('2026-11-25T22:30')
    await does('zhao-min', id, 'request-correction', ASKED)
    await setClock('2026-11-26T08:01')
    expect((await toldOf(who.recipient, id)).rung).toEqual(['correction-requested'])
  })

  test('that it was accepted rings no more once it is withdrawn, nor its work for anybody', async () => {
    const who = await applicant('安撤回')
    const id = await file(county, who, 'LX-005')
    await setClock('2026-11-26T18:31')
    await does('wang-lixin', id, 'verify')
    await setClock('2026-11-26T22:30')
    await does('zhao-min', id, 'accept')
    await setClock('2026-11-26T22:40')
    await sends(who, id, 'withdrawal')
    await setClock('2026-11-27T08:31')
    expect((await toldOf(who.recipient, id)).rung).not.toContain('accepted')
    const nightTo = async (clerk: string) => (await toldOf(`staff:${clerk}`, id, '2026-11-26T18:00')).rung
    for (const clerk of ['zhao-min', 'qian-li']) expect(await nightTo(clerk), clerk).toEqual([])
    for (const clerk of ['sun-zhiyuan', 'li-kai']) expect(await nightTo(clerk), clerk).toEqual(['withdrawn'])
    expect((await toldOf('staff:sun-zhiyuan', id)).kept).toEqual(['task'])
  })

  test('who is back from leave hears of what is left, and of its days the newest alone', async () => {
    const leaveOf = (leave: object[]) =>
      county.services.database.rows(
        sql`update staff set leave = ${JSON.stringify(leave)}::jsonb where id = 'wang-lixin'`,
      )
    await setClock('2026-11-27T10:00')
    await leaveOf([{ from: '2026-11-27', to: '2026-11-29', substituteId: null }])
    const left = await file(county, await applicant('安还在'), 'LX-005')
    const who = await applicant('安不办')
    const over = await file(county, who, 'LX-005')
    await setClock('2026-11-29T20:00')
    await sends(who, over, 'withdrawal')
    await setClock('2026-11-30T18:31')
    await leaveOf([])
    const [ofOver, ofLeft] = [
      await toldOf('staff:wang-lixin', over, '2026-11-27T18:00'),
      await toldOf('staff:wang-lixin', left, '2026-11-27T18:00'),
    ]
    expect(ofOver.rung.filter((kind) => kind !== 'withdrawn')).toEqual([])
    expect(ofOver.kept).toContain('task')
    expect(ofLeft).toMatchObject({
      rung: expect.arrayContaining(['due-today']),
      kept: expect.arrayContaining(['due-soon']),
    })
  })
})
