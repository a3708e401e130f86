import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApplicationForm } from '#shared/contract/application'
import type { Problem } from '#shared/contract/problems'
import { replay } from '#shared/domain/case/evolve'
import { type StoredState, upgradeEvent, upgradeState } from '#shared/domain/case/upgrade'
import { bornBy } from '../e2e/scenes'
import { packItems } from '../generated-input'
import { type County, caseOf, openCounty, type Person } from './county'
import { choose } from './deliver'
import { applicationOf } from './filing'

// How the papers are wanted, said with the application: in its transaction, as it may be said after it.
const ADDRESS = '郎溪县梅渚镇大梁村 12 号'
const ITEM = 'LX-005'
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const born = (name: string) => bornBy(county)(name)
async function fileWith(
  who: { person: Person; name?: string; idNumber: string },
  name: string,
  delivery: object,
) {
  const body = await applicationOf(county, who.person, ITEM, { name, idNumber: who.idNumber })
  return who.person.send<Partial<Problem> & { id: string; version: number }>('POST', '/api/cases', {
    body: { ...body, delivery },
  })
}

test('what is wanted by post is so from the first, sealed, and told to who writes the letter', async () => {
  const owner = await born('焦先选')
  const filed = await fileWith(owner, '焦先选', { method: 'post', address: ADDRESS })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const { id } = filed.body
  const seen = await caseOf(owner.person, id)
  expect(seen.delivery?.choice).toEqual({ method: 'post', label: '寄到家', address: ADDRESS })
  expect(seen.timeline.map(({ type }) => type)).toEqual(['delivery-chosen', 'filed'])
  expect(filed.body.version).toBe(seen.version)

  const stored = await county.services.database.rows(sql`select payload::text from case_events
    where case_id = ${id}::uuid union all select state::text from cases where id = ${id}::uuid`)
  expect(JSON.stringify(stored)).not.toContain('大梁村 12 号')
  const guide = packItems().find((each) => each.id === ITEM)
  const [row] = await county.services.database.rows<{ state: StoredState }>(
    sql`select state from cases where id = ${id}::uuid`,
  )
  const events = await county.services.database.rows<Parameters<typeof upgradeEvent>[0]>(
    sql`select type, payload, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from case_events where case_id = ${id}::uuid order by sequence`,
  )
  if (!guide || !row) throw new Error('no case')
  expect(JSON.parse(JSON.stringify(replay(guide, events.map(upgradeEvent))))).toEqual(upgradeState(row.state))
  // It may be said otherwise until it is on its way.
  expect((await choose(owner.person, id, { method: 'pickup' })).status).toBe(200)
})

test('who is confirmed may agree to be served on the phone, and nobody else', async () => {
  const owner = await born('焦手机')
  const form = await owner.person.send<ApplicationForm>('GET', `/api/service-items/${ITEM}/form`)
  expect(form.body.deliveryChoices?.map(({ method }) => method)).toEqual(['electronic', 'post', 'pickup'])
  const filed = await fileWith(owner, '焦手机', { method: 'electronic' })
  expect((await caseOf(owner.person, filed.body.id)).delivery?.choice?.method).toBe('electronic')

  const helper = await born('焦帮忙')
  const elder = await born('焦老人')
  const helped = await fileWith({ person: helper.person, idNumber: elder.idNumber }, '焦老人', {
    method: 'electronic',
  })
  expect([helped.status, helped.body.code, helped.body.errors?.map(({ pointer }) => pointer)]).toEqual([
    422,
    'application.invalid',
    ['/delivery/method'],
  ])
})

test('an address goes with a letter alone, and a letter with an address', async () => {
  const owner = await born('焦地址')
  const pointers = async (delivery: object) => {
    const { status, body } = await fileWith(owner, '焦地址', delivery)
    return [status, body.errors?.map(({ pointer }) => pointer)]
  }
  expect(await pointers({ method: 'post' })).toEqual([422, ['/delivery/address']])
  expect(await pointers({ method: 'pickup', address: ADDRESS })).toEqual([422, ['/delivery/address']])
  expect(await pointers({ method: 'bank' })).toEqual([400, ['/delivery/method']])
})
