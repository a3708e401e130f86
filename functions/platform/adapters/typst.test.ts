import { join } from 'node:path'
import encodeQR from 'qr'
import { getDocumentProxy } from 'unpdf'
import { beforeAll, expect, test } from 'vitest'
import { pagesOfPdf } from '../../../tests/pdf-text'
import { type Printing, type Sheet, type Slip, Unprintable } from '../ports/printing'
import { createTypst } from './typst'

let printing: Printing
beforeAll(async () => {
  printing = await createTypst({ assets: join(process.cwd(), 'functions', 'assets'), folder: null })
})

const PAPER: Sheet = {
  title: '不予行政许可决定书',
  number: '梅政不〔2026〕3 号',
  recipient: '陈堃𬭎（3418**********0024）',
  paragraphs: ['你于2026年11月17日申请“食品经营许可”。', '理由：四至不清；喆、镕、璟、㛃、䶮都印得出来。'],
  organ: '郎溪县梅渚镇人民政府',
  day: '2026年11月24日',
  issuedOn: '2026-11-24',
  mark: null,
}

const opened = async (paper: Partial<Sheet>) => getDocumentProxy(await printing.pdf({ ...PAPER, ...paper }))
const pagesOf = async (paper: Partial<Sheet>) => pagesOfPdf(await printing.pdf({ ...PAPER, ...paper }))

test('a paper says its words in order, each character of a rare name too', async () => {
  expect(await pagesOf({})).toEqual([
    `${PAPER.organ}${PAPER.title}梅政不〔2026〕3号${PAPER.recipient}：${PAPER.paragraphs.join('')}盖章处${PAPER.organ}${PAPER.day}—1—`,
  ])
})

test('the same words are the same bytes, other words are others', async () => {
  const first = Buffer.from(await printing.pdf(PAPER))
  expect(Buffer.from(await printing.pdf(PAPER)).equals(first)).toBe(true)
  expect(Buffer.from(await printing.pdf({ ...PAPER, day: '2026年11月25日' })).equals(first)).toBe(false)
})

test('what has no number, no recipient and no mark leaves no place for them', async () => {
  const [page] = await pagesOf({ number: null, recipient: null })
  expect(page).toContain(`${PAPER.title}你于`)
  expect((await pagesOf({ mark: '没有效力' }))[0]).toMatch(/^没有效力/)
})

test.each([
  '#read("/etc/passwd") $x^2$ *粗* _斜_ `码` <标> @引 // 注 /* 注 */ \\ ~ -- --- [括] {块} #let',
  '"引号" \'单\' \\u{1F600} %PDF- </script> {{x}} null true',
  '= 一级\u3000标题',
])('words are words: %s', async (words) => {
  expect((await pagesOf({ paragraphs: [words], recipient: words, title: words }))[0]).toContain(
    `：${words}`.replace(/\s/g, ''),
  )
})

test('nothing runs off the sheet, and what goes on has a number on each page', async () => {
  const long = ['很长的理由，'.repeat(300), '1'.repeat(900), `https://${'a/'.repeat(200)}`]
  const pages = await pagesOf({ paragraphs: long })
  expect(pages.length).toBeGreaterThan(2)
  for (const [at, page] of pages.entries()) expect(page).toMatch(new RegExp(`—${at + 1}—$`))
  const text = pages.map((page) => page.replace(/—\d+—$/, '')).join('')
  for (const words of long) expect(text).toContain(words)
  const document = await opened({ paragraphs: long })
  for (let at = 1; at <= document.numPages; at += 1) {
    const { items } = await (await document.getPage(at)).getTextContent()
    for (const item of items)
      if ('transform' in item) {
        const left = item.transform[4] as number
        expect(left).toBeGreaterThan(28 * (72 / 25.4) - 1)
        // A comma that ends a line takes half of what its font says.
        expect(left + item.width).toBeLessThan((210 - 26) * (72 / 25.4) + 8)
      }
  }
})

