import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// When a second application is the same one, and who is told.
const DALIANG = '341821105200'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

interface Applicant {
  readonly name: string
  readonly idNumber: string
}

/** Files a valid application of an item; `change` replaces answers. */
async function file(
  person: Person,
  itemId: string,
  { name, idNumber }: Applicant,
  change: Record<string, unknown> = {},
) {
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => person.upload()))
  const input = validInput(item, createRandom(7), {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { name, idNumber, mobile: '15400000001' },
    villageCode: DALIANG,
  })
  return person.send<CaseCreated & { caseId?: string }>('POST', '/api/cases', {
    body: { serviceItemId: itemId, ...input, answers: { ...input.answers, ...change } },
  })
}

const resident = async (name: string, level: 2 | 3 = 3) => {
  const born = await newcomer(county, { name, birth: '1975-03-05', villageCode: DALIANG, level })
  return { ...born, name }
}

async function staffOf(role: 'village-agent' | 'town-window', unitId: string) {
  const { holders } = await county.app.reference.current()
  return county.as(holders(role, unitId)[0]?.id ?? '')
}

test('the same household or invoice by another owner is taken, and staff of both see both', async () => {
  const agent = await staffOf('village-agent', DALIANG)
  const seen = async (id: string) => (await caseOf(agent, id)).staff?.duplicates.map((each) => each.id)
  const head = { name: '李建国', idNumber: '341821196805123019' }
  const wife = { name: '周小梅', idNumber: '341821197108202744' }
  const first = await file(await county.as('li-jianguo'), 'LX-025', head)
  expect(first.status, JSON.stringify(first.body)).toBe(201)
  const second = await file(await county.as('zhou-xiaomei'), 'LX-025', wife)
  expect(second.status, JSON.stringify(second.body)).toBe(201)
  expect(await seen(first.body.id)).toEqual([second.body.id])
  expect(await seen(second.body.id)).toEqual([first.body.id])

  const [buyer, neighbour] = [await resident('吴大成'), await resident('吴小成', 2)]
  const bought = await file(buyer.person, 'LX-029', buyer, { invoice: '34001234' })
  const again = await file(neighbour.person, 'LX-029', neighbour, { invoice: '3400 1234' })
  expect([bought.status, again.status], JSON.stringify([bought.body, again.body])).toEqual([201, 201])
  expect(await seen(again.body.id)).toEqual([bought.body.id])
  // The key follows what the answers say now.
  await act(await staffOf('town-window', '341821105'), again.body.id, 'request-correction', {
    reason: '发票号不对',
    items: [{ kind: 'field', name: 'invoice', reason: '不对' }],
  })
  const { version } = await caseOf(neighbour.person, again.body.id)
  const answered = await neighbour.person.send('POST', `/api/cases/${again.body.id}/supplement`, {
    body: { version, answers: { invoice: '34009999' } },
  })
  expect(answered.status, JSON.stringify(answered.body)).toBe(200)
  expect(await seen(bought.body.id)).toEqual([])
})
