import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

const DALIANG = '341821105200'

let county: County
let resident: Person
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-08-15T09:42:00+08:00' })
  const born = await newcomer(county, { name: '何桂英', birth: '1944-05-06', villageCode: DALIANG, level: 3 })
  resident = born.person
})
afterAll(() => county.close())

/** An application as the form sends it, its photos posted. */
async function applicationFor(itemId: string) {
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const wanted: string[] = []
  const input = validInput(item, createRandom(11), {
    ...packContext(plainDate('2026-08-15')),
    onFileCredentialCodes: new Set(),
    villageCode: DALIANG,
    uploadId: () => {
      wanted.push(`00000000-0000-7000-8000-${String(wanted.length).padStart(12, '0')}`)
      return wanted.at(-1) ?? ''
    },
  })
  let body = JSON.stringify({ serviceItemId: itemId, ...input })
  expect(wanted.length).toBeGreaterThan(0)
  for (const id of wanted) if (body.includes(id)) body = body.replaceAll(id, await resident.upload())
  return body
}

const file = (key: string, body: string) => resident.send<CaseCreated>('POST', '/api/cases', { key, body })
const casesOfResident = async () =>
  (await resident.send<{ items: object[] }>('GET', '/api/cases')).body.items.length

test('an application with photos is filed once, however often and however fast it is sent', async () => {
  const before = await casesOfResident()
  const body = await applicationFor('LX-005')
  const together = await Promise.all([1, 2, 3].map(() => file('photos-together', body)))
  const later = await file('photos-together', body)
  const answers = [...together, later].filter(({ status }) => status !== 409)
  expect(answers.length).toBeGreaterThanOrEqual(2)
  for (const { status, body: created } of answers) {
    expect(status, JSON.stringify(created)).toBe(201)
    expect(created).toEqual(later.body)
  }
  expect(await casesOfResident()).toBe(before + 1)
})

test('what was filed on the last day is answered again after it', async () => {
  const body = await applicationFor('LX-004')
  const first = await file('last-day', body)
  expect(first.status, JSON.stringify(first.body)).toBe(201)
  await county.door('POST', 'clock', { set: '2026-08-16T00:05:00+08:00' })
  expect((await file('another-key', body)).status).not.toBe(201)
  expect(await file('last-day', body)).toMatchObject({ status: 201, body: first.body })
})

test('who hands a case over, sees it no more and lost the answer gets the answer again', async () => {
  const { body } = await file('to-be-transferred', await applicationFor('LX-005'))
  await act(await county.as('wang-lixin'), body.id, 'verify')
  const window = await county.as('zhao-min')
  const view = await caseOf(window, body.id)
  const allowed = view.staff?.allowed.find(({ action }) => action === 'transfer')
  const toUnitId = view.staff?.transferTargets[0]?.unitId
  const handOver = () =>
    window.send('POST', `/api/cases/${body.id}/actions`, {
      key: 'handed-over',
      body: {
        action: 'transfer',
        stepKey: allowed?.stepKey,
        unitId: allowed?.unitId,
        version: view.version,
        toUnitId,
        reason: '户口已经迁到那边',
      },
    })
  const first = await handOver()
  expect(first.status, JSON.stringify(first.body)).toBe(200)
  expect(await handOver()).toMatchObject({ status: 200, body: first.body })
})
