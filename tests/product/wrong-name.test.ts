import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseChanged } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// The owner's number with another name beside it: nobody is stuck with what somebody else has written.
const DALIANG = '341821105200'
const CARD = '居民身份证'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const resident = (name: string) =>
  newcomer(county, { name, birth: '1985-02-02', villageCode: DALIANG, level: 3 })

/** 失业登记 that a neighbour files. */
async function misnamed(idNumber: string) {
  const { person } = await resident('邻居甲')
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-017',
      answers: {
        name: '错名字',
        idNo: idNumber,
        mobile: '15400000001',
        villageCode: DALIANG,
        leaveDate: '2026-11-01',
        leaveReason: '个人辞职',
      },
      materials: [{ name: CARD, files: [await person.upload()] }],
      agent: true,
    },
  })
  expect(filed, JSON.stringify(filed.body)).toMatchObject({ status: 201 })
  return { filer: person, ...filed.body }
}

const send = async (person: Person, id: string, door: string, body: object = {}) =>
  person.send<CaseChanged & { errors?: readonly { pointer: string }[] }>('POST', `/api/cases/${id}/${door}`, {
    body: { version: (await caseOf(person, id)).version, ...body },
  })
const ask = (window: Person, id: string, name: string) =>
  act(window, id, 'request-correction', {
    reason: '再对一遍',
    items: [{ kind: 'field', name, reason: '再对一遍' }],
  })

test('a takeover writes the confirmed name, and with it the applicant is known', async () => {
  const { person: owner, idNumber } = await resident('甄名字')
  const window = await county.as('zhao-min')
  const { filer, id, caseNumber } = await misnamed(idNumber)
  expect((await send(owner, id, 'takeover')).status).toBe(200)
  const view = await caseOf(owner, id)
  expect(view).toMatchObject({ identityConfirmed: true, identityAwaited: null, applicantMasked: '甄*字' })
  expect(view.answers.find(({ key }) => key === 'name')?.text).toBe('甄名字')
  expect(view.timeline.map(({ type }) => type)).toEqual([
    'identity-confirmed',
    'applicant-named',
    'taken-over',
    'filed',
  ])
  const told = (await window.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ lines }) =>
    lines.some((line) => line.includes(caseNumber)),
  )
  expect(told[0]?.lines.join()).toContain('姓名')
  expect((await filer.send('GET', `/api/cases/${id}`)).status).toBe(404)
  await act(window, id, 'accept')
  expect((await act(window, id, 'grant')).status).toBe(200)
  expect((await caseOf(owner, id)).decision?.recipient).toContain('甄名字')
  // It bars a second one of its owner now.
  const again = await owner.send('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-017',
      answers: {
        name: '甄名字',
        idNo: idNumber,
        mobile: '15400000001',
        villageCode: DALIANG,
        leaveDate: '2026-11-01',
        leaveReason: '个人辞职',
      },
      materials: [{ name: CARD, files: [await owner.upload()] }],
    },
  })
  expect(again).toMatchObject({ status: 409, body: { caseId: id } })
})

test('what the owner brings is not refused for a name that they did not send', async () => {
  const { person: owner, idNumber } = await resident('甄姓名')
  const window = await county.as('zhao-min')
  const { id } = await misnamed(idNumber)
  const added = await send(owner, id, 'additions', {
    answers: { mobile: '15400009999' },
    materials: [{ name: CARD, files: [await owner.upload()] }],
  })
  expect(added, JSON.stringify(added.body)).toMatchObject({ status: 200 })
  await ask(window, id, 'mobile')
  const answered = await send(owner, id, 'supplement', { answers: { mobile: '15400008888' } })
  expect(answered, JSON.stringify(answered.body)).toMatchObject({ status: 200 })
})

test('a name is asked for while the applicant is not confirmed, though its owner has brought something', async () => {
  const { person: owner, idNumber } = await resident('甄叫法')
  const window = await county.as('zhao-min')
  const { id } = await misnamed(idNumber)
  await send(owner, id, 'additions', { answers: { mobile: '15400009999' } })
  const choices = (await caseOf(window, id)).staff?.correctionChoices.map(({ name }) => name)
  expect(choices).toContain('name')
  expect(choices).not.toContain('idNo')
  expect((await ask(window, id, 'name')).status).toBe(200)
  const wrong = await send(owner, id, 'supplement', { answers: { name: '错名字' } })
  expect(wrong).toMatchObject({ status: 422, body: { code: 'application.name-differs' } })
  const right = await send(owner, id, 'supplement', { answers: { name: '甄叫法' } })
  expect(right, JSON.stringify(right.body)).toMatchObject({ status: 200 })
  expect(await caseOf(owner, id)).toMatchObject({ applicantMasked: '甄*法' })
})
