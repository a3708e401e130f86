import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument, CaseView } from '#shared/contract/case'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'
import { choose } from './deliver'

// 当场办结: what whoever accepts a 即办件 could do one after the other, at once and by one signature.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const born = async (name: string, level: 2 | 3 = 3) => ({
  name,
  ...(await newcomer(county, { name, birth: '1963-05-20', villageCode: DALIANG, level })),
})
const offered = async (staff: Person, id: string) =>
  (await caseOf(staff, id)).staff?.allowed.map(({ action }) => action) ?? []
const settle = async (staff: Person, id: string, more: object = {}) => {
  const { version } = await caseOf(staff, id)
  return staff.send<{ code?: string; version?: number; status?: string }>(
    'POST',
    `/api/cases/${id}/actions`,
    {
      body: { action: 'settle', stepKey: 'accept', unitId: '341821105', version, ...more },
    },
  )
}
/** All but ids, numbers and the moment. */
const told = ({ timeline, documents, decision, outcome, staff, status }: CaseView) => ({
  timeline: timeline.map(({ type, title, who, note }) => ({ type, title, who, note })),
  documents: documents.map(({ kind, title, organName }) => ({ kind, title, organName })),
  decision: decision && { ...decision, documentNumber: null, recipient: null },
  outcome: { ...outcome, documentId: null },
  status,
  steps: staff?.steps,
  allowed: staff?.allowed,
})

test('one act leaves a case as the four of it would, with a document for each and one message', async () => {
  const window = await county.as('zhao-min')
  const [at, after] = [await born('石当场'), await born('石四步')]
  const [once, four] = [await file(county, at, 'LX-036'), await file(county, after, 'LX-036')]
  expect(await offered(window, once)).toContain('settle')
  const draft = (await caseOf(window, once)).staff?.decisionDrafts.find(({ action }) => action === 'settle')
  expect((await settle(window, once)).body).toMatchObject({ status: 'delivered' })
  for (const [action, more] of [
    ['accept'],
    ['grant'],
    ['conclude'],
    ['deliver', { method: 'electronic' }],
  ] as const)
    expect((await act(window, four, action, more)).status).toBe(200)
  const [seen, same] = [await caseOf(window, once), await caseOf(window, four)]
  expect(told(seen)).toEqual(told(same))
  expect(seen.timeline.map(({ type }) => type).slice(0, 4)).toEqual([
    'delivered',
    'concluded',
    'granted',
    'accepted',
  ])
  expect(seen.decision?.documentTitle).toBe(draft?.title)
  expect(seen.documents.map(({ kind }) => kind)).toEqual(['acceptance', 'confirm', 'certificate', 'service'])
  // Whatever row the database comes upon first.
  await county.services.database.rows(sql`with gone as (delete from documents where id = ${seen.documents[0]?.id}::uuid returning *)
    insert into documents select * from gone`)
  expect((await caseOf(window, once)).documents).toEqual(seen.documents)
  const { body } = await county.door<{ messages: { title: string; caseIds: string[] }[] }>(
    'GET',
    `messages?person=${at.personId}`,
  )
  const about = body.messages.filter(({ caseIds }) => caseIds.includes(once)).map(({ title }) => title)
  expect(about).toEqual(['小吃摊备案办好了', '小吃摊备案收到了'])
})

test('all that goes out by the one signature can be read before it, in the words in which it goes out', async () => {
  const window = await county.as('zhao-min')
  const owner = await born('石先看')
  const id = await file(county, owner, 'LX-036')
  const drafts = (await caseOf(window, id)).staff?.settlePapers ?? []
  expect(drafts.map(({ kind }) => kind)).toEqual(['acceptance', 'certificate', 'service', 'service'])
  expect((await settle(window, id)).status).toBe(200)
  const { documents } = await caseOf(window, id)
  for (const document of documents.filter(({ kind }) => kind !== 'confirm')) {
    const issued = (await window.send<CaseDocument>('GET', `/api/cases/${id}/documents/${document.id}`)).body
    const draft = drafts.find(
      ({ kind, method }) => kind === document.kind && (method === null || method === 'electronic'),
    )
    expect(draft).toMatchObject({
      title: issued.title,
      organName: issued.organName,
      issuedOn: issued.issuedOn,
    })
    expect(issued.documentNumber?.startsWith(draft?.numberPrefix ?? 'none')).toBe(true)
    const drawn = (words: string) => words.replace(/〔(\d+)〕(\d+|＿＿)号/g, '〔$1〕号')
    expect(draft?.paragraphs.map(drawn)).toEqual(issued.paragraphs.map(drawn))
  }
  // Nothing of it where it is no longer to be done.
  expect((await caseOf(window, id)).staff?.settlePapers).toEqual([])
})

