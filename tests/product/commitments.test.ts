import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseReceipt } from '#shared/contract/receipt'
import { bornBy, file } from '../e2e/scenes'
import { wordsOfPdf } from '../pdf-text'
import { allowanceOf } from './allowance'
import { act, type County, caseOf, openCounty, type Person } from './county'

// 我保证 is of just what it was ticked for.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const REGISTER = '居民户口簿'
const NOTICE = { reason: '看不清', items: [{ kind: 'material', name: REGISTER, reason: '放平了再拍一张' }] }

async function filed(name: string, more: object) {
  const born = await bornBy(county, '1944-03-05')(name)
  const body = { ...(await allowanceOf(born.person, { name, idNumber: born.idNumber })), ...more }
  const { status, body: made } = await born.person.send<CaseCreated>('POST', '/api/cases', { body })
  expect(status, JSON.stringify(made)).toBe(201)
  return { person: born.person, id: made.id, mobile: String(body.answers['mobile']) }
}
const formOf = async (person: Person, id: string) =>
  (await person.send<CaseReceipt>('GET', `/api/cases/${id}/application-form`)).body

async function answerNotice(person: Person, id: string, more: object) {
  await act(await county.as('zhao-min'), id, 'request-correction', NOTICE)
  const { version } = await caseOf(person, id)
  const materials = [{ name: REGISTER, files: [await person.upload()] }]
  const sent = await person.send('POST', `/api/cases/${id}/supplement`, {
    body: { version, materials, answers: {}, ...more },
  })
  expect(sent.status, JSON.stringify(sent.body)).toBe(200)
}

test('one paper changed after the tick, and it covers the application no more, until it is ticked anew', async () => {
  const { person, id } = await filed('凌保证', { commitment: true })
  expect((await caseOf(person, id)).commitment).toMatchObject({ fits: true })
  await answerNotice(person, id, {})
  const window = await county.as('zhao-min')
  for (const reader of [person, window]) {
    expect((await caseOf(reader, id)).commitment).toMatchObject({
      fits: false,
      words: expect.stringContaining('后来内容改过'),
    })
  }
  const { version } = await caseOf(person, id)
  const anew = await person.send('POST', `/api/cases/${id}/additions`, {
    body: { version, answers: { mobile: '15400000077' }, materials: [], commitment: true },
  })
  expect(anew.status, JSON.stringify(anew.body)).toBe(200)
  expect((await caseOf(window, id)).commitment).toMatchObject({ fits: true })
})

test('who ticks nothing is refused nothing, and the paper says so', async () => {
  const { person, id } = await filed('凌没勾', {})
  expect((await caseOf(person, id)).commitment).toBeNull()
  expect((await formOf(person, id)).notes).toContain('没有勾“我保证”。')
})

test('申请书 says what was filed, on the page and on the sheet, and what was promised of it', async () => {
  const { person, id } = await filed('凌𬭎', { commitment: true })
  const form = await formOf(person, id)
  const view = await caseOf(person, id)
  expect(form).toMatchObject({ title: '申请书', place: view.itemName })
  for (const { label, text } of view.answers) expect(form.rows).toContainEqual({ label, text })
  for (const { name } of view.papers) expect(form.rows.map(({ label }) => label)).toContain(name)
  expect(form.notes).toContain(view.commitment?.words)
  const sheet = await person.fetchFile(`/api/cases/${id}/application-form/a4`)
  expect(sheet).toMatchObject({ status: 200, contentType: 'application/pdf' })
  const words = await wordsOfPdf(sheet.bytes)
  for (const each of [form.title, ...form.rows.flatMap(({ label, text }) => [label, text]), ...form.notes])
    expect(words).toContain(each.replace(/\s/g, ''))
})

test('a table of two rows and words of two lines are printed too, each a line of its own', async () => {
  const born = await bornBy(county)('凌两行', 3)
  const members = [
    { mName: '凌两行', mId: born.idNumber, mRel: '本人' },
    { mName: '凌小行', mId: (await bornBy(county)('凌小行', 0)).idNumber, mRel: '配偶' },
  ]
  const applications = [
    await file(county, { ...born, name: '凌两行' }, 'LX-025', { members }),
    await file(county, { ...born, name: '凌两行' }, 'LX-009', {
      event: '7月发大水，屋里进了水。\n粮食和家具都泡坏了。',
    }),
  ]
  for (const id of applications) {
    const { rows } = await formOf(born.person, id)
    const lines = rows.flatMap(({ text }) => text.split('\n'))
    expect(lines.length).toBeGreaterThan(rows.length)
    const sheet = await born.person.fetchFile(`/api/cases/${id}/application-form/a4`)
    expect(sheet.status).toBe(200)
    const words = await wordsOfPdf(sheet.bytes)
    for (const line of lines) expect(words).toContain(line.replace(/\s/g, ''))
  }
})
