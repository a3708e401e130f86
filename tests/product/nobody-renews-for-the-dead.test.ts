import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { countedUp } from '../../functions/platform/db/parts/revision'
import { bornBy, file, play } from '../e2e/scenes'
import { acted } from './certifying'
import { type County, caseOf, openCounty } from './county'
import { death } from './death'
import { disowning } from './disowning'
import { applicationOf } from './filing'

// Who has died applies for nothing more: what one case has of it holds in each of theirs. 民法典 第13条
let county: County
beforeAll(async () => {
  county = await openCounty()
  const { database } = county.services
  // Of this county's own items a person has none that can be renewed.
  await database.rows(sql`insert into service_items (id, version, effective_on, guide, demo)
    select id, version + 1, effective_on, jsonb_set(jsonb_set(guide,
      '{resultDocument,certificate,renewable}', 'true'), '{resultDocument,validYears}', '1'), demo
    from service_items where id = 'LX-036'`)
  await database.rows(sql`update reference_data set ${countedUp(['catalogue'])}`)
})
afterAll(() => county.close())

const { filedFor } = disowning(() => county)
async function on(day: string) {
  await county.services.database.rows(sql`update sessions set expires_at = '2099-01-01'`)
  await county.sandbox?.clock.moveTo(`${day}T02:00:00.000Z` as Instant)
}
const TO_REFUSAL = [
  ['village', 'verify'],
  ['window', 'accept'],
  ['reviewer', 'refuse', { reason: '户口在外县' }],
] as const

test('in no case of whose number says that they have died is anything renewed or applied for again', async () => {
  await on('2026-11-24')
  const elder = await bornBy(county)('骆丁', 3)
  const { person } = elder
  const stall = await applicationOf(county, person, 'LX-036', elder)
  const id = (await person.send<CaseCreated>('POST', '/api/cases', { body: stall })).body.id
  await acted(county, id, [
    ['zhao-min', 'accept', {}],
    ['zhao-min', 'grant', {}],
    ['zhao-min', 'conclude', {}],
    ['zhao-min', 'deliver', { method: 'pickup' }],
  ])
  const { validTo } = (
    await county.services.database.rows<{ validTo: string }>(
      sql`select valid_to::text as "validTo" from certificates where case_id = ${id}::uuid`,
    )
  )[0] ?? { validTo: '' }
  await on(`${validTo.slice(0, 8)}01`)
  const refused = await file(county, elder, 'LX-009')
  await play(county, refused, TO_REFUSAL)
  const other = await file(county, elder, 'LX-005')
  await play(county, other, TO_REFUSAL)
  expect((await caseOf(person, id)).certificate?.renewBy).not.toBeNull()
  expect((await caseOf(person, refused)).applyAgain).toBe(true)
  // What a stranger typed with the number tells them nothing of whether its owner lives.
  const stranger = await bornBy(county)('骆丁人', 3)
  const typed = await filedFor(stranger.person, elder)
  await play(county, typed, TO_REFUSAL.slice(0, 1))

  await death(county, other, 'record')
  expect((await caseOf(person, id)).certificate?.renewBy).toBeNull()
  expect((await caseOf(person, refused)).applyAgain).toBe(false)
  expect((await person.send('POST', `/api/cases/${refused}/again`)).status).toBe(409)
  const renewing = await applicationOf(county, person, 'LX-036', elder)
  const send = () =>
    person.send<{ code?: string }>('POST', '/api/cases', { body: { ...renewing, renews: id } })
  expect(await send()).toMatchObject({ status: 422, body: { code: 'certificate.not-renewable' } })

  await death(county, other, 'withdraw')
  expect((await caseOf(person, id)).certificate?.renewBy).not.toBeNull()
  expect((await caseOf(person, refused)).applyAgain).toBe(true)
  expect((await send()).status).toBe(201)
})

test('a case that was ended by a death in error bars nothing in the others: nobody could put it right', async () => {
  const elder = await bornBy(county)('骆戊', 3)
  const refused = await file(county, elder, 'LX-009')
  await play(county, refused, TO_REFUSAL)
  const ended = await file(county, elder, 'LX-005')
  await play(county, ended, [['village', 'terminate', { reason: 'deceased' }]])
  expect((await caseOf(elder.person, ended)).status).toBe('terminated')
  expect((await caseOf(elder.person, refused)).applyAgain).toBe(true)
})
