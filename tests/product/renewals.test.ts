import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseAgain } from '#shared/contract/case'
import type { CertificateFacts } from '#shared/contract/certificate'
import type { Inbox } from '#shared/contract/reminder'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { bornBy } from '../e2e/scenes'
import {
  acted,
  certificateOf,
  certifiedFirm,
  certify,
  codeOf,
  examine,
  FIRM,
  fileForFirm,
} from './certifying'
import { type County, caseOf, openCounty, type Person } from './county'
import { applicationOf } from './filing'

// 延续: whoever asks thirty days before the last one keeps the certificate until it is decided. 行政许可法 第50条
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

/** At once: no job has anything to do in years in which nothing is open. Whoever was logged in still is. */
async function on(day: string) {
  await county.services.database.rows(sql`update sessions set expires_at = '2099-01-01'`)
  await county.sandbox?.clock.moveTo(`${day}T02:00:00.000Z` as Instant)
}
const statusOf = async (code: string) =>
  (await county.visitor.send<CertificateFacts>('GET', `/api/certificates/${code}`)).body.status
const renewByOf = async (person: Person, id: string) => (await caseOf(person, id)).certificate?.renewBy

test('asked for in time it holds over its last day until it is decided; a new one stands in its place', async () => {
  const { owner, id } = await certifiedFirm(county)
  const code = codeOf((await certificateOf(owner, id)).document)
  expect(await renewByOf(owner, id)).toBeNull()
  expect((await owner.send('POST', `/api/cases/${id}/again`)).status).toBe(409)
  const stranger = await bornBy(county, '1963-05-20')('陈外人')
  const theirs = await applicationOf(county, stranger.person, 'LX-036', stranger)
  expect(await stranger.person.send('POST', '/api/cases', { body: { ...theirs, renews: id } })).toMatchObject(
    { status: 422, body: { code: 'certificate.not-renewable' } },
  )

  await on('2030-10-08')
  const later = await county.as('li-jianguo')
  expect(await renewByOf(later, id)).toBe('2030-10-24')
  const told = async () =>
    (await later.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ title }) =>
      title.endsWith('证快到期了'),
    )
  for (let run = 0; run < 2; run += 1) {
    await county.app.jobs['remind-of-deadlines']()
    const [only, ...others] = await told()
    expect(others).toEqual([])
    expect(only?.lines).toContain('10月24日前申请延续，批下来之前一直有效')
    expect(only?.page).toBe(`features/case/result?id=${id}`)
  }
  const again = await later.send<CaseAgain>('POST', `/api/cases/${id}/again`)
  expect(again).toMatchObject({ status: 200, body: { serviceItemId: 'LX-037' } })
  expect(again.body.answers['bizAddress']).toEqual(expect.any(String))
  const { filed, id: renewal } = await fileForFirm(county, { renews: id })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  expect(await renewByOf(later, id)).toBeNull()
  expect((await caseOf(await county.as('window-health'), renewal)).timeline.at(-1)?.note).toContain('延续')

  await on('2030-12-02')
  expect(await statusOf(code)).toBe('valid')
  await examine(county, renewal)
  expect(await statusOf(code)).toBe('valid')
  await certify(county, renewal)
  expect(await statusOf(code)).toBe('expired')
  const fresh = (await certificateOf(await county.as('li-jianguo'), renewal)).document
  expect(await statusOf(codeOf(fresh))).toBe('valid')
  expect(fresh.certificate).toMatchObject({ validFrom: '2030-11-24', validTo: '2034-11-23' })
})

test('asked for in time and refused before its end it ends with its last day', async () => {
  await on('2030-12-03')
  const { owner, id } = await certifiedFirm(county)
  const code = codeOf((await certificateOf(owner, id)).document)
  await on('2034-10-10')
  const { id: renewal } = await fileForFirm(county, { renews: id })
  await on('2034-11-20')
  await examine(county, renewal)
  await acted(county, renewal, [['approver-health-1', 'refuse', { reason: '通风不合格' }]])
  expect(await statusOf(code)).toBe('valid')
  await on('2034-12-20')
  expect(await statusOf(code)).toBe('expired')
})

test('what nobody decided by its end is renewed by law: a late refusal takes nothing', async () => {
  await on('2034-12-21')
  const { owner, id } = await certifiedFirm(county)
  const code = codeOf((await certificateOf(owner, id)).document)
  await on('2038-10-10')
  const { filed, id: renewal } = await fileForFirm(county, { renews: id })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  await on('2039-01-10')
  expect(await statusOf(code)).toBe('valid')
  await examine(county, renewal)
  const approver = await county.as('approver-health-1')
  const { staff } = await caseOf(approver, renewal)
  expect(staff?.allowed.map(({ action }) => action)).not.toContain('refuse')
  await certify(county, renewal)
  expect(await statusOf(code)).toBe('expired')
  expect((await certificateOf(owner, renewal)).document.certificate?.validFrom).toBe('2038-12-21')
})

test('whoever only typed a number is told nothing of it, and its owner why it cannot be renewed now', async () => {
  await on('2039-12-03')
  const { owner, id } = await certifiedFirm(county)
  const asks = async () => {
    const { filed } = await fileForFirm(county, { renews: id })
    return [filed.status, filed.body.code]
  }
  expect(await asks()).toEqual([409, 'certificate.renewal-not-now'])
  await on('2043-10-10')
  const stranger = await bornBy(county, '1963-05-20')('陈只填号', 2)
  const input = await applicationOf(county, stranger.person, 'LX-037', stranger, FIRM)
  for (const renews of [id, '01920000-0000-7000-8000-000000000001']) {
    const { status, body } = await stranger.person.send<{ code?: string }>('POST', '/api/cases', {
      body: { ...input, agent: true, renews },
    })
    expect([status, body.code]).toEqual([422, 'certificate.not-renewable'])
  }
  expect(await renewByOf(owner, id)).toBe('2043-11-02')
  expect(await asks()).toEqual([201, undefined])
  expect(await asks()).toEqual([409, 'certificate.renewal-open'])
})

test('granted before the old one is over it begins the day after, and nobody loses days by asking early', async () => {
  const [earlier] = await county.services.database.rows<{ id: string; until: string }>(
    sql`select case_id as id, valid_to::text as until from certificates order by document_id desc limit 1`,
  )
  expect(earlier?.until).toBe('2043-12-02')
  const [renewal] = await county.services.database.rows<{ id: string }>(
    sql`select id from cases where state->>'renews' = ${earlier?.id ?? ''}`,
  )
  await examine(county, renewal?.id ?? '')
  await certify(county, renewal?.id ?? '')
  const fresh = (await certificateOf(await county.as('li-jianguo'), renewal?.id ?? '')).document
  expect(fresh.certificate).toMatchObject({ validFrom: '2043-12-03', validTo: '2047-12-02' })
})
