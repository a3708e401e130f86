import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseChanged } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// What is brought to a case after it was filed: of one's own accord, and as the answer to a notice.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const DALIANG = '341821105200'
const LIMING = '341821105203'
const BIRTH = '1944-03-05'
const NAME = '钱月英'
const [CARD, REGISTER, BANK] = ['居民身份证', '居民户口簿', '社会保障卡（或本人银行卡）'] as const
const NEW_CARD = '6228480402564890018'

const elder = (level: 1 | 2 | 3 = 3) =>
  newcomer(county, { name: NAME, birth: BIRTH, villageCode: DALIANG, level })
const helper = () => newcomer(county, { name: '帮办甲', birth: '1980-04-05', villageCode: DALIANG, level: 3 })

const answersOf = (idNo: string) => ({
  name: NAME,
  idNo,
  mobile: '15400000003',
  villageCode: DALIANG,
  birth: BIRTH,
  bankCard: '6299000043030583308',
})

async function allowance(person: Person, idNo: string, more: object = {}) {
  const materials = await Promise.all(
    [CARD, REGISTER, BANK].map(async (name) => ({ name, files: [await person.upload()] })),
  )
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-005',
      answers: answersOf(idNo),
      materials,
      ...more,
    },
  })
  expect(filed, JSON.stringify(filed.body)).toMatchObject({ status: 201 })
  return filed.body
}

const bring = async (person: Person, id: string, door: 'additions' | 'supplement', brought: object) =>
  person.send<CaseChanged & { code?: string; detail?: string; errors?: readonly { pointer: string }[] }>(
    'POST',
    `/api/cases/${id}/${door}`,
    { body: { version: (await caseOf(person, id)).version, ...brought } },
  )
const paper = async (person: Person, name: string = CARD) => ({
  materials: [{ name, files: [await person.upload()] }],
})
const ask = async (id: string, items: readonly { kind: 'field' | 'material'; name: string }[]) =>
  act(await county.as('zhao-min'), id, 'request-correction', {
    reason: '还要补几样',
    items: items.map((each) => ({ ...each, reason: '再对一遍' })),
  })
const inboxOf = async (person: Person, { caseNumber }: { caseNumber: string }) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ lines }) =>
    lines.some((line) => line.includes(caseNumber)),
  )

const FIRM = { uscc: '92341821DEM903328K', entName: '郎溪县梅渚镇李记小吃店', legalRep: '李建国' }

test('an addition changes nothing that was judged: a licence is granted for the place that was seen', async () => {
  const owner = await county.as('li-jianguo')
  const names = ['营业执照', '与经营项目相适应的布局图、操作流程', '食品安全规章制度']
  const materials = await Promise.all(names.map(async (name) => ({ name, files: [await owner.upload()] })))
  const place = {
    format: '餐饮服务经营者',
    items: ['热食类制售'],
    bizAddress: '郎溪县梅渚镇大街100号',
    area: 50,
  }
  const contact = { contact: '李建国', mobile: '15400000001', fsManager: '周小梅' }
  const filed = await owner.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: 'LX-034', answers: { ...FIRM, ...contact, ...place }, materials },
  })
  expect(filed, JSON.stringify(filed.body)).toMatchObject({ status: 201 })
  const { id } = filed.body
  await act(await county.as('qian-xiaoli'), id, 'accept')
  const reviewer = await county.as('li-wanqing')
  await act(reviewer, id, 'pass')
  const officerIds = (await caseOf(reviewer, id)).staff?.colleagues.map(({ staffId }) => staffId).slice(0, 2)
  const seen = await act(reviewer, id, 'record-visit', {
    officerIds: [...new Set(['li-wanqing', ...(officerIds ?? [])])].slice(0, 2),
    reason: '现场看过',
  })
  expect(seen.status, JSON.stringify(seen.body)).toBe(200)
  // Who was there, two by law, and what they saw.
  const visit = (await caseOf(reviewer, id)).timeline.find(({ type }) => type === 'visit-recorded')
  expect(visit?.note).toMatch(/^到场 .+、.+。符合 \d 项。现场看过$/)
  await act(reviewer, id, 'pass')
  const swapped = await bring(owner, id, 'additions', {
    answers: { ...place, bizAddress: '郎溪县梅渚镇别处200号', area: 500 },
  })
  expect(swapped).toMatchObject({ status: 422, body: { code: 'application.invalid' } })
  expect(swapped.body.errors?.map(({ pointer }) => pointer).sort()).toEqual(
    ['area', 'bizAddress', 'format', 'items'].map((key) => `/answers/${key}`),
  )
  expect((await caseOf(owner, id)).addable).toEqual({ fields: ['mobile'], papers: names })
  expect((await bring(owner, id, 'additions', { answers: { mobile: '15400000009' } })).status).toBe(200)
})

test.each([
  ['before it is accepted', false],
  ['after it', true],
])('a village is no addition %s', async (_, isAccepted) => {
  const { person, idNumber } = await elder()
  const { id } = await allowance(person, idNumber)
  if (isAccepted) await act(await county.as('zhao-min'), id, 'accept')
  expect(await bring(person, id, 'additions', { answers: { villageCode: LIMING } })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/answers/villageCode' }] },
  })
})

