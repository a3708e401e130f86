import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import { documentWords } from '#shared/contract/document.labels'
import { run as checkSheet } from '../../functions/commands/check-sheet'
import { bornBy, DALIANG, file, play, STAFF } from '../e2e/scenes'
import { wordsOfPdf } from '../pdf-text'
import { type County, caseOf, newcomer, openCounty, type Person } from './county'

// A document on paper, under the address of its page.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const PDF = { Accept: 'application/pdf' }
const MARK = '演示环境，人物和数据均为虚构，没有效力'

const bare = (words: string) => words.replace(/\s/g, '')

/** As a page shows it, with what a sheet has beside that. */
function onSheet(document: CaseDocument) {
  const { title, number, recipient, paragraphs, organ, day } = documentWords(document)
  const to = recipient === null ? '' : `${recipient}：`
  return bare([MARK, organ, title, number ?? '', to, ...paragraphs, '盖章处', organ, day].join(''))
}

async function papersOf(person: Person, id: string) {
  const { documents } = await caseOf(person, id)
  return Promise.all(
    documents.map(async (each) => {
      const path = `/api/cases/${id}/documents/${each.id}`
      const page = (await person.send<CaseDocument>('GET', path)).body
      return { path, page, sheet: await person.fetchFile(path, PDF) }
    }),
  )
}

const correction = {
  reason: '照片看不清，卡号对不上',
  items: [{ kind: 'material', name: '居民户口簿', reason: '户口簿照片模糊，放平了再拍一张' }],
}

test('each document prints as its page reads, for the applicant and for staff', async () => {
  const name = '陈堃𬭎'
  const born = await bornBy(county)(name)
  const id = await file(county, { ...born, name }, 'LX-009')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '收入超过了标准：四至“喆镕璟”也印得出\n\t第二行\r\n\n第二行' }],
  ])
  const other = await file(county, { ...born, name }, 'LX-005')
  await play(county, other, [
    ['village', 'verify'],
    ['window', 'request-correction', correction],
  ])
  for (const [reader, whose] of [
    [born.person, name],
    [await county.as(STAFF.window), '陈*𬭎'],
  ] as const) {
    const papers = [...(await papersOf(reader, id)), ...(await papersOf(reader, other))]
    expect(papers.map(({ page }) => page.kind)).toEqual(
      expect.arrayContaining(['acceptance', 'deny', 'correction']),
    )
    for (const { page, sheet } of papers) {
      expect(sheet).toMatchObject({ status: 200, contentType: 'application/pdf' })
      expect(await wordsOfPdf(sheet.bytes)).toBe(onSheet(page))
      expect(page.recipient).toContain(whose)
    }
  }
})

test('a sheet that went out is known again by its digest, once', async () => {
  const name = '沈打印'
  const born = await bornBy(county)(name)
  const id = await file(county, { ...born, name }, 'LX-009')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  const [first] = await papersOf(born.person, id)
  const [again] = await papersOf(born.person, id)
  if (!first || !again) throw new Error('no paper')
  expect(again.sheet.bytes.equals(first.sheet.bytes)).toBe(true)
  const kept = await county.services.database.rows<{ digest: string; document_id: string }>(
    sql`select digest, document_id from document_prints where document_id = ${first.page.id}::uuid`,
  )
  const digest = createHash('sha256').update(first.sheet.bytes).digest('hex')
  expect(kept).toEqual([{ digest, document_id: first.page.id }])
  const folder = await mkdtemp(join(tmpdir(), 'sheet-'))
  const told = async (file: Buffer) => {
    const [path, lines] = [join(folder, '文书.pdf'), [] as string[]]
    await writeFile(path, file)
    const code = await checkSheet({
      services: county.services,
      words: [path],
      print: (line) => lines.push(line),
    })
    return [code, ...lines]
  }
  expect(await told(first.sheet.bytes)).toEqual([0, expect.stringContaining(first.page.documentNumber ?? '')])
  // A blank at the end of a file is another file.
  expect(await told(Buffer.concat([first.sheet.bytes, Buffer.from(' ')]))).toEqual([
    1,
    '不是从这里打出来的，或者打出来以后改过',
  ])
  await rm(folder, { recursive: true })
})

test('who may not read a document prints none, and who asks for nothing reads it', async () => {
  const name = '沈读者'
  const born = await bornBy(county)(name)
  const id = await file(county, { ...born, name }, 'LX-009')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  const [paper] = await papersOf(born.person, id)
  const path = paper?.path ?? ''
  const { person: stranger } = await newcomer(county, {
    name: '沈旁人',
    birth: '1990-05-06',
    villageCode: DALIANG,
    level: 3,
  })
  const printed = async (person: Person, accept: string) =>
    person.fetchFile(path, { Accept: accept }).then(({ status, contentType }) => ({ status, contentType }))
  expect(await printed(stranger, 'application/pdf')).toMatchObject({ status: 404 })
  expect(await printed(county.visitor, 'application/pdf')).toMatchObject({ status: 401 })
  for (const accept of ['*/*', 'application/json', 'text/html', 'image/png, */*;q=0.1'])
    expect(await printed(born.person, accept)).toEqual({ status: 200, contentType: 'application/json' })
  const asked = await fetch(`${county.url}${path}`, { headers: PDF })
  expect(asked.status).toBe(401)
  const { headers } = await born.person.send('GET', path)
  expect(headers.get('vary')).toContain('Accept')
  expect(headers.get('cache-control')).toContain('no-store')
})
