import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApplicationForm, CaseCreated } from '#shared/contract/application'
import type { ServiceGuide } from '#shared/contract/service-item'
import { toldApartBy } from '#shared/domain/application/item-answers'
import { packItems } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'
import { type Applicant, applicationWith, filing } from './filing'

// What runs already is told before another is begun: by guide and form, to whoever filed it, confirmed or not.
const DALIANG = '341821105200'
const SHOP = { uscc: '92341821DEM903328K', entName: '郎溪县梅渚镇李记小吃店' }

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const sendFor = filing(() => county)

const ENDED = '2026-11-24T01:00:00Z'
const GRANT = JSON.stringify({ kind: 'granted', at: ENDED })

async function file(...asked: Parameters<typeof sendFor>) {
  const answer = await sendFor(...asked)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}

const resident = async (name: string, level: 2 | 3 = 3) => ({
  ...(await newcomer(county, { name, birth: '1975-03-05', villageCode: DALIANG, level })),
  name,
})

/** Guide and form tell the same. */
async function toldOf(person: Person, itemId: string) {
  const guide = await person.send<ServiceGuide>('GET', `/api/service-items/${itemId}`)
  const form = await person.send<ApplicationForm>('GET', `/api/service-items/${itemId}/form`)
  expect([guide.status, form.status]).toEqual([200, 200])
  expect(form.body.filed).toEqual(guide.body.filed)
  expect(form.body.toldApartBy).toEqual(guide.body.toldApartBy)
  expect(form.body.hasMoreFiled).toBe(guide.body.hasMoreFiled)
  const { filed, toldApartBy: labels, hasMoreFiled } = guide.body
  return { filed, labels, hasMoreFiled }
}

test.each([2, 3] as const)('of an item told apart by a period, at level %i', async (level) => {
  const owner = await resident('卜灵活', level)
  const first = await file(owner.person, 'LX-019', owner, {
    period: { from: '2026-01-01', to: '2026-06-30' },
  })
  expect(await toldOf(owner.person, 'LX-019')).toMatchObject({
    filed: [{ caseId: first, whose: 'own', filedOn: '2026-11-24', word: '等着受理', isOver: false }],
    labels: ['申领期间'],
  })
  // Another period is taken beside it, and told.
  const second = await file(owner.person, 'LX-019', owner, {
    period: { from: '2026-07-01', to: '2026-09-30' },
  })
  const { filed } = await toldOf(owner.person, 'LX-019')
  expect(filed.map(({ caseId, toldApart }) => [caseId, toldApart])).toEqual([
    [second, '申领期间 2026年7月1日 到 2026年9月30日'],
    [first, '申领期间 2026年1月1日 到 2026年6月30日'],
  ])
  const stranger = await resident('卜旁人', level)
  expect((await toldOf(stranger.person, 'LX-019')).filed).toEqual([])
})

test('a number in what tells two apart is masked', async () => {
  const owner = await resident('卜公司')
  await file(owner.person, 'LX-032', owner, { entName: '郎溪卜公司13900001234商贸有限公司' })
  const [told] = (await toldOf(owner.person, 'LX-032')).filed
  expect(told?.toldApart).toMatch(/^公司名称 郎溪卜公司139.*\*.*1234商贸有限公司$/)
})

test('what the owner has changed since is told to the owner, and no more to who filed it', async () => {
  const [helper, owner] = [await resident('卜帮手', 2), await resident('卜本人')]
  const id = await file(helper.person, 'LX-019', owner, { period: { from: '2026-01-01', to: '2026-06-30' } })
  const told = async ({ person }: typeof owner) => (await toldOf(person, 'LX-019')).filed[0]?.toldApart
  expect([await told(helper), await told(owner)]).toEqual(
    Array(2).fill('申领期间 2026年1月1日 到 2026年6月30日'),
  )
  const { holders } = await county.app.reference.current()
  const window = await county.as(holders('window', 'hrss')[0]?.id ?? '')
  const asked = await act(window, id, 'request-correction', {
    reason: '期间写错了',
    items: [{ kind: 'field', name: 'period', reason: '写到九月' }],
  })
  expect(asked.status, JSON.stringify(asked.body)).toBe(200)
  const version = (await caseOf(owner.person, id)).version
  const answered = await owner.person.send('POST', `/api/cases/${id}/supplement`, {
    body: { version, answers: { period: { from: '2026-07-01', to: '2026-09-30' } }, materials: [] },
  })
  expect(answered.status, JSON.stringify(answered.body)).toBe(200)
  expect(await told(owner)).toBe('申领期间 2026年7月1日 到 2026年9月30日')
  expect(await told(helper)).toBeNull()
})

