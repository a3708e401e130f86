import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '#shared/contract/account'
import type { ApplicationForm, CaseCreated } from '#shared/contract/application'
import type { CaseList } from '#shared/contract/case'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

// 陈桂兰 of the pack: confirmed, with an ID card, a household register and a social security card on file.
const OWNER = { id: 'chen-guilan', name: '陈桂兰', idNumber: '341821194611180024' }
const DALIANG = '341821105200'

async function fileFor(person: Person, extra: Record<string, unknown> = {}) {
  const files = [await person.upload(), await person.upload(), await person.upload()]
  return person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-005',
      answers: {
        name: OWNER.name,
        idNo: OWNER.idNumber,
        mobile: '15400000003',
        villageCode: DALIANG,
        birth: '1946-11-18',
        bankCard: '6299000043030583308',
      },
      materials: [
        { name: '居民身份证', files: [files[0]] },
        { name: '居民户口簿', files: [files[1]] },
        { name: '社会保障卡（或本人银行卡）', files: [files[2]] },
      ],
      ...extra,
    },
  })
}

/** Another WeChat account, whose holder types the owner's name and number. */
async function impostor() {
  const { person, personId } = await newcomer(county, {
    name: '路人甲',
    birth: '1990-01-01',
    villageCode: DALIANG,
    level: 1,
  })
  const typed = await person.send('POST', '/api/account/identity', {
    body: { name: OWNER.name, idNumber: OWNER.idNumber },
  })
  return { person, personId, typed }
}

test('a typed number opens nothing of its owner, and no answer tells whether it is known', async () => {
  const { person, typed } = await impostor()
  const unknown = await newcomer(county, {
    name: '钱二',
    birth: '1991-02-02',
    villageCode: DALIANG,
    level: 1,
  })
  const other = await unknown.person.send('POST', '/api/account/identity', {
    body: { name: '钱二', idNumber: unknown.idNumber },
  })
  expect(typed.status).toBe(other.status)
  expect(Object.keys(typed.body)).toEqual(Object.keys(other.body))
  expect(typed.body).toMatchObject({ realNameLevel: 2 })

  const form = await person.send<ApplicationForm>('GET', '/api/service-items/LX-005/form')
  expect(form.body.onFileCredentialCodes).toEqual([])
  expect(form.body.prefills.every(({ source }) => source.startsWith('你') || source === '来自身份证号')).toBe(
    true,
  )
  expect(form.body.filed).toEqual([])
  const guide = await person.send<{ papers: { state: string }[] }>('GET', '/api/service-items/LX-005')
  expect(guide.body.papers.map(({ state }) => state)).not.toContain('on-file')
  expect((await person.send<CaseList>('GET', '/api/cases')).body.items).toEqual([])
})

test('the birth date follows from the number that one registered with', async () => {
  const { person } = await newcomer(county, {
    name: '沈秀英',
    birth: '1944-03-05',
    villageCode: DALIANG,
    level: 2,
  })
  const form = await person.send<ApplicationForm>('GET', '/api/service-items/LX-005/form')
  expect(form.body.prefills.find(({ key }) => key === 'birth')).toMatchObject({
    value: '1944-03-05',
    source: '来自身份证号',
  })
})

test('an unconfirmed application does not block the owner’s, and waits for the identity before a grant', async () => {
  const { person } = await impostor()
  const first = await fileFor(person)
  expect(first.status).toBe(201)
  const owner = await county.as(OWNER.id)
  const own = await owner.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-005',
      answers: {
        name: OWNER.name,
        idNo: OWNER.idNumber,
        mobile: '15405631620',
        villageCode: DALIANG,
        birth: '1946-11-18',
        bankCard: '6299000043030583308',
      },
      materials: [],
    },
  })
  expect(own.status, JSON.stringify(own.body)).toBe(201)
  // The confirmed owner sees what others filed under the number; a second own one is told where the first is.
  const seen = (await owner.send<CaseList>('GET', '/api/cases')).body.items
  expect(seen.map(({ id }) => id).sort()).toEqual([first.body.id, own.body.id].sort())
  expect(seen.find(({ id }) => id === first.body.id)?.filedByOther).toBe(true)
  const again = await fileFor(owner)
  expect(again).toMatchObject({ status: 409, body: { code: 'application.duplicate', caseId: own.body.id } })
  // The impostor sees their own case only.
  expect((await person.send<CaseList>('GET', '/api/cases')).body.items.map(({ id }) => id)).toEqual([
    first.body.id,
  ])
  expect((await person.send('GET', `/api/cases/${own.body.id}`)).status).toBe(404)
})

test('papers that are on file need not be brought by the confirmed owner, and must be by everybody else', async () => {
  const { person } = await impostor()
  const without = await fileFor(person, { materials: [] })
  expect(without).toMatchObject({ status: 422, body: { code: 'application.invalid' } })
  expect(JSON.stringify(without.body)).toContain('/materials')
})