test('what is brought is told by its labels, a card by its last digits, to the owner and to who works on it', async () => {
  const { person: owner, idNumber } = await elder()
  const { person: filer } = await helper()
  const filed = await allowance(filer, idNumber, { agent: true })
  const { id } = filed
  const village = await county.as('wang-lixin')
  await act(village, id, 'verify')
  await ask(id, [
    { kind: 'field', name: 'villageCode' },
    { kind: 'field', name: 'bankCard' },
    { kind: 'material', name: REGISTER },
  ])
  const answered = await bring(filer, id, 'supplement', {
    answers: { villageCode: DALIANG, bankCard: NEW_CARD },
    ...(await paper(filer, REGISTER)),
  })
  expect(answered.status, JSON.stringify(answered.body)).toBe(200)
  const [told] = await inboxOf(owner, filed)
  expect(told?.lines.join('\n')).toContain('收款的卡换成了尾号 0018')
  const window = await county.as('zhao-min')
  const [task] = (await inboxOf(window, filed)).filter(({ to }) => to === 'work')
  expect(task?.lines.join('\n')).toContain('改了：')
  expect(task?.lines.join('\n')).toContain('0018')
  const noteOf = async (person: Person) =>
    (await caseOf(person, id)).timeline.find(({ type }) => type === 'supplemented')?.note ?? ''
  // What stayed as it was is no change.
  const note = await noteOf(window)
  expect(note).toContain(REGISTER)
  expect(note).not.toContain('村')
  expect(note).toMatch(/3308.*→.*0018/)
  expect(await noteOf(owner)).toContain(REGISTER)
  expect(await noteOf(owner)).not.toContain('0018')
  // Whoever decides is told what changed after the village had looked.
  await act(window, id, 'accept')
  const [next] = (await inboxOf(await county.as('sun-zhiyuan'), filed)).filter(({ to }) => to === 'work')
  expect(next?.lines.join('\n')).toContain('前面看过以后又改了')
})

test('who compares is told what nobody asked for and came after the notice, not what had come before it', async () => {
  const { person, idNumber } = await elder()
  const { id } = await allowance(person, idNumber)
  await act(await county.as('wang-lixin'), id, 'verify')
  expect((await bring(person, id, 'additions', { answers: { bankCard: NEW_CARD } })).status).toBe(200)
  // Two events of one moment have no order.
  await county.door('POST', 'clock', { advanceWorkingDays: 1 })
  await ask(id, [{ kind: 'material', name: REGISTER }])
  expect((await bring(person, id, 'supplement', await paper(person, REGISTER))).status).toBe(200)
  const window = await county.as('zhao-min')
  const elsewhere = async () => (await caseOf(window, id)).staff?.supplement?.elsewhere
  expect(await elsewhere()).toBeNull()
  expect((await bring(person, id, 'additions', await paper(person, BANK))).status).toBe(200)
  expect(await elsewhere()).toBe(`交了：${BANK}`)
})

test('once an owner has taken part only they change a card or a phone; who filed brings papers, and the holder hears of it', async () => {
  const { person: owner, idNumber } = await elder()
  const { person: filer } = await helper()
  const filed = await allowance(filer, idNumber, { agent: true })
  const { id } = filed
  expect((await bring(owner, id, 'additions', { answers: { mobile: '15400000007' } })).status).toBe(200)
  for (const answers of [{ bankCard: NEW_CARD }, { mobile: '15400000008' }]) {
    const refused = await bring(filer, id, 'additions', { answers })
    expect(refused, JSON.stringify(refused.body)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: `/answers/${Object.keys(answers)[0]}` }] },
    })
  }
  expect((await caseOf(filer, id)).addable.fields).toEqual([])
  expect((await bring(filer, id, 'additions', await paper(filer))).status).toBe(200)
  expect((await bring(owner, id, 'additions', { answers: { bankCard: NEW_CARD } })).status).toBe(200)
  const titles = (await inboxOf(owner, filed)).map(({ title }) => title)
  expect(titles).toContain('高龄津贴又交了材料')
  const window = await county.as('zhao-min')
  const work = (await inboxOf(window, filed)).filter(({ to }) => to === 'work')
  expect(work.map(({ lines }) => lines.join()).join('\n')).toContain('0018')
})

test('whoever filed for somebody confirmed face to face changes their card no more', async () => {
  const { idNumber } = await elder(1)
  const { person: filer } = await helper()
  const { id } = await allowance(filer, idNumber, { agent: true })
  expect((await bring(filer, id, 'additions', { answers: { bankCard: NEW_CARD } })).status).toBe(200)
  const window = await county.as('zhao-min')
  await window.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version: (await caseOf(window, id)).version, reason: '本人带身份证来的' },
  })
  const refused = await bring(filer, id, 'additions', { answers: { bankCard: '6299000043030583308' } })
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/answers/bankCard' }] } })
})