test('sent twice under one key it is done once; whoever comes second is told', async () => {
  const [window, colleague] = [await county.as('zhao-min'), await county.as('qian-li')]
  const id = await file(county, await born('石两次'), 'LX-036')
  const { version } = await caseOf(window, id)
  const body = { action: 'settle', stepKey: 'accept', unitId: '341821105', version }
  const path = `/api/cases/${id}/actions`
  const first = await window.send('POST', path, { body, key: 'settle-once' })
  const again = await window.send('POST', path, { body, key: 'settle-once' })
  expect([first.status, again]).toMatchObject([200, { status: 200, body: first.body }])
  const late = await colleague.send('POST', path, { body })
  expect(late).toMatchObject({ status: 409, body: { code: 'case.state-changed' } })
  expect((await caseOf(window, id)).documents).toHaveLength(4)
})

test('what any of the four refuses is refused, and not offered', async () => {
  const window = await county.as('zhao-min')
  const unconfirmed = await file(county, await born('石未核', 2), 'LX-036')
  const applicant = await born('石村里')
  const toOthers = await file(county, applicant, 'LX-009')
  const accepted = await file(county, await born('石受理'), 'LX-036')
  await act(window, accepted, 'accept')
  const asked = await file(county, await born('石补正'), 'LX-036')
  await act(window, asked, 'request-correction', {
    reason: '号码打不通',
    items: [{ kind: 'field', name: 'mobile', reason: '手机号打不通' }],
  })
  const refusals = []
  for (const id of [unconfirmed, toOthers, accepted, asked]) {
    expect(await offered(window, id)).not.toContain('settle')
    const { status, body } = await settle(window, id, id === toOthers ? { amount: 50_000 } : {})
    refusals.push([status, body.code])
  }
  expect(refusals).toEqual([
    [409, 'case.identity-unconfirmed'],
    [409, 'case.action-not-allowed'],
    [403, 'case.not-your-task'],
    [409, 'case.action-not-allowed'],
  ])
  // Who holds no step of it does not know it.
  const { version } = await caseOf(window, unconfirmed)
  const stranger = await (await county.as('sun-zhiyuan')).send('POST', `/api/cases/${unconfirmed}/actions`, {
    body: { action: 'settle', stepKey: 'accept', unitId: '341821105', version },
  })
  expect(stranger.status).toBe(404)
  expect((await caseOf(window, unconfirmed)).status).toBe('submitted')
})

test('a village settles at its door what it accepts and closes, and hands it over as it says', async () => {
  const agent = await county.as('wang-lixin')
  const id = await file(county, await born('石优待'), 'LX-006')
  const { version } = await caseOf(agent, id)
  const { status } = await agent.send('POST', `/api/cases/${id}/actions`, {
    body: { action: 'settle', stepKey: 'accept', unitId: DALIANG, version, method: 'pickup' },
  })
  expect(status).toBe(200)
  expect((await caseOf(agent, id)).timeline[0]?.title).toBe('结果送到了：窗口或村里拿')
})