test('organ and day never stand alone on a sheet of which they are not told', async () => {
  for (const lines of [10, 11, 12, 13, 14, 15, 16]) {
    const pages = await pagesOf({ paragraphs: Array.from({ length: lines }, (_, at) => `第${at}段`) })
    const last = pages.at(-1) ?? ''
    expect(last).toMatch(new RegExp(`第${lines - 1}段盖章处${PAPER.organ}${PAPER.day}`))
  }
})

test.each(['\u{1F600}', '\u{323B0}', '\ue000', 'ภาษา', '\ud800', '\u0007'])(
  'no blank stands for a character without a form: %j',
  async (character) => {
    await expect(printing.pdf({ ...PAPER, recipient: `陈${character}` })).rejects.toThrow(Unprintable)
    // And the next one is printed.
    expect(await pagesOf({})).toHaveLength(1)
  },
)

test('twenty at once come out each by itself', async () => {
  const all = Array.from({ length: 20 }, (_, at) => `梅政不〔2026〕${at} 号`)
  const pages = await Promise.all(all.map((number) => pagesOf({ number })))
  for (const [at, number] of all.entries()) expect(pages[at]?.[0]).toContain(number.replace(/\s/g, ''))
})

const SLIP: Slip = {
  title: '收件回执',
  place: '梅渚镇',
  rows: [
    { label: '事项', lines: ['农村宅基地批准（村民建房）和食品经营许可一次办'] },
    { label: '给谁办', lines: ['陈堃𬭎'] },
    { label: '材料', lines: [`居民户口簿、居民身份证、${'9'.repeat(60)}`] },
  ],
  numberLabel: '办件编号',
  number: '341821 261124 0052',
  notes: ['赵敏代录，本人口头同意', '有事打 0563-7000000'],
  scan: {
    words: '扫一扫看办到哪了',
    square: encodeQR('https://county.example/#/case', 'svg', { ecc: 'quartile', border: 4 }),
  },
  issuedOn: '2026-11-24',
  mark: '没有效力',
}

test.each([
  ['58', 58],
  ['80', 80],
  ['a4', 210],
] as const)('a receipt on %s is that wide, one page long, and nothing of it is cut', async (paper, width) => {
  const file = await printing.slip(SLIP, paper)
  const pages = await pagesOfPdf(file)
  expect(pages).toHaveLength(1)
  const words = [
    SLIP.mark,
    SLIP.title,
    SLIP.place,
    SLIP.numberLabel,
    SLIP.number,
    SLIP.scan?.words,
    ...SLIP.notes,
  ]
  for (const each of [...words, ...SLIP.rows.flatMap(({ label, lines }) => [label, ...lines])])
    expect(pages[0]).toContain(each?.replace(/\s/g, ''))
  const page = await (await getDocumentProxy(new Uint8Array(file))).getPage(1)
  const [, , right = 0] = page.view
  expect(Math.abs((right * 25.4) / 72 - width)).toBeLessThan(0.1)
  const { items } = await page.getTextContent()
  for (const item of items) {
    if (!('str' in item) || item.str.trim() === '') continue
    const [, , , , left] = item.transform as number[]
    expect(left, item.str).toBeGreaterThan(0)
    expect((left ?? 0) + item.width, item.str).toBeLessThan(right)
  }
})

test('each line of a row stands on a line of its own, beside the label of the first', async () => {
  const lines = ['示例一，妻', '示例二，子']
  const file = await printing.slip({ ...SLIP, rows: [{ label: '同住的人', lines }] }, 'a4')
  const { items } = await (await (await getDocumentProxy(new Uint8Array(file))).getPage(1)).getTextContent()
  const [label, first, second] = ['同住的人', ...lines].map((words) => {
    const item = items.find((each) => 'str' in each && each.str === words)
    const [, , , , left = 0, height = 0] = item && 'transform' in item ? (item.transform as number[]) : []
    return { left, height }
  })
  expect(first?.left).toBeGreaterThan(label?.left ?? 0)
  expect(second?.left).toBe(first?.left)
  expect(first?.height).toBe(label?.height)
  expect(second?.height).toBeLessThan(first?.height ?? 0)
})

test('a receipt that names what no font has is none', async () => {
  await expect(printing.slip({ ...SLIP, notes: ['\u{10FFFF}'] }, '58')).rejects.toBeInstanceOf(Unprintable)
})