test('the impostor cannot be confirmed; the owner through a second WeChat account can, and has one profile', async () => {
  const { person, personId } = await impostor()
  const code = async (who: string) =>
    (await county.door<{ code: string }>('POST', 'login-codes', { person: who, purpose: 'real-name' })).body
      .code
  const refused = await person.send('POST', '/api/account/identity-confirmation', {
    body: { code: await code(personId) },
  })
  expect(refused).toMatchObject({ status: 422, body: { code: 'account.identity-mismatch' } })

  const owner = await county.as(OWNER.id)
  const cases = (await owner.send<CaseList>('GET', '/api/cases')).body.items.length
  const second = await county.door<{ id: string }>('POST', 'people', {
    name: OWNER.name,
    birth: '1946-11-18',
    villageCode: DALIANG,
    sameAs: OWNER.id,
  })
  const phone = await county.logIn(second.body.id)
  await phone.send('POST', '/api/account/identity', { body: { name: OWNER.name, idNumber: OWNER.idNumber } })
  expect((await phone.send<CaseList>('GET', '/api/cases')).body.items).toEqual([])
  const joined = await phone.send<{ id: string }>('POST', '/api/account/identity-confirmation', {
    body: { code: await code(second.body.id) },
  })
  const profile = (await owner.send<Account>('GET', '/api/account')).body
  expect(joined).toMatchObject({ status: 200, body: { id: profile.id, realNameLevel: 3 } })
  expect((await phone.send<Account>('GET', '/api/account')).body.id).toBe(profile.id)
  expect((await phone.send<CaseList>('GET', '/api/cases')).body.items).toHaveLength(cases)
  const sessions = await phone.send<{ sessions: unknown[] }>('GET', '/api/sessions')
  expect(sessions.body.sessions.length).toBeGreaterThan(1)
})

test('who confirms through WeChat after filing need not come: the case learns of it', async () => {
  const { person, personId, idNumber } = await newcomer(county, {
    name: '孙巧云',
    birth: '1945-06-01',
    villageCode: DALIANG,
    level: 2,
  })
  const files = [await person.upload(), await person.upload(), await person.upload()]
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-005',
      answers: {
        name: '孙巧云',
        idNo: idNumber,
        mobile: '15400000004',
        villageCode: DALIANG,
        birth: '1945-06-01',
        bankCard: '6299000043030583308',
      },
      materials: [
        { name: '居民身份证', files: [files[0]] },
        { name: '居民户口簿', files: [files[1]] },
        { name: '社会保障卡（或本人银行卡）', files: [files[2]] },
      ],
    },
  })
  const { id } = filed.body
  await act(await county.as('zhao-min'), id, 'accept')
  const reviewer = await county.as('sun-zhiyuan')
  const before = await caseOf(reviewer, id)
  expect(before.identityConfirmed).toBe(false)
  const { body } = await reviewer.send('POST', `/api/cases/${id}/actions`, {
    body: { action: 'grant', version: before.version, stepKey: 'review', unitId: '341821105' },
  })
  expect(body).toMatchObject({ code: 'case.identity-unconfirmed', status: 409 })
  const { body: code } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  await person.send('POST', '/api/account/identity-confirmation', { body: { code: code.code } })
  expect((await act(reviewer, id, 'grant')).status).toBe(200)
  const after = await caseOf(reviewer, id)
  expect(after.timeline.map(({ title }) => title)).toContain('微信核过身份')
})

test('a session ends at once, a login code works once', async () => {
  const person = await county.logIn('xu-tao')
  expect((await person.send('GET', '/api/account')).status).toBe(200)
  expect((await person.send('DELETE', '/api/sessions/current')).status).toBe(204)
  expect((await person.send('GET', '/api/account')).status).toBe(401)
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', { person: 'xu-tao' })
  const use = () => county.visitor.send('POST', '/api/sessions', { body: { code: body.code } })
  expect((await use()).status).toBe(201)
  expect(await use()).toMatchObject({ status: 401, body: { code: 'account.login-code-invalid' } })
})

test('a name is the same name however it was typed: in the account, before WeChat, and in an application', async () => {
  const { person, personId, idNumber } = await newcomer(county, {
    name: '阿力木·买买提',
    birth: '1985-02-02',
    villageCode: '341821105200',
    level: 1,
  })
  const typed = '　阿力木 ·　买 买提 '
  const set = await person.send('POST', '/api/account/identity', { body: { name: typed, idNumber } })
  expect(set.status, JSON.stringify(set.body)).toBe(200)
  expect((await person.send<Account>('GET', '/api/account')).body.name).toBe('阿力木·买买提')
  const { body: login } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  const confirmed = await person.send('POST', '/api/account/identity-confirmation', {
    body: { code: login.code },
  })
  expect(confirmed, JSON.stringify(confirmed.body)).toMatchObject({ status: 200, body: { realNameLevel: 3 } })
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-017',
      answers: {
        name: typed,
        idNo: idNumber,
        mobile: '15400000001',
        villageCode: '341821105200',
        leaveDate: '2026-11-01',
        leaveReason: '个人辞职',
      },
      materials: [{ name: '居民身份证', files: [await person.upload()] }],
    },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const view = await caseOf(person, filed.body.id)
  expect(view.answers.find(({ key }) => key === 'name')?.text).toBe('阿力木·买买提')
  expect(view).toMatchObject({ applicantMasked: '阿*****提', identityConfirmed: true })
  // One character is no name, whatever stands around it.
  const short = await person.send('POST', '/api/account/identity', { body: { name: '阿 ', idNumber } })
  expect(short.status).toBe(400)
})
