import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { Queue } from '#shared/contract/work'
import { DALIANG, file, play } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty } from './county'

// What those who work are shown before they act: whose identity is open, what came, and the paper that will go out.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const born = async (name: string, level: 2 | 3) => ({
  name,
  ...(await newcomer(county, { name, birth: '1943-05-20', villageCode: DALIANG, level })),
})

const firstActionOf = async (staff: string, caseId: string) => {
  const { body } = await (await county.as(staff)).send<Queue>('GET', '/api/work/cases')
  return body.items.find((item) => item.caseId === caseId)?.firstAction
}

test('at the deciding step nobody is sent to refuse whom they cannot grant yet', async () => {
  // The window both sees people and decides.
  const applicant = await born('周明兰', 2)
  const atWindow = await file(county, applicant, 'LX-036')
  await act(await county.as('zhao-min'), atWindow, 'accept')
  expect(await firstActionOf('zhao-min', atWindow)).toBe('当面核身份')
  // The reviewer sees nobody: they look.
  const atReviewer = await file(county, applicant, 'LX-009')
  await play(county, atReviewer, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  expect(await firstActionOf('sun-zhiyuan', atReviewer)).toBeNull()
  const confirmed = await file(county, await born('郑小霞', 3), 'LX-036')
  await act(await county.as('zhao-min'), confirmed, 'accept')
  expect(await firstActionOf('zhao-min', confirmed)).toBe('准予')
})

test('a refusal to accept has its paper before it goes out, and goes out as that', async () => {
  const id = await file(county, await born('郑大霞', 3), 'LX-036')
  const window = await county.as('zhao-min')
  const draft = (await caseOf(window, id)).staff?.decisionDrafts.find(({ action }) => action === 'decline')
  expect(draft).toMatchObject({ title: '不予受理决定书', organName: '郎溪县梅渚镇人民政府', result: null })
  expect(draft?.remedy).toContain('60 日内')
  expect(draft?.legalBasis.length).toBeGreaterThan(0)
  await act(window, id, 'decline', { reason: '这件事不归这里办' })
  const issued = (await caseOf(window, id)).documents.find(({ kind }) => kind === 'decline')
  expect(issued).toMatchObject({ title: draft?.title, organName: draft?.organName })
  expect(issued?.documentNumber.startsWith(draft?.numberPrefix ?? 'none')).toBe(true)
  expect((await caseOf(window, id)).timeline[0]?.note).toContain(draft?.remedy)
})

test('what is handed over after a decision is read before it is signed, but for how and when', async () => {
  const id = await file(county, await born('郑送达', 3), 'LX-036')
  const window = await county.as('zhao-min')
  await act(window, id, 'accept')
  const drafts = (await caseOf(window, id)).staff?.decisionDrafts ?? []
  expect(drafts.map(({ action, service }) => [action, service?.title])).toEqual([
    ['grant', '送达回证'],
    ['refuse', '送达回证'],
  ])
  await act(window, id, 'grant')
  await act(window, id, 'conclude')
  await act(window, id, 'deliver', { method: 'electronic' })
  const paper = (await caseOf(window, id)).documents.find(({ kind }) => kind === 'service')
  const path = `/api/cases/${id}/documents/${paper?.id}`
  const issued = (await window.send<CaseDocument>('GET', path)).body
  const service = drafts[0]?.service
  expect(service).toMatchObject({ title: issued.title, organName: issued.organName })
  expect(issued.documentNumber?.startsWith(service?.numberPrefix ?? 'none')).toBe(true)
  const drawn = (words: string) => words.replace(/〔(\d+)〕(\d+|＿＿)号/g, '〔$1〕号')
  expect(service?.paragraphs.map(drawn)[0]).toBe(issued.paragraphs.map(drawn)[0])
  const asks = (words: string) => words.split('：')[0]
  expect(service?.paragraphs.map(asks)).toEqual(issued.paragraphs.map(asks))
})

test('after an answer staff see what was asked, what came and which photos are new, until it is decided', async () => {
  const applicant = await born('吴桂英', 3)
  const id = await file(county, applicant, 'LX-005')
  const window = await county.as('zhao-min')
  await play(county, id, [['village', 'verify']])
  const lastDay = async (kind: string) =>
    (await caseOf(window, id)).staff?.clocks.find((clock) => clock.kind === kind)?.dueOn
  const formerly = { acceptOn: await lastDay('acceptance'), promisedOn: await lastDay('promised') }
  expect(formerly.acceptOn).toBeTruthy()
  const items = [
    { kind: 'material', name: '居民户口簿', reason: '模糊，放平了再拍' },
    { kind: 'field', name: 'bankCard', reason: '和社保卡上的不一样' },
  ]
  await play(county, id, [['window', 'request-correction', { reason: '看不清', items }]])
  expect((await caseOf(window, id)).staff).toMatchObject({ supplement: null, newFiles: [] })
  const before = await caseOf(applicant.person, id)
  const asked = await caseOf(window, id)
  const upload = await applicant.person.upload()
  const sent = await applicant.person.send('POST', `/api/cases/${id}/supplement`, {
    body: {
      version: before.version,
      materials: [{ name: '居民户口簿', files: [upload] }],
      answers: { bankCard: '6228480402564890018' },
    },
  })
  expect(sent, JSON.stringify(sent.body)).toMatchObject({ status: 200 })
  const seen = await caseOf(window, id)
  const former = asked.papers.find(({ name }) => name === '居民户口簿')?.files ?? []
  const formerCard = asked.answers.find(({ key }) => key === 'bankCard')?.text
  expect(former).toHaveLength(1)
  expect(formerCard).toMatch(/^\*{4} \d{4}$/)
  expect(seen.staff?.supplement?.items).toEqual([
    { ...items[0], label: '居民户口簿', came: true, formerFiles: former, formerText: null },
    { ...items[1], label: '社保卡/银行卡号', came: true, formerFiles: [], formerText: formerCard },
  ])
  // The photo as it was is still there to be compared.
  expect((await window.send('GET', former[0]?.url ?? '')).status).toBe(200)
  const { dueOn } = before.correction ?? {}
  expect(seen.staff?.supplement).toMatchObject({ dueOn, formerly, begunAnew: true })
  expect(seen.staff?.newFiles).toEqual([upload])
  expect(seen.papers.flatMap(({ files }) => files).map((each) => each.id)).toContain(upload)
  expect(seen.staff?.proofs).toContainEqual({
    paper: '社会保障卡（或本人银行卡）',
    fields: ['applicant.name', 'applicant.number', 'name', 'idNo', 'birth', 'bankCard'],
  })
  // What nobody asked for: nothing at first, then what was brought of one's own accord.
  expect(seen.staff?.supplement?.elsewhere).toBeNull()
  const added = await applicant.person.send('POST', `/api/cases/${id}/additions`, {
    body: { version: seen.version, answers: { mobile: '15400000009' } },
  })
  expect(added, JSON.stringify(added.body)).toMatchObject({ status: 200 })
  expect((await caseOf(window, id)).staff?.supplement?.elsewhere).toBe('改了：手机号')
  // The reviewer who decides sees it too; afterwards nobody needs it.
  await act(window, id, 'accept')
  const reviewer = await county.as('sun-zhiyuan')
  expect((await caseOf(reviewer, id)).staff?.supplement).not.toBeNull()
  await act(reviewer, id, 'grant')
  expect((await caseOf(reviewer, id)).staff).toMatchObject({ supplement: null, newFiles: [] })
})

test('of an answer to a notice after acceptance no day begins anew: the promise stood still', async () => {
  const applicant = await born('吴桂停', 3)
  const id = await file(county, applicant, 'LX-005')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  const reviewer = await county.as('sun-zhiyuan')
  const promised = async () =>
    (await caseOf(reviewer, id)).staff?.clocks.find(({ kind }) => kind === 'promised')?.dueOn
  const promisedOn = await promised()
  const items = [{ kind: 'field', name: 'bankCard', reason: '和社保卡上的不一样' }]
  await act(reviewer, id, 'request-correction', { reason: '对不上', items })
  await county.door('POST', 'clock', { advanceWorkingDays: 2 })
  const { version } = await caseOf(applicant.person, id)
  const body = { version, materials: [], answers: { bankCard: '6228480402564890018' } }
  expect(await applicant.person.send('POST', `/api/cases/${id}/supplement`, { body })).toMatchObject({
    status: 200,
  })
  expect((await caseOf(reviewer, id)).staff?.supplement).toMatchObject({
    formerly: { acceptOn: null, promisedOn },
    begunAnew: false,
  })
  expect(await promised()).not.toBe(promisedOn)
})
