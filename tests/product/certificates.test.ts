import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { CertificateFacts } from '#shared/contract/certificate'
import { certificateRows } from '#shared/contract/document.labels'
import { codeWords } from '#shared/domain/case/result/certificate-code'
import { addDays, dayIn } from '#shared/domain/kernel/plain-date'
import { bornBy, file, play } from '../e2e/scenes'
import { wordsOfPdf } from '../pdf-text'
import { certificateOf, certifiedFirm, codeOf, FIRM } from './certifying'
import { type County, caseOf, openCounty } from './county'

// A certificate of the county's own: issued with the case, read by its code, and printed as it reads.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const rows = <Row extends object>(query: ReturnType<typeof sql>) => county.services.database.rows<Row>(query)
const born = (name: string) => bornBy(county, '1963-05-20')(name)
const today = () => dayIn(county.services.clock.now())
const check = (code: string) => county.visitor.send<CertificateFacts>('GET', `/api/certificates/${code}`)

/** Filed, granted and concluded by the town's window. */
async function certified(name: string) {
  const owner = await born(name)
  const id = await file(county, owner, 'LX-036')
  await play(county, id, [
    ['window', 'accept'],
    ['window', 'grant'],
    ['window', 'conclude'],
  ])
  return { owner, id, certificate: await certificateOf(owner.person, id) }
}

test('a granted case that is concluded has its certificate, which anybody reads by its code', async () => {
  const { owner, id, certificate } = await certified('陈摊兰')
  const { document } = certificate
  expect(document.documentNumber).toMatch(/^.+证〔2026〕\d+号$/)
  expect(document.recipient).toMatch(/^陈摊兰（3418\*{10}\d{3}[\dX]）$/)
  const code = codeOf(document)
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
  expect(document.certificate?.link.endsWith(`/#/features/certificate/check?code=${code}`)).toBe(true)
  const { status, body, headers } = await check(code)
  expect(status).toBe(200)
  expect(headers.get('cache-control')).toBe('no-store')
  expect(body).toEqual({
    status: 'valid',
    title: '食品摊贩备案卡',
    number: document.documentNumber,
    organName: document.organName,
    holderMasked: '陈*兰',
    issuedOn: today(),
    validTo: null,
  })
  // Typed by hand.
  expect((await check(encodeURIComponent(codeWords(code).toLowerCase()))).body).toEqual(body)
  await play(county, id, [['window', 'deliver', { method: 'electronic' }]])
  const view = await caseOf(owner.person, id)
  expect(view.timeline[0]?.title).toBe('结果送到了：电子件到手机')
  const served = view.documents.find(({ kind }) => kind === 'service')
  const receipt = await owner.person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${served?.id}`)
  expect(receipt.body.paragraphs).toContain(`送达的文书：《食品摊贩备案卡》（${document.documentNumber}）`)
  // The code stands nowhere but among sealed words.
  const [kept] = await rows<{
    found: number
  }>(sql`select (select count(*) from certificates r where r::text like ${`%${code}%`})::int
    + (select count(*) from case_events e where e.payload like ${`%${code}%`})::int as found`)
  expect(kept?.found).toBe(0)
})

test('numbers of certificates follow one another, and a code that nobody issued is none', async () => {
  const numbers = []
  for (const name of ['陈一兰', '陈二兰']) {
    const { certificate } = await certified(name)
    numbers.push(Number(/(\d+)号$/.exec(certificate.document.documentNumber ?? '')?.[1]))
  }
  expect((numbers[1] ?? 0) - (numbers[0] ?? 0)).toBe(1)
  const unknown = await check('0123456789ABCDEFGHJKMNPQRS')
  const odd = await check(encodeURIComponent('%_?'))
  for (const each of [unknown, odd]) {
    expect(each.status).toBe(404)
    expect(each.body).toMatchObject({ code: 'certificate.not-found' })
  }
  expect(Object.keys(odd.body as object)).toEqual(Object.keys(unknown.body as object))
})

test('what is refused has none', async () => {
  const owner = await born('陈无证')
  const id = await file(county, owner, 'LX-036')
  await play(county, id, [
    ['window', 'accept'],
    ['window', 'refuse', { reason: '地点在学校门口' }],
    ['window', 'conclude'],
  ])
  expect((await caseOf(owner.person, id)).documents.map(({ kind }) => kind)).not.toContain('certificate')
})

test('it prints as it reads, a rare name too, and the print is known again', async () => {
  const { owner, certificate } = await certified('陈堃𬭎')
  const { document, path } = certificate
  const sheet = await owner.person.fetchFile(path, { Accept: 'application/pdf' })
  const words = await wordsOfPdf(sheet.bytes)
  const said = [
    document.title,
    document.documentNumber,
    ...certificateRows(document).flatMap(({ label, text }) => [label, text]),
    ...document.paragraphs,
    codeWords(codeOf(document)),
    document.organName,
  ]
  for (const each of said) expect(words).toContain((each ?? '').replace(/\s/g, ''))
  expect(words).toContain('演示环境，人物和数据均为虚构，没有效力')
  expect(words).toContain('陈堃𬭎')
  const [print] = await rows<{ prints: number }>(
    sql`select count(*)::int as prints from document_prints where document_id = ${document.id}::uuid`,
  )
  expect(print?.prints).toBe(1)
})

test('after its last day it reads expired; on that day it holds', async () => {
  const { certificate } = await certified('陈期满')
  const { document } = certificate
  const until = (day: string) =>
    rows(sql`update certificates set valid_to = ${day}::date where document_id = ${document.id}::uuid`)
  await until(today())
  expect((await check(codeOf(document))).body).toMatchObject({ status: 'valid', validTo: today() })
  await until(addDays(today(), -1))
  expect((await check(codeOf(document))).body).toMatchObject({ status: 'expired' })
})

test('a permit of four years names its last day, and a firm by its whole name', async () => {
  const { owner, id } = await certifiedFirm(county)
  const { document } = await certificateOf(owner, id)
  expect(certificateRows(document)).toEqual([
    { label: '持有人', text: '郎溪县梅渚镇李记小吃店（92341821DEM903328K）' },
    { label: '法定代表人/经营者', text: '李建国' },
    { label: '场所类别', text: expect.any(String) },
    { label: '经营场所地址', text: expect.any(String) },
    { label: '有效期', text: '2026年11月24日至2030年11月23日' },
  ])
  expect((await check(codeOf(document))).body).toMatchObject({
    status: 'valid',
    title: '公共场所卫生许可证',
    organName: '郎溪县卫生健康委员会',
    holderMasked: FIRM.entName,
    validTo: '2030-11-23',
  })
})

test('it is looked up so often from one network, and then no more for a while', async () => {
  const asked = await Promise.all(Array.from({ length: 61 }, () => check('0123456789ABCDEFGHJKMNPQRS')))
  const limited = asked.filter(({ status }) => status === 429)
  expect(limited.length).toBeGreaterThan(0)
  expect(limited[0]?.body).toMatchObject({
    code: 'request.rate-limited',
    retryAfterSeconds: expect.any(Number),
  })
})