test('of a card that is fetched the decision alone reaches the phone, and the way to the card stays', async () => {
  const agent = await county.as('wang-lixin')
  const owner = await born('石优手机')
  const id = await file(county, owner, 'LX-006')
  const { version } = await caseOf(agent, id)
  const { status } = await agent.send('POST', `/api/cases/${id}/actions`, {
    body: { action: 'settle', stepKey: 'accept', unitId: DALIANG, version, method: 'electronic' },
  })
  expect(status).toBe(200)
  const view = await caseOf(owner.person, id)
  expect(view.timeline[0]?.title).toBe('决定书送到了：电子件到手机')
  expect(view.decision).toMatchObject({
    deliveredBy: '决定书电子件到手机',
    howToGet: '决定书在手机上看；优待证到村里拿',
  })
  const document = view.documents.find(({ kind }) => kind === 'service')
  const seen = await owner.person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${document?.id}`)
  expect(seen.body.plain).toBe('决定书送到了：电子件到手机。')
})

test('what goes by post has a number, so it is not settled with the rest', async () => {
  const market = await county.as('qian-xiaoli')
  const id = await file(county, await born('石寄送'), 'LX-031')
  const { staff, version } = await caseOf(market, id)
  expect(staff?.deliveryMethods).toEqual(['electronic', 'pickup'])
  const { stepKey, unitId } = staff?.allowed.find(({ action }) => action === 'settle') ?? {
    stepKey: '',
    unitId: '',
  }
  const body = { action: 'settle', stepKey, unitId, version, method: 'post' }
  expect(await market.send('POST', `/api/cases/${id}/actions`, { body })).toMatchObject({
    status: 409,
    body: { code: 'case.post-unnumbered' },
  })
})

test('what is only fetched is not delivered yet: it ends concluded, and is delivered on the day they come', async () => {
  const police = await county.as('window-police')
  const id = await file(county, { ...(await born('石户口')), villageCode: DALIANG }, 'LX-002')
  const { staff, version } = await caseOf(police, id)
  expect(staff).toMatchObject({ deliveryMethods: ['pickup'], handsOverBy: null })
  const { stepKey, unitId } = staff?.allowed.find(({ action }) => action === 'settle') ?? {
    stepKey: '',
    unitId: '',
  }
  const path = `/api/cases/${id}/actions`
  const body = { action: 'settle', stepKey, unitId, version }
  const wrong = await police.send<{ detail: string; errors: { pointer: string }[] }>('POST', path, {
    body: { ...body, method: 'post' },
  })
  expect(wrong).toMatchObject({
    status: 422,
    body: { code: 'case.target-unknown', errors: [{ pointer: '/method' }] },
  })
  expect(await police.send('POST', path, { body })).toMatchObject({
    status: 200,
    body: { status: 'concluded' },
  })
  const after = await caseOf(police, id)
  expect(after.documents.map(({ kind }) => kind)).not.toContain('service')
  expect(after.timeline.map(({ type }) => type).slice(0, 3)).toEqual(['concluded', 'granted', 'accepted'])
  expect(await offered(police, id)).toContain('deliver')
  expect((await act(police, id, 'deliver', { method: 'electronic' })).status).toBe(422)
  expect((await act(police, id, 'deliver', { method: 'pickup' })).status).toBe(200)
  expect((await caseOf(police, id)).status).toBe('delivered')
})

test('whoever stood at the counter has it in the hand, on whose phone ever it was filed', async () => {
  const [window, helper] = [await county.as('zhao-min'), await born('石帮手')]
  const applicant = await born('石到场')
  const id = await file(county, { ...applicant, person: helper.person, agent: true }, 'LX-036')
  const { version } = await caseOf(window, id)
  const checked = await window.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version, reason: '本人在面前' },
  })
  expect(checked.status, JSON.stringify(checked.body)).toBe(200)
  expect((await settle(window, id)).status).toBe(200)
  expect((await caseOf(window, id)).timeline[0]?.title).toBe('结果送到了：窗口或村里拿')
})

test('nobody settles what is their own, or their relative’s', async () => {
  const [window, helper] = [await county.as('zhao-min'), await born('石亲戚')]
  const self = { name: '赵敏', idNumber: '341821199005161344', person: helper.person, agent: true } as const
  const own = await file(county, self, 'LX-036')
  expect(await offered(window, own)).not.toContain('settle')
  expect(await settle(window, own)).toMatchObject({ status: 403, body: { code: 'case.own-case' } })
  const relation = [{ staffId: 'zhao-min', kind: 'spouse' }]
  const declares: Person['send'] = (method, path, options = {}) =>
    helper.person.send(method, path, {
      ...options,
      ...(path === '/api/cases' ? { body: { ...(options.body as object), relation } } : {}),
    })
  const theirs = await file(county, { ...helper, person: { ...helper.person, send: declares } }, 'LX-036')
  const { version } = await caseOf(helper.person, theirs)
  const body = { action: 'settle', stepKey: 'accept', unitId: '341821105', version }
  const refused = await window.send('POST', `/api/cases/${theirs}/actions`, { body })
  expect(refused).toMatchObject({ status: 404, body: { code: 'case.not-found' } })
  for (const id of [own, theirs]) expect((await caseOf(helper.person, id)).status).toBe('submitted')
})

test('nothing is served on a phone that nobody has: it is handed over, whatever the guide says', async () => {
  const [window, village] = [await county.as('zhao-min'), await county.as('wang-lixin')]
  const typed = async (staff: Person, itemId: string, channel: 'window' | 'village', name: string) => {
    const { body } = await county.door<{ idNumber: string }>('POST', 'people', {
      name,
      birth: '1963-05-20',
      villageCode: DALIANG,
    })
    return file(county, { person: staff, name, idNumber: body.idNumber, channel }, itemId)
  }
  const waysOf = async (staff: Person, id: string) => (await caseOf(staff, id)).staff?.deliveryMethods
  const refused = { status: 422, body: { code: 'case.target-unknown', errors: [{ pointer: '/method' }] } }
  const id = await typed(window, 'LX-036', 'window', '石无机')
  expect(await waysOf(window, id)).toEqual(['pickup'])
  await window.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version: (await caseOf(window, id)).version, reason: '看了身份证' },
  })
  expect(await settle(window, id, { method: 'electronic' })).toMatchObject(refused)
  const papers = (await caseOf(window, id)).staff?.settlePapers.flatMap(({ method }) => method ?? [])
  expect(papers).not.toContain('electronic')
  expect((await settle(window, id)).body).toMatchObject({ status: 'delivered' })
  const served = (await caseOf(window, id)).documents.find(({ kind }) => kind === 'service')
  const paper = (await window.send<CaseDocument>('GET', `/api/cases/${id}/documents/${served?.id}`)).body
  expect(paper.paragraphs).toContain('送达方式：窗口或村里拿')
  // An item whose result comes on the phone alone is not left without a way.
  const only = await typed(village, 'LX-018', 'village', '石无网')
  expect(await waysOf(village, only)).toEqual(['pickup'])
  expect((await act(village, only, 'verify')).status).toBe(200)
  expect((await act(window, only, 'accept')).status).toBe(200)
  expect((await act(await county.as('sun-zhiyuan'), only, 'refuse', { reason: '不符合条件' })).status).toBe(
    200,
  )
  expect((await act(window, only, 'conclude')).status).toBe(200)
  expect(await act(window, only, 'deliver', { method: 'electronic' })).toMatchObject(refused)
  expect((await act(window, only, 'deliver', { method: 'pickup' })).status).toBe(200)
})

test('handed over another way than was chosen it says why, and as they chose where nobody names a way', async () => {
  const window = await county.as('zhao-min')
  const [asked, named] = [await born('石选手机'), await born('石另拿')]
  const [phone, hand] = [await file(county, asked, 'LX-036'), await file(county, named, 'LX-036')]
  await choose(asked.person, phone, { method: 'electronic' })
  await choose(named.person, hand, { method: 'electronic' })
  expect(await settle(window, hand, { method: 'pickup' })).toMatchObject({
    status: 422,
    body: { code: 'case.reason-missing', errors: [{ pointer: '/reason' }] },
  })
  expect((await settle(window, hand, { method: 'pickup', reason: '本人来了' })).status).toBe(200)
  const { timeline } = await caseOf(window, hand)
  expect(timeline.map(({ note }) => note).join()).toContain('没照申请人选的送：本人来了')
  // As they chose it asks for none: what is said all the same is kept nowhere.
  expect((await settle(window, phone, { reason: '照他选的' })).status).toBe(200)
  expect((await caseOf(window, phone)).status).toBe('delivered')
  const kept = await county.services.database.rows(
    sql`select digest from case_texts where case_id = ${phone}::uuid and kind in ('note', 'reason')`,
  )
  expect(kept).toEqual([])
})
