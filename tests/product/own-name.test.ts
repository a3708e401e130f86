import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApplicationForm, CaseCreated } from '#shared/contract/application'
import type { CaseDocument, CaseList } from '#shared/contract/case'
import type { Home, ServiceGuide } from '#shared/contract/service-item'
import { ALLOWANCE, allowanceOf, fileAllowance } from './allowance'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// A person reads their own name on their own cases in full, and what is under way for them or by them before a form.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const born = async (name: string, level: 2 | 3 = 3) => ({
  name,
  ...(await newcomer(county, { name, birth: ALLOWANCE.born, villageCode: ALLOWANCE.village, level })),
})
const listed = async (person: Person, id: string) =>
  (await person.send<CaseList>('GET', '/api/cases')).body.items.find((each) => each.id === id)
const fileFor = async (helper: Person, whom: { readonly name: string; readonly idNumber: string }) => {
  const body = { ...(await allowanceOf(helper, whom)), agent: true }
  const filed = await helper.send<CaseCreated>('POST', '/api/cases', { body })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return filed.body.id
}
const formOf = async (person: Person) =>
  (await person.send<ApplicationForm>('GET', `/api/service-items/${ALLOWANCE.item}/form`)).body
const guideOf = async (person: Person) =>
  (await person.send<ServiceGuide>('GET', `/api/service-items/${ALLOWANCE.item}`)).body

test('the owner reads their name in full, in the list and in the case; staff read it masked', async () => {
  const owner = await born('汪自家')
  const { id } = await fileAllowance(owner.person, owner.name, owner.idNumber)
  expect(await caseOf(owner.person, id)).toMatchObject({ ownName: '汪自家', applicantMasked: '汪*家' })
  expect(await listed(owner.person, id)).toMatchObject({ ownName: '汪自家', applicantMasked: '汪*家' })
  const village = await caseOf(await county.as('wang-lixin'), id)
  expect(village).toMatchObject({ ownName: null, applicantMasked: '汪*家' })
})

test('of what is filed for somebody else the filer reads a masked name; its owner the whole one', async () => {
  const [helper, owner] = [await born('汪帮忙'), await born('汪人家')]
  const id = await fileFor(helper.person, owner)
  expect(await caseOf(helper.person, id)).toMatchObject({ ownName: null, applicantMasked: '汪*家' })
  expect(await listed(helper.person, id)).toMatchObject({ ownName: null })
  expect(await listed(owner.person, id)).toMatchObject({ ownName: '汪人家', filedByOther: true })
  const alone = (await helper.person.send<Home>('GET', '/api/home')).body.me?.running
  expect(alone?.map(({ whose }) => whose)).toEqual(['汪*家'])
  expect((await owner.person.send<Home>('GET', '/api/home')).body.me?.running).toMatchObject([
    { whose: null },
  ])
  const own = await fileAllowance(helper.person, helper.name, helper.idNumber)
  const { running } = (await helper.person.send<Home>('GET', '/api/home')).body.me ?? {}
  expect(running?.map(({ caseId, whose }) => [caseId, whose]).sort()).toEqual(
    [
      [id, '汪*家'],
      [own.id, '汪帮忙'],
    ].sort(),
  )
})

test('a typed number opens no name, and another name beside one’s own number is not one’s own', async () => {
  const typed = await born('汪没核', 2)
  const { id } = await fileAllowance(typed.person, typed.name, typed.idNumber)
  expect(await caseOf(typed.person, id)).toMatchObject({ ownName: null })
  expect((await typed.person.send<Home>('GET', '/api/home')).body.me?.running).toMatchObject([
    { whose: null },
  ])
  const [helper, owner] = [await born('汪写错'), await born('汪本名')]
  const wrong = await fileFor(helper.person, { ...owner, name: '汪别名' })
  expect(await caseOf(owner.person, wrong)).toMatchObject({ ownName: null, applicantMasked: '汪*名' })
  expect(await listed(owner.person, wrong)).toMatchObject({ ownName: null })
})

