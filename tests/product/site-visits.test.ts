import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { Problem } from '#shared/contract/problems'
import type { Inbox } from '#shared/contract/reminder'
import { fullDay } from '#shared/domain/kernel/day-words'
import { addDays, dayIn } from '#shared/domain/kernel/plain-date'
import { wordsOfPdf } from '../pdf-text'
import { fileForFirm } from './certifying'
import { act, asItShouldBe, type County, caseOf, openCounty, type Person } from './county'

// A site is seen by two, written down point by point, and counts once both have signed, each on their own account.
let county: County
let writer: Person
let second: Person
beforeAll(async () => {
  county = await openCounty()
  ;[writer, second] = [await county.as('reviewer-health-1'), await county.as('reviewer-health-2')]
})
afterAll(() => county.close())

const OFFICERS = ['reviewer-health-1', 'reviewer-health-2']
const PLACE = { stepKey: 'site', unitId: 'health' }
const REMARK = '消毒柜还没有装'
const SAID = '下周就装好'

/** 公共场所卫生许可 whose site is to be looked at. */
async function atSite() {
  const { owner, id } = await fileForFirm(county)
  await act(await county.as('window-health'), id, 'accept')
  await act(writer, id, 'pass')
  return { owner, id }
}

/** One act as it is sent, so that nobody signs behind it. */
async function sends(person: Person, id: string, action: 'record-visit' | 'sign-visit', more: object) {
  const { version } = await caseOf(person, id)
  return person.send<Partial<Problem>>('POST', `/api/cases/${id}/actions`, {
    body: { action, ...PLACE, version, ...more },
  })
}

async function findingsOf(id: string, change: Readonly<Record<string, object>> = {}) {
  const { findings } = asItShouldBe(await caseOf(writer, id), PLACE)
  return findings.map((each) => ({ ...each, ...change[each.point] }))
}

async function recorded(id: string, more: object = {}) {
  const done = await sends(writer, id, 'record-visit', {
    officerIds: OFFICERS,
    onSite: 'absent',
    findings: await findingsOf(id),
    ...more,
  })
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  return recordOf(id)
}

async function recordOf(id: string) {
  const { staff } = await caseOf(writer, id)
  const record = staff?.visits?.find(({ stepKey }) => stepKey === PLACE.stepKey)?.record
  if (!record) throw new Error('no record')
  return record
}

const codeOf = ({ status, body }: { status: number; body: Partial<Problem> }) => [
  status,
  body.code,
  body.errors?.map(({ pointer }) => pointer),
]

