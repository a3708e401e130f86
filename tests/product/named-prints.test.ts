import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { CaseReceipt } from '#shared/contract/receipt'
import { bornBy, DALIANG, file, play } from '../e2e/scenes'
import { wordsOfPdf } from '../pdf-text'
import { type County, caseOf, openCounty, type Person } from './county'
import { deliver } from './deliver'

// A paper that is served names whom it is for, by whoever's hand it goes to them; every other reader reads a mask.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-03-02T09:42:00+08:00' })
})
afterAll(() => county.close())

const PDF = { Accept: 'application/pdf' }
const OFFICE_COPY = '工作人员看的一份'

async function sheetOf(person: Person, id: string, kind: string) {
  const paper = (await caseOf(person, id)).documents.findLast((each) => each.kind === kind)
  const path = `/api/cases/${id}/documents/${paper?.id}`
  const page = (await person.send<CaseDocument>('GET', path)).body
  const sheet = await person.fetchFile(path, PDF)
  expect(sheet.status).toBe(200)
  return { page, sheet, words: await wordsOfPdf(sheet.bytes) }
}
const auditOf = (action: string) =>
  county.services.database.rows<{ actor: string; subject: string }>(
    sql`select actor, subject from audit_entries where action = ${action} order by at, id`,
  )
const keptOf = async (documentId: string) =>
  (
    await county.services.database.rows<{ digest: string }>(
      sql`select digest from document_prints where document_id = ${documentId}::uuid`,
    )
  ).map(({ digest }) => digest)
const digest = (file: Buffer) => createHash('sha256').update(file).digest('hex')

/** Typed at a window for somebody without a phone. */
async function typed(name: string) {
  const { body } = await county.door<{ idNumber: string }>('POST', 'people', {
    name,
    birth: '1944-03-05',
    villageCode: DALIANG,
  })
  const clerk = await county.as('zhao-min')
  const id = await file(county, { person: clerk, name, idNumber: body.idNumber, channel: 'window' }, 'LX-005')
  await clerk.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version: (await caseOf(clerk, id)).version, reason: '看了身份证' },
  })
  return { id, clerk, idNumber: body.idNumber }
}

test('of who has no phone the window prints decision and proof with the whole name, and nobody else does', async () => {
  const { id, clerk } = await typed('汪长庚')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '年龄没到' }],
    ['window', 'conclude'],
  ])
  const served = await sheetOf(clerk, id, 'deny')
  expect(served.page.recipient).toContain('汪*庚')
  expect(served.words).toContain('汪长庚（3418')
  expect(served.words).not.toContain(OFFICE_COPY)
  for (const staffId of ['sun-zhiyuan', 'wang-lixin']) {
    const { words } = await sheetOf(await county.as(staffId), id, 'deny')
    expect(words).toContain('汪*庚')
    expect(words).not.toContain('汪长庚')
    expect(words).toContain(OFFICE_COPY)
  }
  // What was issued is the sheet in full: of the others no digest is kept.
  expect(await keptOf(served.page.id)).toEqual([digest(served.sheet.bytes)])
  expect(await auditOf('case.print-document')).toEqual([
    { actor: 'staff:zhao-min', subject: `document:${served.page.id}` },
  ])
  const takenOn = (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
  expect((await deliver(clerk, id, 'hand-over', { of: 'result', takenOn })).status).toBe(200)
  expect((await sheetOf(clerk, id, 'service')).words).toContain('汪长庚（3418')
})

test('the application that whoever came signs has the numbers whole, for who stands before the counter alone', async () => {
  const { id, clerk, idNumber } = await typed('汪签名')
  const door = `/api/cases/${id}/application-form`
  const page = (await clerk.send<CaseReceipt>('GET', door)).body
  expect(JSON.stringify(page)).not.toContain(idNumber)
  const form = await wordsOfPdf((await clerk.fetchFile(`${door}/a4`)).bytes)
  expect(form).toContain(idNumber)
  expect(form).toContain('汪签名')
  expect(form).toContain('交给郎溪县梅渚镇人民政府')
  expect(form).toContain('申请日期2026年3月2日')
  expect(form).toContain('签名：')
  expect(form).toContain('我保证')
  expect(form).not.toContain('没有勾')
  const receipt = await wordsOfPdf((await clerk.fetchFile(`/api/cases/${id}/receipt/a4`)).bytes)
  expect(receipt).toContain('给谁办汪签名')
  expect(receipt).toMatch(/收件2026年3月2日\d\d?:\d\d/)
  expect(receipt).toContain('收件单位郎溪县梅渚镇人民政府')
  expect(receipt).toContain('收件人赵敏')
  const village = await county.as('wang-lixin')
  const masked = await wordsOfPdf((await village.fetchFile(`${door}/a4`)).bytes)
  expect(masked).not.toContain(idNumber)
  expect(await auditOf('case.print-application')).toEqual([
    { actor: 'staff:zhao-min', subject: `case:${id}` },
  ])
  const { version } = await caseOf(clerk, id)
  const body = { version, reason: '本人说不办了' }
  expect((await clerk.send('POST', `/api/cases/${id}/withdrawal`, { body })).status).toBe(200)
  expect(await wordsOfPdf((await clerk.fetchFile(`${door}/a4`)).bytes)).not.toContain(idNumber)
})

test('the paper card that hangs on a stall names its holder, as the window prints it', async () => {
  const born = await bornBy(county)('冯小燕')
  const id = await file(county, born, 'LX-036')
  await play(county, id, [
    ['window', 'accept'],
    ['window', 'grant'],
    ['window', 'conclude'],
  ])
  const clerk = await county.as('zhao-min')
  const { page, words } = await sheetOf(clerk, id, 'certificate')
  expect(page.recipient).toContain('冯*燕')
  expect(words).toContain('冯小燕')
})
