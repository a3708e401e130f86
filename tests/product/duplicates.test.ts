import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApplicationForm } from '#shared/contract/application'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'
import { filing } from './filing'

// When a second application is the same one, and who is told.
const DALIANG = '341821105200'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

/** Files a valid application of an item; `change` replaces answers. */
const file = filing(() => county)

const resident = async (name: string, level: 2 | 3 = 3) => {
  const born = await newcomer(county, { name, birth: '1975-03-05', villageCode: DALIANG, level })
  return { ...born, name }
}

async function staffOf(role: 'village-agent' | 'town-window' | 'window', unitId: string) {
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
  const again = await file(neighbour.person, 'LX-029', neighbour, { invoice: '№３４００-1234' })
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

const withdraw = async (person: Person, id: string) => {
  const { version } = await caseOf(person, id)
  const { status } = await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })
  expect(status).toBe(200)
}

const confirm = async ({ person, personId }: { person: Person; personId: string }) => {
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  const answer = await person.send('POST', '/api/account/identity-confirmation', {
    body: { code: body.code },
  })
  expect(answer.status).toBe(200)
}

// It may have been granted long ago.
const TWICE = { status: 409, body: { code: 'application.duplicate', title: '同样的一件交过了' } }

test('a case that its owner took over bars a third when the first has ended', async () => {
  const owner = await resident('吴桂花')
  const { person: son } = await resident('吴大山')
  const first = await file(owner.person, 'LX-013', owner)
  const second = await file(son, 'LX-013', owner)
  expect([first.status, second.status], JSON.stringify(second.body)).toEqual([201, 201])
  const { version } = await caseOf(owner.person, second.body.id)
  const taken = await owner.person.send('POST', `/api/cases/${second.body.id}/takeover`, {
    body: { version },
  })
  expect(taken.status, JSON.stringify(taken.body)).toBe(200)
  await withdraw(owner.person, first.body.id)
  const form = await owner.person.send<ApplicationForm>('GET', '/api/service-items/LX-013/form')
  expect(form.body.filed).toMatchObject([{ caseId: second.body.id, whose: 'own' }])
  expect(await file(owner.person, 'LX-013', owner)).toMatchObject({
    ...TWICE,
    body: { ...TWICE.body, caseId: second.body.id },
  })
  await withdraw(owner.person, second.body.id)
  expect((await file(owner.person, 'LX-013', owner)).status).toBe(201)
})

test('a case filed before its owner was confirmed bars a second from the confirmation on', async () => {
  const owner = await resident('吴桂枝', 2)
  const first = await file(owner.person, 'LX-013', owner)
  expect((await file(owner.person, 'LX-013', owner)).status).toBe(201)
  await confirm(owner)
  const third = await file(owner.person, 'LX-013', owner)
  expect(third).toMatchObject(TWICE)
  expect(third.body.caseId).toBe(first.body.id)
})