test('what ended without a grant is told no more', async () => {
  const owner = await resident('卜撤回', 2)
  const id = await file(owner.person, 'LX-019', owner)
  const { holders } = await county.app.reference.current()
  const window = await county.as(holders('window', 'hrss')[0]?.id ?? '')
  await act(window, id, 'decline', { reason: '不归这里办' })
  expect((await toldOf(owner.person, 'LX-019')).filed).toEqual([])
})

test('who has filed at level 2 what is one at a time is led to it as well', async () => {
  const owner = await resident('卜一件', 2)
  const id = await file(owner.person, 'LX-013', owner)
  expect(await toldOf(owner.person, 'LX-013')).toMatchObject({
    filed: [{ caseId: id, whose: 'own' }],
    labels: null,
  })
})

test('a firm’s is told to who filed it and to who holds a power of it, and another may be filed beside it', async () => {
  const filer = await resident('卜跑腿', 2)
  const id = await file(filer.person, 'LX-052', filer, SHOP)
  const told = { filed: [{ caseId: id, whose: 'firm', applicantMasked: SHOP.entName }], labels: [] }
  expect(await toldOf(filer.person, 'LX-052')).toMatchObject(told)
  expect(await toldOf(await county.as('li-jianguo'), 'LX-052')).toMatchObject({
    filed: [{ caseId: id, whose: 'helped', forFirm: true, applicantMasked: SHOP.entName }],
    labels: [],
  })
  expect((await toldOf((await resident('卜无关')).person, 'LX-052')).filed).toEqual([])
})

const NEIGHBOURS = [...'甲乙丙丁戊己'].map((each) => `卜邻${each}`)

test('what somebody without a power filed for a firm is told to who holds one as such, to be taken over', async () => {
  const stranger = await resident('卜外人', 2)
  const id = await file(stranger.person, 'LX-034', stranger, SHOP)
  const owner = await county.as('zhou-xiaomei')
  const of = async (person: Person) =>
    (await toldOf(person, 'LX-034')).filed.find(({ caseId }) => caseId === id)
  expect(await of(owner)).toMatchObject({
    whose: 'helped',
    forFirm: true,
    bars: false,
    applicantMasked: SHOP.entName,
  })
  expect(await of(stranger.person)).toMatchObject({ whose: 'firm', bars: false })
  const [row] = await county.services.database.rows<{ version: number }>(
    sql`select version from cases where id = ${id}::uuid`,
  )
  const taken = await owner.send('POST', `/api/cases/${id}/takeover`, { body: { version: row?.version } })
  expect(taken.status, JSON.stringify(taken.body)).toBe(200)
  expect(await of(owner)).toMatchObject({ whose: 'firm' })
  // Another one who acts for it reads of it as the firm's.
  expect(await of(await county.as('li-jianguo'))).toMatchObject({ whose: 'firm' })
  expect(await of(stranger.person)).toBeUndefined()
})

test.each([2, 3] as const)(
  'whoever helps many is told of their own first, and of five at most, at level %i',
  async (level) => {
    const helper = await resident('卜热心', level)
    const own = await file(helper.person, 'LX-019', helper)
    const told = await toldOf(helper.person, 'LX-019')
    expect([told.filed.map(({ caseId }) => caseId), told.hasMoreFiled]).toEqual([[own], false])
    for (const name of NEIGHBOURS) {
      const { idNumber } = await resident(name, 2)
      await file(helper.person, 'LX-019', { name, idNumber })
    }
    const { filed, hasMoreFiled } = await toldOf(helper.person, 'LX-019')
    expect(filed.map(({ whose }) => whose)).toEqual(['own', 'other', 'other', 'other', 'other'])
    expect([filed[0]?.caseId, hasMoreFiled]).toEqual([own, true])
  },
)

/** Confirmed by nobody, with this name and number typed. */
const typedBy = async (name: string, of: Applicant, itemId: string) =>
  file((await resident(name, 2)).person, itemId, of)

test('strangers who type one’s name and number push neither one’s own nor what bars out of what is told', async () => {
  const owner = await resident('卜正主')
  const own = await file(owner.person, 'LX-013', owner)
  for (const name of NEIGHBOURS) await typedBy(name, owner, 'LX-013')
  const { filed, hasMoreFiled } = await toldOf(owner.person, 'LX-013')
  expect(filed.map(({ whose, bars }) => [whose, bars])).toEqual([
    ['own', true],
    ...Array(4).fill(['helped', false]),
  ])
  expect([filed[0]?.caseId, hasMoreFiled]).toEqual([own, true])
  expect((await sendFor(owner.person, 'LX-013', owner)).status).toBe(409)
})