test('staff who typed it add until it is accepted, and the page says the same as the route', async () => {
  const { idNumber } = await elder(1)
  const window = await county.as('zhao-min')
  const { id } = await allowance(window, idNumber, { channel: 'window' })
  expect(await caseOf(window, id)).toMatchObject({ viewer: 'staff', mayAdd: true })
  expect((await bring(window, id, 'additions', await paper(window))).status).toBe(200)
  await act(window, id, 'accept')
  expect(await caseOf(window, id)).toMatchObject({ mayAdd: false, addable: { fields: [], papers: [] } })
  expect((await bring(window, id, 'additions', await paper(window))).status).toBe(409)
})

test('while a notice is open what it asks is brought as its answer, other papers as before', async () => {
  const { person, idNumber } = await elder()
  const { id } = await allowance(person, idNumber)
  await ask(id, [
    { kind: 'material', name: CARD },
    { kind: 'field', name: 'mobile' },
  ])
  const { addable } = await caseOf(person, id)
  expect(addable.papers).not.toContain(CARD)
  expect(addable.papers).toContain(REGISTER)
  expect(addable.fields).toEqual(['bankCard'])
  for (const brought of [await paper(person), { answers: { mobile: '15400000009' } }]) {
    const refused = await bring(person, id, 'additions', brought)
    expect(refused).toMatchObject({ status: 409, body: { code: 'case.action-not-allowed' } })
    expect(refused.body.detail).toContain('补正通知')
  }
  expect((await bring(person, id, 'additions', await paper(person, REGISTER))).status).toBe(200)
  expect((await caseOf(person, id)).status).toBe('correcting')
})

test('twenty additions a case and day, of which the owner reads one line', async () => {
  const { person: owner, idNumber } = await elder()
  const { person: filer } = await helper()
  const filed = await allowance(filer, idNumber, { agent: true })
  const before = (await inboxOf(owner, filed)).length
  // What is refused is no addition.
  const wrong = { answers: { mobile: '12' } }
  expect((await bring(filer, filed.id, 'additions', wrong)).status).toBe(422)
  const statuses: number[] = []
  for (let time = 0; time < 20; time += 1) {
    const name = [CARD, REGISTER, BANK, '本人近期照片'][time % 4]
    statuses.push((await bring(filer, filed.id, 'additions', await paper(filer, name))).status)
  }
  expect(new Set(statuses)).toEqual(new Set([200]))
  const braked = await bring(filer, filed.id, 'additions', await paper(filer))
  expect(braked).toMatchObject({ status: 429, body: { code: 'request.rate-limited' } })
  expect(braked.body.detail).toContain('一天最多')
  expect((await inboxOf(owner, filed)).length).toBe(before + 1)
  // A day ends at midnight, and the new one has its own.
  await county.door('POST', 'clock', { advanceHours: 15 })
  expect((await bring(filer, filed.id, 'additions', await paper(filer))).status).toBe(200)
  await county.door('POST', 'clock', { advanceHours: 9 })
}, 60_000)

test('an addition whose answer was lost, sent again as a new one, adds nothing', async () => {
  const { person: owner, idNumber } = await elder()
  const filed = await allowance(owner, idNumber)
  const brought = await paper(owner)
  expect((await bring(owner, filed.id, 'additions', brought)).status).toBe(200)
  const { version } = await caseOf(owner, filed.id)
  expect(await bring(owner, filed.id, 'additions', brought)).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/materials', message: '这些已经交过了，不用再交' }] },
  })
  const [first] = brought.materials
  const more = { materials: [{ ...first, files: [...(first?.files ?? []), await owner.upload()] }] }
  expect((await bring(owner, filed.id, 'additions', more)).status).toBe(200)
  const after = await caseOf(owner, filed.id)
  expect(after.version).toBe(version + 1)
  const files = after.papers.find(({ name }) => name === first?.name)?.files ?? []
  expect(new Set(files.map(({ id }) => id)).size).toBe(files.length)
})

test('a file that is not one’s own to bring is pointed at like one that never came', async () => {
  const { person, idNumber } = await elder()
  const { person: other } = await helper()
  const files = [await other.upload()]
  const pointed = {
    status: 422,
    body: { code: 'upload.missing', errors: [{ pointer: '/materials/0/files/0' }] },
  }
  const mine = await Promise.all(
    [REGISTER, BANK].map(async (name) => ({ name, files: [await person.upload()] })),
  )
  const application = {
    serviceItemId: 'LX-005',
    answers: answersOf(idNumber),
    materials: [{ name: CARD, files }, ...mine],
  }
  expect(await person.send('POST', '/api/cases', { body: application })).toMatchObject(pointed)
  const { id } = await allowance(person, idNumber)
  expect(await bring(person, id, 'additions', { materials: [{ name: REGISTER, files }] })).toMatchObject(
    pointed,
  )
  await ask(id, [{ kind: 'material', name: CARD }])
  expect(await bring(person, id, 'supplement', { materials: [{ name: CARD, files }] })).toMatchObject(pointed)
  const [row] = await county.services.database.rows<{ free: boolean }>(
    sql`select case_id is null as free from uploads where id = ${files[0] ?? ''}::uuid`,
  )
  expect(row?.free).toBe(true)
})