test('what two saw is told on a paper, once the second has signed what they read', async () => {
  const { owner, id } = await atSite()
  const photo = await writer.upload()
  const findings = await findingsOf(id, { clean: { answer: 'no', remark: REMARK, files: [photo] } })
  const record = await recorded(id, {
    findings,
    onSite: 'remarked',
    onSiteWords: SAID,
    reason: '看了一个上午',
  })
  expect(record.officers).toEqual([
    { staffId: 'reviewer-health-1', name: expect.any(String), signed: true },
    { staffId: 'reviewer-health-2', name: expect.any(String), signed: false },
  ])
  expect(record).toMatchObject({ onSite: 'remarked', onSiteWords: SAID, note: '看了一个上午' })

  const place = { body: { action: 'pass', ...PLACE, version: (await caseOf(writer, id)).version } }
  const passed = await writer.send<Problem>('POST', `/api/cases/${id}/actions`, place)
  expect(codeOf(passed)).toEqual([409, 'case.visit-unsigned', undefined])
  expect((await caseOf(owner, id)).documents.map(({ kind }) => kind)).not.toContain('visit-record')
  const { items } = (await second.send<Inbox>('GET', '/api/inbox')).body
  expect(items.map(({ title }) => title)).toContainEqual(expect.stringContaining('请你签现场记录'))

  const digest = { record: record.digest }
  expect(codeOf(await sends(writer, id, 'sign-visit', digest))).toEqual([
    403,
    'case.not-your-task',
    undefined,
  ])
  const signed = await sends(second, id, 'sign-visit', digest)
  expect(signed.status, JSON.stringify(signed.body)).toBe(200)
  expect((await act(writer, id, 'pass')).status).toBe(200)

  const listed = (await caseOf(owner, id)).documents.find(({ kind }) => kind === 'visit-record')
  const path = `/api/cases/${id}/documents/${listed?.id}`
  const { title, paragraphs, documentNumber } = (await owner.send<CaseDocument>('GET', path)).body
  expect([title, documentNumber]).toEqual(['现场核查记录', expect.stringMatching(/核〔2026〕\d+号$/)])
  const told = paragraphs.join('\n')
  for (const words of [
    `不符合（照片 1 张）。${REMARK}`,
    `有话要记。${SAID}`,
    '看了一个上午',
    ...record.officers.map(({ name }) => name),
  ])
    expect(told).toContain(words)
  const sheet = await owner.fetchFile(path, { Accept: 'application/pdf' })
  const printed = await wordsOfPdf(sheet.bytes)
  for (const each of paragraphs) expect(printed).toContain(each.replace(/\s/g, ''))

  const approver = await county.as('approver-health-1')
  const { staff } = await caseOf(approver, id)
  expect(staff?.allowed.find(({ action }) => action === 'grant')?.warning).toContain('1 项不符合')
  const [seen] = staff?.visits ?? []
  const [file] = seen?.record?.findings.find(({ point }) => point === 'clean')?.files ?? []
  expect((await approver.fetchFile(file?.url ?? '')).status).toBe(200)
  const stored = await county.services.database.rows(sql`select payload::text from case_events
    where case_id = ${id}::uuid union all select action from audit_entries where subject = ${id}`)
  for (const words of [REMARK, SAID]) expect(JSON.stringify(stored)).not.toContain(words)
})

test('another record voids what was signed, keeps its photos, and is read before it is signed', async () => {
  const { id } = await atSite()
  const photo = await writer.upload()
  const findings = await findingsOf(id, { clean: { files: [photo] } })
  const first = await recorded(id, { findings })
  const again = await recorded(id, { findings, reason: '再看了一遍' })
  expect(again.digest).not.toBe(first.digest)
  expect(again.findings.find(({ point }) => point === 'clean')?.files).toHaveLength(1)
  const stale = await sends(second, id, 'sign-visit', { record: first.digest })
  expect(codeOf(stale)).toEqual([409, 'case.visit-changed', undefined])
  expect((await sends(second, id, 'sign-visit', { record: again.digest })).status).toBe(200)
  const whole = { officerIds: OFFICERS, onSite: 'refused', findings }
  expect(codeOf(await sends(second, id, 'record-visit', whole))).toEqual([
    422,
    'case.visit-why-anew',
    ['/whyAnew'],
  ])
  const third = await sends(second, id, 'record-visit', { ...whole, whyAnew: '漏了一条' })
  expect(third.status, JSON.stringify(third.body)).toBe(200)
  expect((await recordOf(id)).officers.map(({ signed }) => signed)).toEqual([false, true])
})

const papersOf = async (person: Person, id: string) =>
  (await caseOf(person, id)).documents.filter(({ kind }) => kind === 'visit-record')