test('a grant of one’s own that bars another is told before what strangers have typed', async () => {
  const owner = await resident('卜办过')
  const own = await file(owner.person, 'LX-019', owner)
  await county.services.database.rows(sql`update cases set status = 'delivered', ended_at = ${ENDED}::timestamptz,
    line = null, state = jsonb_set(state, '{decision}', ${GRANT}::jsonb) where id = ${own}::uuid`)
  for (const name of NEIGHBOURS) await typedBy(name, owner, 'LX-019')
  const { filed, hasMoreFiled } = await toldOf(owner.person, 'LX-019')
  expect(filed.map(({ whose }) => whose)).toEqual(['own', ...Array(4).fill('helped')])
  expect([filed[0]?.caseId, filed[0]?.bars, hasMoreFiled]).toEqual([own, true, true])
})

test('what its number’s owner has disowned takes no place, and is not counted as more', async () => {
  const helper = await resident('卜好心', 2)
  const stands = []
  for (const name of ['卜甲一', '卜甲二'])
    stands.push(await file(helper.person, 'LX-019', await resident(name, 2)))
  const rest = []
  for (const name of NEIGHBOURS) {
    const id = await file(helper.person, 'LX-019', await resident(name, 2))
    rest.push(id)
  }
  await county.services.database.rows(sql`update cases set state = jsonb_set(state, '{applicant,disowned}', 'true'),
    line = null where id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(rest)}::jsonb))`)
  const { filed, hasMoreFiled } = await toldOf(helper.person, 'LX-019')
  expect([filed.map(({ caseId }) => caseId), hasMoreFiled]).toEqual([stands.reverse(), false])
})

test('who is not confirmed is told of no bar, whatever a counter has confirmed: the server takes another', async () => {
  const owner = await resident('卜柜台', 2)
  const id = await file(owner.person, 'LX-013', owner)
  await county.services.database.rows(sql`update cases set duplicate_guard = duplicate_index,
    state = jsonb_set(state, '{identityConfirmed}', 'true') where id = ${id}::uuid`)
  expect((await toldOf(owner.person, 'LX-013')).filed).toMatchObject([{ whose: 'own', bars: false }])
  expect((await sendFor(owner.person, 'LX-013', owner)).status).toBe(201)
})

test('it says whether a second one that is the same is refused, as the server does', async () => {
  for (const [level, bars, status] of [
    [2, false, 201],
    [3, true, 409],
  ] as const) {
    const owner = await resident('卜再交', level)
    await file(owner.person, 'LX-013', owner)
    expect((await toldOf(owner.person, 'LX-013')).filed).toMatchObject([{ whose: 'own', bars }])
    expect((await sendFor(owner.person, 'LX-013', owner)).status).toBe(status)
  }
})

/** Papers of an item under these uploads, and posted by whoever. */
async function paperwork(person: Person, itemId: string) {
  const item = packItems().find(({ id }) => id === itemId)
  const uploads = await Promise.all([...(item?.materials ?? [])].map(() => person.upload()))
  const spare = await (await resident('卜生人')).person.upload()
  const bodyFor = (of: Applicant, ids: readonly string[] = uploads) => {
    const left = [...ids]
    return applicationWith(county, itemId, of, () => left.pop() ?? spare)
  }
  return { uploads, bodyFor }
}
const post = (person: Person, body: object) => person.send<CaseCreated>('POST', '/api/cases', { body })
const MISSING = { status: 422, body: { code: 'upload.missing' } }

test('the same form from another tab is told to be filed already, to who sees the case alone', async () => {
  const owner = await resident('卜两页', 2)
  const { bodyFor } = await paperwork(owner.person, 'LX-013')
  const body = bodyFor(owner)
  const filed = await post(owner.person, body)
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  expect(await post(owner.person, body)).toMatchObject({
    status: 409,
    body: { code: 'application.filed-already', caseId: filed.body.id },
  })
  // Another invoice is another application, with whatever photos.
  const machine = await paperwork(owner.person, 'LX-029')
  const first = machine.bodyFor(owner)
  expect((await post(owner.person, first)).status).toBe(201)
  expect(await post(owner.person, first)).toMatchObject({ body: { code: 'application.filed-already' } })
  const invoice = Object.keys(first.answers).find((key) => /invoice/i.test(key)) ?? ''
  expect(first.answers).toHaveProperty(invoice)
  const other = { ...first, answers: { ...first.answers, [invoice]: '98765432' } }
  expect(await post(owner.person, other)).toMatchObject(MISSING)
  const stranger = await resident('卜窥探')
  const told = await post(stranger.person, body)
  expect(told).toMatchObject(MISSING)
  expect(JSON.stringify(told.body)).not.toContain(filed.body.id)
})

