import { afterAll, beforeAll, expect, test } from 'vitest'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// What the law orders on the day, by whoever acts first: organ, remedy, what was asked for, when silence is consent.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

type Problem = { code: string; detail?: string; errors?: { pointer: string; message: string }[] }

let people = 0
async function filed(itemId: string, birth = '1960-03-05') {
  people += 1
  const name = `钱春${'甲乙丙丁戊己庚辛壬癸子丑寅卯'.charAt(people)}`
  const born = await newcomer(county, { name, birth, villageCode: DALIANG, level: 3 })
  return { ...born, id: await file(county, { ...born, name }, itemId) }
}

const supplement = async (person: Person, id: string, brought: Record<string, unknown>) => {
  const { version } = await caseOf(person, id)
  const { status, body } = await person.send<Problem>('POST', `/api/cases/${id}/supplement`, {
    body: { version, ...brought },
  })
  return [status, body.errors?.map(({ pointer, message }) => [pointer, message])]
}

test('what a department declines of a decision of the county is objected to where its own acts are', async () => {
  const { person, id } = await filed('LX-027')
  await act(await county.as('window-agri'), id, 'decline', { reason: '不属于本机关职权' })
  expect((await caseOf(person, id)).timeline[0]?.note).toBe(
    '不属于本机关职权。不服这个决定，可以在收到后 60 日内向郎溪县人民政府申请行政复议，或者在 6 个月内向郎溪县人民法院起诉。',
  )
  const aid = await filed('LX-050')
  await act(await county.as('window-justice'), aid.id, 'decline', { reason: '不属于法律援助范围' })
  expect((await caseOf(aid.person, aid.id)).timeline[0]?.note).toContain('先向郎溪县司法局提出异议')
})

test('a notice is answered by all that it asks for, be it as it was', async () => {
  const { person, id } = await filed('LX-026')
  const items = [
    { kind: 'material', name: '居民身份证', reason: '看不清' },
    { kind: 'field', name: 'species', reason: '树种写错了' },
    { kind: 'field', name: 'volume', reason: '数目不对' },
  ]
  await act(await county.as('window-forest'), id, 'request-correction', { reason: '缺几样', items })
  const materials = [{ name: '居民身份证', files: [await person.upload()] }]
  const before = (await caseOf(person, id)).correction?.answers ?? {}
  const { species, volume } = before
  const lacks = [
    ['/answers/species', '还差：树种'],
    ['/answers/volume', '还差：蓄积/数量（m³或株）'],
  ]
  expect(await supplement(person, id, { materials })).toEqual([422, lacks])
  expect(await supplement(person, id, { materials, answers: { species } })).toEqual([422, lacks.slice(1)])
  expect((await caseOf(person, id)).correction).not.toBeNull()
  expect(await supplement(person, id, { materials, answers: { species, volume } })).toEqual([200, undefined])
})
