import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { ALLOWANCE, allowanceOf, fileAllowance } from './allowance'
import { act, type County, caseOf, newcomer, openCounty, type Person, registerAs } from './county'

// What a case says of itself, to the applicant and to staff, in states that are easy to get wrong.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

let people = 0
async function resident(level: 2 | 3 = 3) {
  people += 1
  const name = `周桂${'甲乙丙丁戊己庚辛壬癸'.charAt(people)}`
  const { village: villageCode, born: birth } = ALLOWANCE
  return { name, ...(await newcomer(county, { name, birth, villageCode, level })) }
}
async function filed() {
  const { person, name, idNumber } = await resident()
  return { person, id: (await fileAllowance(person, name, idNumber)).id }
}
const advance = (workingDays: number) => county.door('POST', 'clock', { advanceWorkingDays: workingDays })
type Problem = { code: string; errors?: { pointer: string }[] }
const pointers = ({ errors = [] }: Problem) => errors.map(({ pointer }) => pointer)

test('the window hands a case over to other windows, though the village is still checking', async () => {
  const { person, id } = await filed()
  const window = await county.as('zhao-min')
  const { staff } = await caseOf(window, id)
  expect(staff?.allowed.map(({ stepKey }) => stepKey)).toContain('accept')
  const towns = staff?.transferTargets ?? []
  expect(towns.map(({ unitId }) => unitId.slice(-3))).not.toContain(ALLOWANCE.village.slice(-3))
  expect(towns.length).toBeGreaterThan(3)
  expect(staff?.colleagues.map(({ staffId }) => staffId)).not.toContain('wang-lixin')
  await act(window, id, 'transfer', { reason: '户口在另一个镇', toUnitId: towns[0]?.unitId ?? '' })
  expect((await caseOf(person, id)).timeline[0]?.note).toMatch(/^转到.+。户口在另一个镇$/)
})

test('an item that is no permit is accepted by the county’s rule', async () => {
  const { id } = await filed()
  const { staff } = await caseOf(await county.as('zhao-min'), id)
  expect(staff?.clocks.find(({ kind }) => kind === 'acceptance')?.explanation?.basis).toBe(
    '县里公布的受理时限',
  )
})

test('the pre-check waits while the applicant is asked', async () => {
  const { id } = await filed()
  await act(await county.as('zhao-min'), id, 'request-correction', {
    reason: '看不清',
    items: [{ kind: 'material', name: '居民身份证', reason: '重拍' }],
  })
  const { staff } = await caseOf(await county.as('wang-lixin'), id)
  expect(staff?.clocks.filter(({ kind }) => kind === 'step').map(({ light }) => light.kind)).toEqual([
    'paused',
    'paused',
  ])
})

test('what was not accepted says why, and what one may do against it', async () => {
  const { person, id } = await filed()
  await act(await county.as('zhao-min'), id, 'decline', { reason: '不是本县户口。' })
  const { timeline, light, against } = await caseOf(person, id)
  expect(timeline[0]?.note).toBe('不是本县户口。')
  expect(against?.remedy).toMatch(/^不服这个决定.*60 日内向.+申请行政复议.*6 个月内向.+起诉。$/)
  expect((await caseOf(await county.as('zhao-min'), id)).timeline[0]?.note).toMatch(
    /^不是本县户口。不服这个决定.*60 日内向.+申请行政复议.*6 个月内向.+起诉。$/,
  )
  await advance(15)
  expect((await caseOf(person, id)).light).toEqual(light)
  const { body } = await person.send<CaseList>('GET', '/api/cases')
  expect(body.items.find((each) => each.id === id)?.light).toEqual(light)
})

test('a reason that cannot be printed, or is not to be seen, is no reason', async () => {
  const { id } = await filed()
  const window = await county.as('zhao-min')
  const { version } = await caseOf(window, id)
  for (const reason of ['不\u0000行', '不\ud800行', '\u200b\u200b\u200b']) {
    const body = { action: 'decline', version, stepKey: 'accept', unitId: '341821105', reason }
    const refused = await window.send<Problem>('POST', `/api/cases/${id}/actions`, { body })
    expect([refused.status, pointers(refused.body)]).toEqual([400, ['/reason']])
  }
  expect((await caseOf(window, id)).version).toBe(version)
})

test('each thing that the case does not know is named in words of its own', async () => {
  const { id } = await filed()
  const window = await county.as('zhao-min')
  const { version } = await caseOf(window, id)
  const said = async (more: object) => {
    const body = { version, stepKey: 'accept', unitId: '341821105', reason: '说明', ...more }
    const { status, body: problem } = await window.send<Problem & { detail?: string }>(
      'POST',
      `/api/cases/${id}/actions`,
      { body },
    )
    return [status, problem.detail, pointers(problem)]
  }
  const items = [{ kind: 'material', name: '没有的材料', reason: '请补上' }]
  expect(await said({ action: 'transfer', toUnitId: 'tax' })).toEqual([
    422,
    '不能转给这个单位',
    ['/toUnitId'],
  ])
  expect(await said({ action: 'request-correction', items })).toEqual([
    422,
    '指南里没有这一样，不能要',
    ['/items/0/name'],
  ])
  expect(await said({ action: 'accept', stepKey: 'nowhere' })).toEqual([
    422,
    '这件没有这一步，或者不归这个单位办',
    ['/stepKey'],
  ])
  expect(await said({ action: 'terminate', reason: 'disowned' })).toEqual([
    422,
    '不能因为这个终止',
    ['/reason'],
  ])
})