test('files of a case of somebody else, or some of one’s own, do not make a form that case', async () => {
  const helper = await resident('卜帮两家', 2)
  const { uploads, bodyFor } = await paperwork(helper.person, 'LX-013')
  const filed = await post(helper.person, bodyFor(await resident('卜甲家', 2)))
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  expect(uploads.length).toBeGreaterThan(1)
  const other = await resident('卜乙家', 2)
  expect(await post(helper.person, bodyFor(other)), 'the same files for another').toMatchObject(MISSING)
  const fresh = await Promise.all(uploads.slice(1).map(() => helper.person.upload()))
  const mixed = [...fresh, uploads.at(-1) ?? '']
  expect(await post(helper.person, bodyFor(await resident('卜丙家', 2), mixed))).toMatchObject(MISSING)
  const same = await resident('卜丁家', 2)
  const own = await paperwork(helper.person, 'LX-013')
  expect((await post(helper.person, own.bodyFor(same))).status).toBe(201)
  const more = [...fresh, own.uploads.at(-1) ?? '']
  expect(await post(helper.person, own.bodyFor(same, more)), 'one of its files alone').toMatchObject(MISSING)
})

test('who has lost a case to its owner is not led to it by its files', async () => {
  const [helper, owner] = [await resident('卜交出', 2), await resident('卜接手')]
  const { bodyFor } = await paperwork(helper.person, 'LX-013')
  const filed = await post(helper.person, bodyFor(owner))
  const { version } = await caseOf(owner.person, filed.body.id)
  const taken = await owner.person.send('POST', `/api/cases/${filed.body.id}/takeover`, { body: { version } })
  expect(taken.status, JSON.stringify(taken.body)).toBe(200)
  expect((await toldOf(owner.person, 'LX-013')).filed).toMatchObject([{ whose: 'own', bars: true }])
  expect((await toldOf(helper.person, 'LX-013')).filed).toEqual([])
  expect(await post(helper.person, bodyFor(owner))).toMatchObject(MISSING)
})

test('what others filed and a counter has confirmed is one’s own, and bars', async () => {
  const owner = await resident('卜核过')
  const id = await typedBy('卜代交', owner, 'LX-013')
  await county.services.database.rows(sql`update cases set duplicate_guard = duplicate_index,
    state = jsonb_set(state, '{identityConfirmed}', 'true') where id = ${id}::uuid`)
  expect((await toldOf(owner.person, 'LX-013')).filed).toMatchObject([{ whose: 'own', bars: true }])
  expect((await sendFor(owner.person, 'LX-013', owner)).status).toBe(409)
})

test.each([2, 3] as const)('what was withdrawn keeps its form from nothing, at level %i', async (level) => {
  const owner = await resident('卜又交', level)
  const { bodyFor } = await paperwork(owner.person, 'LX-013')
  const filed = await post(owner.person, bodyFor(owner))
  const { version } = await caseOf(owner.person, filed.body.id)
  const back = await owner.person.send('POST', `/api/cases/${filed.body.id}/withdrawal`, {
    body: { version },
  })
  expect(back.status, JSON.stringify(back.body)).toBe(200)
  // The phone sends the photos anew.
  expect(await post(owner.person, bodyFor(owner))).toMatchObject(MISSING)
  const anew = await paperwork(owner.person, 'LX-013')
  expect((await post(owner.person, anew.bodyFor(owner))).status).toBe(201)
})

test('every item says by what two of one applicant are told apart', () => {
  const asked = packItems().flatMap((item) => {
    const labels = toldApartBy(item)
    return labels !== null && labels.length > 0 ? [[item.id, labels]] : []
  })
  expect(Object.fromEntries(asked)).toEqual({
    'LX-019': ['申领期间'],
    'LX-029': ['发票号码'],
    'LX-032': ['公司名称'],
    'LX-033': ['合作社名称'],
    'LX-046': ['政策条款', '所属期间'],
  })
})

// Last: it moves the county's clock.
test('an office that closes at midday says so at half past twelve, on guide and form', async () => {
  const { person } = await resident('卜中午')
  await county.door('POST', 'clock', { set: '2026-11-25T12:30:00+08:00' })
  const answered = { open: false, hours: '现在没人，今天 14:00 起有人' }
  const guide = await person.send<ServiceGuide>('GET', '/api/service-items/LX-052')
  const form = await person.send<ApplicationForm>('GET', '/api/service-items/LX-052/form')
  for (const { body } of [guide, form])
    expect(body.ask).toMatchObject({ answered, weekly: '周一到周五 8:30—12:00、14:00—17:30' })
  const hall = await person.send<ServiceGuide>('GET', '/api/service-items/LX-017')
  expect(hall.body.ask.answered?.open).toBe(true)
})