test('another’s name beside one’s own number is masked wherever one reads it; whoever typed it reads what they typed', async () => {
  const [helper, owner] = [await born('汪代写'), await born('汪真名')]
  const wrong = await fileFor(helper.person, { ...owner, name: '汪那谁' })
  const readBy = async (person: Person) => {
    const view = await caseOf(person, wrong)
    const documents = await Promise.all(
      view.documents.map(({ id }) =>
        person.send<CaseDocument>('GET', `/api/cases/${wrong}/documents/${id}`).then(({ body }) => body),
      ),
    )
    return {
      whole: JSON.stringify([view, documents, await listed(person, wrong)]),
      name: view.answers.find(({ label }) => label === '姓名')?.text,
      to: documents.map(({ recipient }) => recipient?.split('（')[0]),
    }
  }
  await act(await county.as('wang-lixin'), wrong, 'verify')
  await act(await county.as('zhao-min'), wrong, 'accept')
  const seen = await readBy(owner.person)
  expect(seen).toMatchObject({ name: '汪*谁', to: ['汪*谁'] })
  expect(seen.whole).not.toContain('汪那谁')
  expect(await readBy(helper.person)).toMatchObject({ name: '汪那谁', to: ['汪*谁'] })
  expect((await readBy(await county.as('zhao-min'))).name).toBe('汪那谁')
  const { version } = await caseOf(owner.person, wrong)
  await owner.person.send('POST', `/api/cases/${wrong}/takeover`, { body: { version } })
  const after = await readBy(owner.person)
  // What was issued before names whom it names.
  expect(after).toMatchObject({ name: '汪真名', to: ['汪*谁'] })
  expect(after.whole).not.toContain('汪那谁')
})

test('who has filed for somebody is told of it before a second form, and so is who it is for; nobody else', async () => {
  const [helper, owner, other] = [await born('汪再帮'), await born('汪受助'), await born('汪旁人')]
  const id = await fileFor(helper.person, owner)
  const told = { caseId: id, applicantMasked: '汪*助' }
  expect((await formOf(helper.person)).filed).toMatchObject([{ ...told, whose: 'other' }])
  expect(await guideOf(helper.person)).toMatchObject({ filed: [{ whose: 'other' }], forOthers: true })
  expect((await guideOf(owner.person)).filed).toMatchObject([{ ...told, whose: 'helped' }])
  expect((await formOf(owner.person)).filed).toMatchObject([{ whose: 'helped' }])
  expect((await formOf(other.person)).filed).toEqual([])
  expect((await guideOf(other.person)).filed).toEqual([])
  // Taken over it is hers alone.
  const { version } = await caseOf(owner.person, id)
  const taken = await owner.person.send('POST', `/api/cases/${id}/takeover`, { body: { version } })
  expect(taken.status, JSON.stringify(taken.body)).toBe(200)
  expect((await formOf(helper.person)).filed).toEqual([])
  expect((await guideOf(owner.person)).filed).toMatchObject([{ ...told, whose: 'own' }])
})

test('a refusal leaves the first screen after a week, and stays among the cases', async () => {
  const owner = await born('汪被拒')
  const { id } = await fileAllowance(owner.person, owner.name, owner.idNumber)
  await act(await county.as('wang-lixin'), id, 'verify')
  await act(await county.as('zhao-min'), id, 'accept')
  await act(await county.as('sun-zhiyuan'), id, 'refuse', { reason: '户口不在本县' })
  const todos = async () =>
    (await owner.person.send<Home>('GET', '/api/home')).body.me?.todos.map(({ caseId }) => caseId)
  expect(await todos()).toEqual([id])
  expect(await listed(owner.person, id)).toMatchObject({ waitsForMe: 'result' })
  await county.door('POST', 'clock', { advanceHours: 7 * 24 })
  expect(await todos()).toEqual([])
  expect(await listed(owner.person, id)).toMatchObject({
    waitsForMe: 'none',
    outcome: { key: 'refused', word: '没批' },
  })
})
