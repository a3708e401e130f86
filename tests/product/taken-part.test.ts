import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseView } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import { ALLOWANCE, allowanceOf } from './allowance'
import { type County, caseOf, newcomer, openCounty, type Person } from './county'

// Whoever types a number learns nothing of whose it is, until its owner takes part.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const born = async (name: string, level: 0 | 2 | 3) => ({
  ...(await newcomer(county, { name, birth: ALLOWANCE.born, villageCode: ALLOWANCE.village, level })),
  name,
})
type Born = Awaited<ReturnType<typeof born>>

async function filedFor(person: Person, applicant: Born) {
  const body = { ...(await allowanceOf(person, applicant)), agent: true }
  const filed = await person.send<CaseCreated>('POST', '/api/cases', { body })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return filed.body
}

const withdrawn = async (person: Person, id: string) =>
  (
    await person.send('POST', `/api/cases/${id}/withdrawal`, {
      body: { version: (await caseOf(person, id)).version },
    })
  ).status

/** Without what tells one case from another. */
function scrubbed(view: CaseView, { idNumber }: Born) {
  const { caseNumber: _number, filedAt: _at, id, ...rest } = view
  return JSON.parse(
    JSON.stringify(rest)
      .replaceAll(id, '')
      .replaceAll(idNumber, '')
      .replaceAll(idNumber.slice(-4), '')
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')
      .replace(/"at":"[^"]*"/g, '"at":""'),
  )
}

test('the case of a number that is somebody’s looks and is taken back like that of a number nobody has', async () => {
  const [known, unknown] = [await born('毕有人', 3), await born('毕没人', 0)]
  const { person } = await born('毕代交', 2)
  const [first, second] = [await filedFor(person, known), await filedFor(person, unknown)]
  const [seen, other] = [await caseOf(person, first.id), await caseOf(person, second.id)]
  expect(seen).toMatchObject({ mayWithdraw: true, mayAdd: true })
  expect(scrubbed(seen, known)).toEqual(
    JSON.parse(JSON.stringify(scrubbed(other, unknown)).replaceAll('没', '有')),
  )
  expect(await withdrawn(person, first.id)).toBe(200)
  expect(await withdrawn(person, second.id)).toBe(200)
  const told = (await known.person.send<Inbox>('GET', '/api/inbox')).body.items
  expect(told.map(({ title }) => title)).toContain('高龄津贴撤回了')
})

test('once its owner has brought something whoever filed it takes nothing back', async () => {
  const owner = await born('毕参与', 3)
  const { person } = await born('毕帮忙', 2)
  const { id, version } = await filedFor(person, owner)
  const added = await owner.person.send('POST', `/api/cases/${id}/additions`, {
    body: { version, answers: { mobile: '15400000088' } },
  })
  expect(added.status, JSON.stringify(added.body)).toBe(200)
  expect(await caseOf(person, id)).toMatchObject({ mayWithdraw: false, addable: { fields: [] } })
  expect(await withdrawn(person, id)).toBe(409)
})