test('what was declined is not rated, neither by the page nor by whoever asks the server', async () => {
  const { person, id } = await filed()
  await act(await county.as('zhao-min'), id, 'decline', { reason: '不是本县户口' })
  expect((await caseOf(person, id)).mayRate).toBe(false)
  const refused = await person.send<Problem>('POST', `/api/cases/${id}/rating`, { body: { level: 5 } })
  expect([refused.status, refused.body.code]).toEqual([409, 'rating.too-early'])
})

test('an application is told everything at once, papers that are not on file too', async () => {
  const { person, name, idNumber } = await resident()
  const body = await allowanceOf(person, { name, idNumber }, { answers: { mobile: '1' }, papers: [] })
  const refused = await person.send<Problem>('POST', '/api/cases', { body })
  expect(refused.status).toBe(422)
  expect(pointers(refused.body)).toEqual(['/answers/mobile', ...ALLOWANCE.papers.map(() => '/materials')])
})

test('who was born in 1966 is not old enough by typing 1944; what the number says is shown as such', async () => {
  const { village: villageCode, born } = ALLOWANCE
  const young = await newcomer(county, { name: '周桂年', birth: '1966-03-05', villageCode, level: 3 })
  const body = await allowanceOf(
    young.person,
    { name: '周桂年', idNumber: young.idNumber },
    { answers: { birth: born } },
  )
  const refused = await young.person.send<Problem>('POST', '/api/cases', { body })
  expect([refused.status, pointers(refused.body)]).toEqual([422, ['/answers/birth', '/answers/ageGroup']])
  const { id } = await filed()
  const { answers } = await caseOf(await county.as('zhao-min'), id)
  expect(answers.find(({ key }) => key === 'birth')).toMatchObject({
    text: '1944年3月5日',
    source: '来自身份证号',
  })
  expect(answers.find(({ key }) => key === 'mobile')).not.toHaveProperty('source')
})

test('a confirmed person files under the name that was confirmed, or for somebody else', async () => {
  const { person, idNumber } = await resident()
  const body = await allowanceOf(person, { name: '赵六', idNumber })
  const refused = await person.send<Problem>('POST', '/api/cases', { body })
  expect([refused.status, refused.body.code, pointers(refused.body)]).toEqual([
    422,
    'application.name-differs',
    ['/answers/name'],
  ])
})

test('who confirms later is confirmed for the name that was filed, and no other', async () => {
  const { person, personId, idNumber } = await resident(2)
  const body = await allowanceOf(person, { name: '赵六', idNumber })
  const { body: created } = await person.send<{ id: string }>('POST', '/api/cases', { body })
  const { body: login } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  await person.send('POST', '/api/account/identity-confirmation', { body: { code: login.code } })
  expect((await caseOf(person, created.id)).identityConfirmed).toBe(false)
})

test('photos that the form asks for are seen by whoever handles the case', async () => {
  const { person, name, idNumber } = await resident()
  const [photo, card, portrait] = [await person.upload(), await person.upload(), await person.upload()]
  const file = (photoId: string | undefined) =>
    person.send<{ id: string } & Problem>('POST', '/api/cases', {
      body: {
        serviceItemId: 'LX-006',
        answers: {
          name,
          idNo: idNumber,
          mobile: '15400000001',
          villageCode: ALLOWANCE.village,
          photo: [photoId],
        },
        materials: [
          { name: '居民身份证', files: [card] },
          { name: '本人一寸照片', files: [portrait] },
        ],
      },
    })
  const scan = await person.upload(Buffer.from('%PDF-1.4\n%%EOF\n'), 'application/pdf', '扫描.pdf')
  const refused = await file(scan)
  expect([refused.status, pointers(refused.body)]).toEqual([422, ['/answers/photo/0']])
  const filed = await file(photo)
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const seen = (await caseOf(await county.as('wang-lixin'), filed.body.id)).papers
  expect(seen.flatMap(({ files }) => files.map(({ id }) => id))).toEqual([card, portrait, photo])
})

test('an invitation moves a member of staff to the WeChat that redeems it', async () => {
  const admin = await county.as('he-jing')
  const invited = await admin.send<{ token: string }>('POST', '/api/invitations', {
    body: { staffId: 'wang-lixin' },
  })
  expect(invited.status, JSON.stringify(invited.body)).toBe(201)
  // A new phone, on which nobody is known yet.
  const { person } = await newcomer(county, {
    name: '王立新',
    birth: '1980-02-03',
    villageCode: '341821105200',
    level: 3,
  })
  await registerAs(county, person, 'wang-lixin')
  const rolesOf = async (who: Person) =>
    (await who.send<{ roles: unknown[] }>('GET', '/api/account')).body.roles.length
  const before = await county.as('wang-lixin')
  expect([await rolesOf(before), await rolesOf(person)]).toEqual([1, 0])
  const redeemed = await person.send('POST', '/api/invitations/redemption', {
    body: { token: invited.body.token },
  })
  expect(redeemed.status, JSON.stringify(redeemed.body)).toBe(200)
  expect([await rolesOf(before), await rolesOf(person)]).toEqual([0, 1])
})