test('a case that was corrected to a key bars it when the one that had it has ended', async () => {
  const owner = await resident('吴桂兰')
  const first = await file(owner.person, 'LX-029', owner, { invoice: '34005678' })
  const second = await file(owner.person, 'LX-029', owner, { invoice: '34005679' })
  expect([first.status, second.status], JSON.stringify(second.body)).toEqual([201, 201])
  await act(await staffOf('town-window', '341821105'), second.body.id, 'request-correction', {
    reason: '发票号不对',
    items: [{ kind: 'field', name: 'invoice', reason: '不对' }],
  })
  const { version } = await caseOf(owner.person, second.body.id)
  const answered = await owner.person.send('POST', `/api/cases/${second.body.id}/supplement`, {
    body: { version, answers: { invoice: '34005678' } },
  })
  expect(answered.status, JSON.stringify(answered.body)).toBe(200)
  await withdraw(owner.person, first.body.id)
  expect(await file(owner.person, 'LX-029', owner, { invoice: '34005678' })).toMatchObject({
    ...TWICE,
    body: { ...TWICE.body, caseId: second.body.id },
  })
  // Which of two at once comes first does not matter: one is taken.
  await withdraw(owner.person, second.body.id)
  const both = await Promise.all(
    [1, 2].map(() => file(owner.person, 'LX-029', owner, { invoice: '34005678' })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
})

test('a key from papers on file is known with the confirmation, and not before', async () => {
  const agent = await staffOf('village-agent', DALIANG)
  const son = { name: '李晓东', idNumber: '34182119960402267X' }
  const { person: helper } = await resident('吴大林', 2)
  const { body, status } = await file(helper, 'LX-025', son)
  expect(status, JSON.stringify(body)).toBe(201)
  const before = await caseOf(agent, body.id)
  expect(before.staff?.duplicates).toEqual([])
  const confirmed = await agent.send('POST', `/api/cases/${body.id}/identity-confirmation`, {
    body: { version: before.version, reason: '本人带身份证来的' },
  })
  expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200)
  // Father and mother of the same household applied before.
  expect((await caseOf(agent, body.id)).staff?.duplicates).toHaveLength(2)
  const again = await file(await county.as('li-xiaodong'), 'LX-025', son)
  expect(again).toMatchObject({ ...TWICE, body: { caseId: body.id } })
})

test('periods that overlap under the same key are shown to staff with what overlaps, and bar nobody', async () => {
  const owner = await resident('吴灵活')
  const during = (from: string, to: string) => file(owner.person, 'LX-019', owner, { period: { from, to } })
  const first = await during('2026-01-01', '2026-06-30')
  const nearly = await during('2026-01-01', '2026-06-29')
  const apart = await during('2026-07-01', '2026-09-30')
  const over = await during('2026-06-30', '2026-07-31')
  expect(
    [first, nearly, apart, over].map(({ status }) => status),
    JSON.stringify([first.body, nearly.body, apart.body, over.body]),
  ).toEqual([201, 201, 201, 201])
  expect(await during('2026-01-01', '2026-06-30')).toMatchObject(TWICE)
  const staff = await staffOf('window', 'hrss')
  const seen = (await caseOf(staff, first.body.id)).staff
  expect(seen?.duplicates).toEqual([
    expect.objectContaining({ id: over.body.id, note: '申领期间有重叠' }),
    expect.objectContaining({ id: nearly.body.id, note: '申领期间有重叠' }),
  ])
  expect(seen?.hiddenDuplicates).toBe(0)
})

test('a founder, who has no number in the form, is barred from founding the same firm twice', async () => {
  const founder = await resident('吴创业')
  const found = (entName: string, by = founder) => file(by.person, 'LX-032', by, { entName })
  const first = await found('郎溪大梁茶业有限公司')
  expect(first.status, JSON.stringify(first.body)).toBe(201)
  expect(await found('郎溪大梁茶业有限公司')).toMatchObject({
    ...TWICE,
    body: { ...TWICE.body, caseId: first.body.id },
  })
  expect((await found('郎溪大梁竹业有限公司')).status).toBe(201)
  // Another's firm of the same name is taken, and staff see both.
  const other = await resident('吴另起')
  const second = await found('郎溪大梁茶业有限公司', other)
  expect(second.status).toBe(201)
  const staff = await staffOf('window', 'market')
  expect((await caseOf(staff, second.body.id)).staff?.duplicates.map(({ id }) => id)).toEqual([first.body.id])
})

test('a founder who is confirmed after filing is barred once the case has learned of it', async () => {
  const founder = await resident('吴后核', 2)
  const file32 = () => file(founder.person, 'LX-032', founder, { entName: '郎溪后核有限公司' })
  const first = await file32()
  expect(first.status, JSON.stringify(first.body)).toBe(201)
  await confirm(founder)
  await act(await staffOf('window', 'market'), first.body.id, 'accept')
  expect(await file32()).toMatchObject({ ...TWICE, body: { ...TWICE.body, caseId: first.body.id } })
})

test('a firm’s second case that is corrected to the policy of its first is shown beside it, and bars in its turn', async () => {
  const agent = await county.as('li-jianguo')
  const head = { name: '李建国', idNumber: '341821196805123019' }
  const firm = { uscc: '92341821DEM903328K', entName: '郎溪县梅渚镇李记小吃店' }
  const claim = (policy: string) =>
    file(agent, 'LX-046', head, { ...firm, policy, period: { from: '2026-01-01', to: '2026-06-30' } })
  const [first, second] = [await claim('P01'), await claim('P02')]
  expect([first.status, second.status], JSON.stringify([first.body, second.body])).toEqual([201, 201])
  const staff = await staffOf('window', 'invest')
  const seen = async (id: string) => (await caseOf(staff, id)).staff?.duplicates.map((each) => each.id)
  expect(await seen(first.body.id)).toEqual([])
  await act(staff, second.body.id, 'request-correction', {
    reason: '政策条款选错了',
    items: [{ kind: 'field', name: 'policy', reason: '不对' }],
  })
  const { version } = await caseOf(agent, second.body.id)
  const answered = await agent.send('POST', `/api/cases/${second.body.id}/supplement`, {
    body: { version, answers: { policy: 'P01' } },
  })
  expect(answered.status, JSON.stringify(answered.body)).toBe(200)
  expect(await seen(first.body.id)).toEqual([second.body.id])
  expect(await seen(second.body.id)).toEqual([first.body.id])
  await withdraw(agent, first.body.id)
  expect(await claim('P01')).toMatchObject({ ...TWICE, body: { caseId: second.body.id } })
  expect((await claim('P02')).status).toBe(201)
})

test('a stranger who files under a firm’s code first does not bar the firm', async () => {
  const shop = { uscc: '92341821DEM903328K', entName: '郎溪县梅渚镇李记小吃店' }
  const stranger = await resident('吴冒名')
  const first = await file(stranger.person, 'LX-046', stranger, shop)
  expect(first.status, JSON.stringify(first.body)).toBe(201)
  const representative = await county.as('li-jianguo')
  const owner = { name: '李建国', idNumber: '341821196805123019' }
  const firms = await file(representative, 'LX-046', owner, shop)
  expect(firms.status, JSON.stringify(firms.body)).toBe(201)
  const again = await file(representative, 'LX-046', owner, shop)
  expect(again).toMatchObject({ status: 409, body: { caseId: firms.body.id } })
})

test('whom a counter alone has confirmed files again, and staff see both', async () => {
  const { person, ...filer } = await resident('吴再交', 2)
  const first = await file(person, 'LX-009', filer)
  const window = await staffOf('town-window', '341821105')
  const { version } = await caseOf(window, first.body.id)
  const body = { version, reason: '本人和身份证都在面前' }
  const confirmed = await window.send('POST', `/api/cases/${first.body.id}/identity-confirmation`, { body })
  expect(confirmed.status).toBe(200)
  const second = await file(person, 'LX-009', filer)
  expect(second.status, JSON.stringify(second.body)).toBe(201)
  const seen = (await caseOf(window, second.body.id)).staff?.duplicates.map(({ id }) => id)
  expect(seen).toEqual([first.body.id])
})
