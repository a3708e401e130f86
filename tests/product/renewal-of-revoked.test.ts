import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { certificateOf, certifiedFirm, certify, examine, fileForFirm } from './certifying'
import { act, type County, caseOf, openCounty, type Person } from './county'

// 行政许可法 第50、69条: of what was revoked nothing goes on, whoever had asked in time.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

async function on(day: string) {
  await county.services.database.rows(sql`update sessions set expires_at = '2099-01-01'`)
  await county.sandbox?.clock.moveTo(`${day}T02:00:00.000Z` as Instant)
}

async function members() {
  const rows = await county.services.database.rows<{ id: string }>(
    sql`select distinct r.staff_id as id from staff_roles r join staff s on s.id = r.staff_id and s.active
      join staff_roles o on o.unit_id = r.unit_id and o.staff_id = 'approver-health-1' order by r.staff_id`,
  )
  return rows.map(({ id }) => id)
}

/** By the first of the organ who may. */
async function byOrgan(id: string, body: object) {
  for (const staff of await members()) {
    const person = await county.as(staff)
    const { version } = await caseOf(person, id)
    const path = `/api/cases/${id}/after-decision`
    if ((await person.send('POST', path, { body: { version, ...body } })).status === 200) return
  }
  throw new Error(`nobody may ${JSON.stringify(body)}`)
}

async function revoke(owner: Person, id: string) {
  await byOrgan(id, { action: 'propose-revocation', basis: 'fraud', reason: '检测报告是假的' })
  const { version } = await caseOf(owner, id)
  const said = { version, statement: '没有什么要说的', isAll: true }
  expect((await owner.send('POST', `/api/cases/${id}/statement`, { body: said })).status).toBe(200)
  await byOrgan(id, { action: 'revoke-decision', reason: '查实了，报告是假的' })
}

/** Granted, renewed in time, and revoked while the renewal waits; after the day on which it would have ended. */
async function waiting(year: number) {
  await on(`${year}-12-01`)
  const { owner, id } = await certifiedFirm(county)
  await on(`${year + 4}-10-10`)
  const { filed, id: renewal } = await fileForFirm(county, { renews: id })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  await examine(county, renewal)
  await on(`${year + 4}-11-10`)
  await revoke(owner, id)
  await on(`${year + 5}-01-10`)
  return { owner, renewal }
}

test('a renewal is refused where the certificate it was to renew was revoked, and says that it was', async () => {
  const { renewal } = await waiting(2026)
  const approver = await county.as('approver-health-1')
  const { staff, timeline } = await caseOf(approver, renewal)
  expect(staff?.allowed.map(({ action }) => action)).toContain('refuse')
  expect(timeline.at(-1)?.note).toContain('原来的证后来撤销了')
  const refused = await act(approver, renewal, 'refuse', { reason: '检测报告是假的' })
  expect(refused, JSON.stringify(refused.body)).toMatchObject({ status: 200 })
  expect((await caseOf(approver, renewal)).timeline.map(({ title }) => title)).toContain('要延续的证撤销了')
})

test('granted all the same it begins with its decision, not with a day that the revoked one never reached', async () => {
  const { owner, renewal } = await waiting(2033)
  await certify(county, renewal)
  const { document } = await certificateOf(owner, renewal)
  expect(document.certificate?.validFrom).toBe('2038-01-10')
})
