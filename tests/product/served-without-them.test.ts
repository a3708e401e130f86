import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { Queue } from '#shared/contract/work'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { DALIANG, file, play } from '../e2e/scenes'
import { type County, caseOf, openCounty } from './county'
import { deliver } from './deliver'

// Nobody keeps a grant by not opening the door: left before two witnesses, or put up for thirty days. 民事诉讼法 第89、95条
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-03-02T09:42:00+08:00' })
})
afterAll(() => county.close())

const window = () => county.as('zhao-min')
const today = async () => (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
const pass = (days: number) => county.door('POST', 'clock', { advanceWorkingDays: days })

async function after(staffId: string, id: string, body: object) {
  const person = await county.as(staffId)
  const { version } = await caseOf(person, id)
  return person.send<{ code?: string }>('POST', `/api/cases/${id}/after-decision`, {
    body: { version, ...body },
  })
}
const PROPOSAL = { action: 'propose-revocation', basis: 'fraud', reason: '户口本是假的' } as const
const REVOKE = { action: 'revoke-decision', reason: '没有新的材料，不采纳' } as const

/** Granted to somebody without a phone; to be revoked. */
async function proposed(name: string) {
  const { body } = await county.door<{ idNumber: string }>('POST', 'people', {
    name,
    birth: '1944-03-05',
    villageCode: DALIANG,
  })
  const clerk = await window()
  const id = await file(county, { person: clerk, name, idNumber: body.idNumber, channel: 'window' }, 'LX-005')
  await clerk.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version: (await caseOf(clerk, id)).version, reason: '看了身份证' },
  })
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
    ['window', 'deliver', { method: 'pickup' }],
  ])
  expect((await after('sun-zhiyuan', id, PROPOSAL)).status).toBe(200)
  return { id, clerk }
}

const OF = { of: 'revocation-notice' } as const
const WITNESSES = ['王会计，大梁村委会', '李组长，大梁村三组']

async function proofOf(id: string) {
  const clerk = await window()
  const paper = (await caseOf(clerk, id)).documents.findLast(({ kind }) => kind === 'service')
  return (await clerk.send<CaseDocument>('GET', `/api/cases/${id}/documents/${paper?.id}`)).body.paragraphs
}

/** After the last day to speak. */
async function revoked(id: string) {
  expect(await after('wu-deming', id, REVOKE)).toMatchObject({ body: { code: 'case.hearing-open' } })
  await pass(7)
  return (await after('wu-deming', id, REVOKE)).status
}

test('left where they live before two witnesses it is served, and the days to speak begin', async () => {
  const { id, clerk } = await proposed('齐不收')
  const alone = { ...OF, witnesses: WITNESSES.slice(0, 1), refusal: '本人拒收' }
  expect((await deliver(clerk, id, 'leave', alone)).status).toBe(400)
  for (const witnesses of [
    ['王会计，大梁村委会', '大梁村委会 王会计'],
    ['王会计，大梁村委会', '赵敏，梅渚镇'],
    ['王会计，大梁村委会', '梅渚镇赵敏'],
    ['王会计，大梁村委会', '大梁村齐不收'],
  ])
    expect(await deliver(clerk, id, 'leave', { ...alone, witnesses })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/witnesses/1' }] },
    })
  const done = await deliver(clerk, id, 'leave', { ...alone, witnesses: WITNESSES })
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  expect(await proofOf(id)).toEqual([
    expect.stringMatching(/^送达的文书：《拟撤销告知书》/),
    '送达方式：留置送达',
    '送达日期：2026年3月2日',
    '拒收的事由：本人拒收',
    '文书留在受送达人的住所，在场的见证人：王会计，大梁村委会；李组长，大梁村三组',
    expect.stringContaining('见证人签名'),
  ])
  const { timeline } = await caseOf(clerk, id)
  expect(timeline[0]?.note).toContain('见证人：王会计')
  expect(await revoked(id)).toBe(200)
})

test('put up after a letter has come back it is served when thirty days have passed, and not before', async () => {
  const { id, clerk } = await proposed('齐找不到')
  const day = await today()
  const up = { ...OF, place: '镇政府公告栏', reason: '地址不对，找不到人' }
  expect(await deliver(clerk, id, 'announce', up)).toMatchObject({ body: { code: 'case.not-returned' } })
  const letter = { ...OF, carrier: 'ems', trackingNumber: '1023 4567 89012', postedOn: day } as const
  expect((await deliver(clerk, id, 'post', letter)).status).toBe(200)
  expect(await deliver(clerk, id, 'announce', up)).toMatchObject({ body: { code: 'case.posted-before' } })
  await deliver(clerk, id, 'record-return', { ...OF, returnedOn: day, reason: '地址不对' })
  expect((await deliver(clerk, id, 'announce', up)).status).toBe(200)
  expect((await caseOf(clerk, id)).delivery?.papers.at(-1)).toMatchObject({
    announced: { on: day, place: '镇政府公告栏' },
    acts: expect.not.arrayContaining(['record-announced', 'announce']),
  })
  expect(await deliver(clerk, id, 'record-announced', OF)).toMatchObject({
    status: 409,
    body: { code: 'case.announcement-runs' },
  })
  await county.services.database.rows(sql`update sessions set expires_at = '2099-01-01'`)
  await pass(23)
  expect((await caseOf(clerk, id)).delivery?.papers.at(-1)?.acts).toContain('record-announced')
  expect((await deliver(clerk, id, 'record-announced', OF)).status).toBe(200)
  expect(await proofOf(id)).toEqual(
    expect.arrayContaining([
      '送达方式：公告送达',
      '公告送达的原因：地址不对，找不到人',
      expect.stringMatching(/满 30 日。公告的地方：镇政府公告栏$/),
    ]),
  )
  const rows = (await clerk.send<Queue>('GET', '/api/work/cases?tab=to-do')).body.items
  expect(rows.filter(({ caseId }) => caseId === id)).toEqual([])
  expect(await revoked(id)).toBe(200)
  const lines: string[] = []
  await rebuildCases({ services: county.services, words: [], print: (line) => lines.push(line) })
  expect(lines).toEqual([expect.stringMatching(/，0 件和记录对不上。$/)])
})