const told = async (person: Person, id: string, documentId: string | undefined) =>
  (await person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${documentId}`)).body

/** Written by one and signed by the other, as it is needed for anything to follow. */
async function seen(id: string, more: object = {}) {
  const { digest } = await recorded(id, more)
  const signed = await sends(second, id, 'sign-visit', { record: digest })
  expect(signed.status, JSON.stringify(signed.body)).toBe(200)
}

test('a paper that is written anew says whose place it takes and why; the first bears that it counts no more', async () => {
  const { owner, id } = await atSite()
  await seen(id)
  const [first] = await papersOf(owner, id)
  expect(first?.mark).toBeNull()
  const { digest } = await recorded(id, { whyAnew: '漏了一条' })
  expect((await papersOf(owner, id)).map(({ mark }) => mark)).toEqual([
    { kind: 'replaced', words: expect.stringContaining('已作废'), documentId: null },
  ])
  await sends(second, id, 'sign-visit', { record: digest })
  const [voided, standing] = await papersOf(owner, id)
  expect(voided?.mark).toEqual({
    kind: 'replaced',
    words: `已重新记录，见${standing?.documentNumber}`,
    documentId: standing?.id,
  })
  expect(standing?.mark).toBeNull()
  const words = (await told(owner, id, standing?.id)).paragraphs.join('\n')
  expect(words).toContain(`本记录代替《现场核查记录》（${first?.documentNumber}）`)
  expect(words).toContain('重新记录的原因：漏了一条')
})

test('the paper names the day of the visit, not the day on which it was sent', async () => {
  const { owner, id } = await atSite()
  const on = dayIn(county.services.clock.now())
  const before = addDays(on, -1)
  const whole = { officerIds: OFFICERS, onSite: 'absent', findings: await findingsOf(id) }
  const early = await sends(writer, id, 'record-visit', { ...whole, visitedOn: before })
  expect(codeOf(early)).toEqual([422, 'case.visit-day', ['/visitedOn']])
  await county.door('POST', 'clock', { advanceWorkingDays: 1 })
  await seen(id, { visitedOn: on })
  const [paper] = await papersOf(owner, id)
  const sent = dayIn(county.services.clock.now())
  expect((await told(owner, id, paper?.id)).paragraphs).toContain(
    `核查日期：${fullDay(on)}（${fullDay(sent)}记录）`,
  )
})

test('what was found and photographed stays to be read after an order and after the case came back to the site', async () => {
  const { id } = await atSite()
  const photo = await writer.upload()
  const fault = { clean: { answer: 'no', remark: REMARK, files: [photo] } }
  await seen(id, { findings: await findingsOf(id, fault) })
  const site = async () => (await caseOf(writer, id)).staff?.visits?.find(({ stepKey }) => stepKey === 'site')
  expect(await site()).toMatchObject({ mends: 'signed', earlier: [] })
  expect((await act(writer, id, 'pass')).status).toBe(200)
  expect(
    (
      await act(await county.as('approver-health-1'), id, 'return', {
        toStepKey: 'site',
        reason: '再去看一次',
      })
    ).status,
  ).toBe(200)
  expect(await site()).toMatchObject({ mends: null, record: { onSite: 'absent' } })
  // Photos of the visit before are evidence of it, and of no other.
  const stolen = await sends(writer, id, 'record-visit', {
    officerIds: OFFICERS,
    onSite: 'absent',
    findings: await findingsOf(id, fault),
  })
  expect(codeOf(stolen)).toEqual([422, 'upload.missing', [expect.any(String)]])
  await recorded(id)
  const [before] = (await site())?.earlier ?? []
  const clean = before?.findings.find(({ point }) => point === 'clean')
  expect([clean?.answer, clean?.remark, clean?.files.length]).toEqual(['no', REMARK, 1])
  expect((await second.fetchFile(clean?.files[0]?.url ?? '')).status).toBe(200)
  expect(before?.officers.map(({ signed }) => signed)).toEqual([true, true])
})

test('one alone, an unanswered point, a fault without words and a photo of somebody else are refused', async () => {
  const { owner, id } = await atSite()
  const [, ...some] = await findingsOf(id)
  const whole = { officerIds: OFFICERS, onSite: 'absent', findings: await findingsOf(id) }
  const stolen = await findingsOf(id, { clean: { files: [await owner.upload()] } })
  const refused = async (more: object) =>
    codeOf(await sends(writer, id, 'record-visit', { ...whole, ...more }))
  expect(await refused({ officerIds: ['reviewer-health-1'] })).toEqual([
    422,
    'case.officers-too-few',
    ['/officerIds'],
  ])
  expect(await refused({ findings: some })).toEqual([422, 'case.visit-points', ['/findings']])
  expect(await refused({ findings: await findingsOf(id, { clean: { answer: 'no' } }) })).toEqual([
    422,
    'case.visit-remark',
    ['/findings'],
  ])
  expect(await refused({ onSite: 'remarked' })).toEqual([422, 'case.visit-words', ['/onSiteWords']])
  const [status, code, pointers] = await refused({ findings: stolen })
  expect([status, code, pointers]).toEqual([
    422,
    'upload.missing',
    [expect.stringMatching(/^\/findings\/\d\/files\/0$/)],
  ])
})
