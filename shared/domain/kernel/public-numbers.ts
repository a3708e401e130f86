import { passesLuhn } from './digits'

/** From where to where, in UTF-16 units of the text. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** A text with every way of writing a digit made one; `at`: where each character of it stands in the text. */
interface Plain {
  readonly text: string
  readonly at: readonly number[]
}

/** Row by row the words of a digit, 0 to 9, as they are written, counted in full or called out. */
const WORDS = [
  '零〇○洞',
  '一壹幺么弌',
  '二贰貳弍两兩',
  '三叁叄弎',
  '四肆',
  '五伍',
  '六陆陸',
  '七柒拐',
  '八捌',
  '九玖勾',
]
const DIGIT_OF = new Map(WORDS.flatMap((words, digit) => [...words].map((word) => [word, String(digit)])))

/** Digits of any script or dress, and letters in one; ㎡ and the ² of m² stay signs of their own. */
const DRESSED =
  /(?![0-9])(?:\p{Nd}|(?![²³])\p{No}|(?<![A-Za-z])[²³]|[\uff01-\uff5e\u24b6-\u24e9\u3220-\u3229\u3280-\u3289\u{1d400}-\u{1d7ff}])/gu
/** Circled ones that are no compatibility form of the plain: from which character on, and its number. */
const CIRCLED = [
  [0x24eb, 0x24f4, 11],
  [0x24f5, 0x24fe, 1],
  [0x24ff, 0x24ff, 0],
  [0x2776, 0x277f, 1],
  [0x2780, 0x2789, 1],
  [0x278a, 0x2793, 1],
] as const
const DIGIT = /\p{Nd}/u

/** The scripts of the world count from their own zero, ten characters each. */
function digitOf(code: number) {
  let before = 0
  while (DIGIT.test(String.fromCodePoint(code - before - 1))) before += 1
  return String(before % 10)
}

function undressed(character: string) {
  const code = character.codePointAt(0) ?? 0
  const circled = CIRCLED.find(([first, last]) => code >= first && code <= last)
  if (circled) return String(code - circled[0] + circled[2]).slice(-2)
  const plain = character.normalize('NFKC').replace(/[().,]/g, '')
  if (/^\p{Nd}$/u.test(plain) && !/\d/.test(plain)) return digitOf(code)
  return plain === '' ? character.normalize('NFKC') : plain
}

const IN_WORDS = `[${WORDS.join('')}]`
const PARTS = '[^\\dA-Za-z\\u4e00-\\u9fff〇○]{0,6}'
const EITHER = `(?:${IN_WORDS}|\\d)`
/** A house number in words stays words: only so many in a row are spelt out as a number is. */
const SPELT = new RegExp(`${EITHER}(?:${PARTS}${EITHER}){6,}`, 'g')
/** Digits behind a word that ends in one, or before one that begins so: 李四13900001234, 13900001234一家. */
const AMONG_WORDS = new RegExp(
  `^(?:${IN_WORDS}${PARTS}){0,2}\\d(?:${PARTS}\\d){6,}(?:${PARTS}${IN_WORDS}){0,2}$`,
)

function plainOf(text: string): Plain {
  const at: number[] = []
  let plain = ''
  const put = (words: string, from: number, isOne: boolean) => {
    for (let index = 0; index < words.length; index += 1) at.push(isOne ? from : from + index)
    plain += words
  }
  let done = 0
  text.replace(DRESSED, (character, index: number) => {
    put(text.slice(done, index), done, false)
    put(undressed(character), index, true)
    done = index + character.length
    return ''
  })
  put(text.slice(done), done, false)
  at.push(text.length)
  const spelt = plain.replace(SPELT, (run) =>
    AMONG_WORDS.test(run) ? run : run.replace(/./g, (one) => DIGIT_OF.get(one) ?? one),
  )
  return { text: spelt, at }
}

/** What parts the digits of one number: no letter, no word, and no sign of a measure. */
const MARK = '[^\\dA-Za-z\\u4e00-\\u9fff×✕✖*㎡㎥°′″=+]'
const UNLISTED = MARK.replace('[^', '[^，,、;；')
const RUN = new RegExp(`\\d(?:${MARK}{0,6}\\d)*(?:[ -]?[Xx](?![A-Za-z\\d]))?`, 'g')
const UNLISTED_RUN = new RegExp(`\\d(?:${UNLISTED}{0,6}\\d)*(?:[ -]?[Xx](?![A-Za-z\\d]))?`, 'g')

const BEFORE = '(?<!\\d[^\\dA-Za-z\\u4e00-\\u9fff]{0,6})'
const BEHIND = '(?![^\\dA-Za-z\\u4e00-\\u9fff]{0,6}\\d)'
const HOUR = '(?:[01]?\\d|2[0-4])[:：][0-5]\\d(?:[:：][0-5]\\d)?'
const DATE = '(?:19|20)\\d\\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\\d|3[01])'
const WHEN = `(?:${DATE}|${HOUR})`
const SIZE = '(?:0|[1-9]\\d{0,3})\\.\\d{1,2}'

/** Days with their hours, and lengths one after the other: alone, for between the digits of a number they are its parts. */
const OF_MEASURES = [
  new RegExp(`${BEFORE}${DATE}(?:[ T，,、~～—–-]{1,3}${WHEN})*${BEHIND}`, 'g'),
  new RegExp(`${BEFORE}${SIZE}(?:[ ，,、]{1,3}${SIZE})+${BEHIND}`, 'g'),
]

/** 地籍: 宗地 and 不动产单元 codes, and coordinates, which are in China and too short for a number of a person. */
const OF_PLACES = [
  /(?:^|[^\dA-Za-z])\d{12}[A-Z]{2}\d{5}(?:[A-Z]\d{4,8})?(?![\dA-Za-z])/g,
  /(?:东经|经度|[东E])[:： ]?(?:7[3-9]|[89]\d|1[0-2]\d|13[0-5])\.\d{1,7}(?!\d)/g,
  /(?:^|[^\d.])(?:7[3-9]|[89]\d|1[0-2]\d|13[0-5])\.\d{1,7}(?:°|度)/g,
  /(?:北纬|纬度|[北N])[:： ]?(?:[1-4]\d|5[0-4])\.\d{1,7}(?!\d)/g,
  /(?:^|[^\d.])(?:[1-4]\d|5[0-4])\.\d{1,7}(?:°|度)/g,
  /(?:CGCS|国家|WGS-?)(?:2000|84)/g,
  /(?<![\d.])(?:7[3-9]|[89]\d|1[0-2]\d|13[0-5])\.\d{4,7}[，,、 ]{1,3}(?:[1-4]\d|5[0-4])\.\d{4,7}(?![\d.])/g,
  /(?:\b[Xx]|纵坐标)[:：=＝ ]{0,2}[2-5]\d{6}\.\d{1,4}(?!\d)/g,
  /(?:\b[Yy]|横坐标)[:：=＝ ]{0,2}(?:1[3-9]|2\d|3\d|4[0-5])?\d{6}\.\d{1,4}(?!\d)/g,
  ...OF_MEASURES,
]

/** What is no number, and tells who somebody is all the same: where one writes to them, and what they drive. */
const OF_PEOPLE = [
  /[A-Za-z\d._%+-]{1,64}@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+/g,
  /(?:[微薇威维徽][信芯]|加?(?<![a-z\d])(?:v信?|vx|wx)|qq|wechat|weixin)(?:同?号码?|id)?[是为]?(?:[^\da-z\u4e00-\u9fff]{1,3}|(?<=[\u4e00-\u9fff]|qq|wechat|weixin))([a-z\d][\w-]{4,29})/gi,
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][ ·•.-]?(?=[A-Z\d]{0,5}\d)[A-Z\d]{5,6}(?![A-Z\d])/g,
]
/** Behind such a word even a short number is a telephone, and so are those of a list that begins with it. */
const CALLED = new RegExp(
  `(?:电话|座机|手机|热线|[Tt][Ee][Ll])(?:号码?)?[^\\dA-Za-z\\u4e00-\\u9fff]{0,6}(\\d(?:${MARK}{0,6}\\d){6,}?(?:${UNLISTED}{0,6}\\d)*(?:[，,、;；] *\\d(?:${UNLISTED}{0,6}\\d){6,})*)`,
  'g',
)

/** Where a pattern matches: its group, which stands at its end, or all of it where it has none. */
function spansOf(text: string, pattern: RegExp): readonly Span[] {
  const found: Span[] = []
  text.replace(pattern, (...match) => {
    const [whole, part] = match as readonly string[]
    const index = match.find((each) => typeof each === 'number') as number
    const taken = typeof part === 'string' ? part : (whole ?? '')
    const from = index + (whole ?? '').length - taken.length
    found.push({ from, to: from + taken.length })
    return ''
  })
  return found
}

/** Of what `spans` cover nothing is left to be found: a word stands in the place of each character. */
export function blotted(text: string, spans: readonly Span[]) {
  let words = ''
  let done = 0
  for (const { from, to } of [...spans].sort((left, right) => left.from - right.from)) {
    if (to <= done) continue
    words += text.slice(done, from) + '某'.repeat(to - Math.max(from, done))
    done = to
  }
  return words + text.slice(done)
}

const DAY = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])'
const ID_NUMBER = new RegExp(`^[1-9]\\d{5}(?:(?:18|19|20)\\d{2}${DAY}\\d{3}[\\dX]|\\d{2}${DAY}\\d{3})$`)
const MOBILE = /^(?:(?:00)?86)?1[3-9]\d{9}$/
const CARD = /^(?:4|5|60|62|9)\d{11,18}$/

/** Of a mobile; ID numbers and cards are longer. */
const LEAST_DIGITS = 11

/** By its shape, a card by its check. */
const isNumberOf = (digits: string) =>
  digits.length >= LEAST_DIGITS &&
  (ID_NUMBER.test(digits) || MOBILE.test(digits) || (CARD.test(digits) && passesLuhn(digits)))

/** 12、13、14、15 号地, 1-2-301、1-2-302, and 12.50，10.00，3.30: plots one by one, doors of one house, and sizes. */
function isEnumeration(pieces: readonly string[]) {
  const areSizes = pieces.some((piece) => /^\d{1,4}\.\d{1,3}$/.test(piece))
  const arePlots = pieces.every(
    (piece, at) => /^\d{1,3}$/.test(piece) && (at === 0 || Number(piece) > Number(pieces[at - 1])),
  )
  const house = /^\d{1,3}-/.exec(pieces[0] ?? '')?.[0] ?? ''
  const areDoors =
    house !== '' && pieces.every((piece) => piece.startsWith(house) && /^\d+(?:-\d{1,4})+$/.test(piece))
  return areSizes || arePlots || areDoors
}

const MOST_PIECES = 19
const MOST_DIGITS = 19

/** The digits of the first pieces, of one more each: no number is longer than so many, however long its list. */
function headsOf(digits: readonly string[]) {
  const heads: string[] = []
  let head = ''
  for (const each of digits) {
    head += each
    if (head.length > MOST_DIGITS) break
    heads.push(head)
  }
  return heads
}

/** The numbers that pieces of a run make together, the longest first; `least`: of how many pieces. */
function joined(run: string, from: number, parts: RegExp, least: number): readonly Span[] {
  const pieces = spansOf(run, parts)
  const words = pieces.map((piece) => run.slice(piece.from, piece.to))
  const digits = words.map((word) => word.toUpperCase().replace(/[^\dX]/g, ''))
  const found: Span[] = []
  for (let first = 0; first < pieces.length; first += 1) {
    const at = first
    const isNumber = (head: string, index: number) =>
      index + 1 >= least &&
      isNumberOf(head) &&
      (index === 0 || !isEnumeration(words.slice(at, at + index + 1).map((word) => word.trim())))
    const heads = headsOf(digits.slice(at, at + MOST_PIECES))
    let count = heads.length
    while (count > 0 && !isNumber(heads[count - 1] ?? '', count - 1)) count -= 1
    if (count === 0) continue
    found.push({ from: from + (pieces[at]?.from ?? 0), to: from + (pieces[at + count - 1]?.to ?? 0) })
    first += count - 1
  }
  return found
}

/** Between the marks of a list. */
const ITEMS = /[^，,、;；]+/g
const GROUPS = /\d+[Xx]?|[Xx]/g

const TOGETHER = /\d{7}/
const LEAST_PARTED = 10

const inRuns = (text: string, runs: RegExp, inRun: (run: string, from: number) => readonly Span[]) =>
  spansOf(text, runs).flatMap(({ from, to }) => inRun(text.slice(from, to), from))

const withoutPlaces = (text: string) =>
  blotted(
    text,
    OF_PLACES.flatMap((pattern) => spansOf(text, pattern)),
  )

/** The digits of a run from the first to the last: the blanks of a list are nobody's. */
const trimmed = (text: string, { from, to }: Span): Span => ({
  from: from + (/^[^\dA-Za-z\u4e00-\u9fff]*/.exec(text.slice(from, to))?.[0].length ?? 0),
  to,
})

/**
 * Where a text tells a number of somebody: seven digits in a row, ten that only marks part, an ID number, a mobile or a card in
 * a list, what stands behind 电话, an address of e-mail, 微信 or QQ, a number plate; in whichever digits, Chinese ones too where
 * seven follow. Sizes, days, coordinates and plot codes stay. No rule knows all that people write: somebody looks at it.
 */
export function numbersIn(text: string): readonly Span[] {
  const plain = plainOf(text)
  const found: Span[] = []
  let left = withoutPlaces(plain.text)
  const look = (spans: (rest: string) => readonly Span[]) => {
    const seen = spans(left)
    found.push(...seen)
    left = blotted(left, seen)
  }
  for (const pattern of OF_PEOPLE) look((rest) => spansOf(rest, pattern))
  look((rest) => inRuns(rest, RUN, (run, from) => joined(run, from, ITEMS, 2)))
  look((rest) => spansOf(rest, CALLED))
  look((rest) =>
    spansOf(rest, UNLISTED_RUN).filter(({ from, to }) => {
      const run = rest.slice(from, to)
      return TOGETHER.test(run) || run.replace(/\D/g, '').length >= LEAST_PARTED
    }),
  )
  look((rest) => spansOf(rest, SAID))
  return found
    .map((span) => trimmed(plain.text, span))
    .map(({ from, to }) => ({ from: plain.at[from] ?? 0, to: plain.at[to] ?? text.length }))
    .sort((left, right) => left.from - right.from)
}

/** A mobile as it is said, whatever sign parts it. */
const SAID = /\b1[3-9]\d[^\dA-Za-z\u4e00-\u9fff]{0,3}\d{4}[^\dA-Za-z\u4e00-\u9fff]{0,3}\d{4}\b/g

/** Whether a text holds an ID number, a mobile or a card, however its digits are parted: nobody may print one. */
export function holdsNumber(text: string) {
  const rest = withoutPlaces(plainOf(text).text)
  const listed = inRuns(rest, RUN, (run, from) => joined(run, from, ITEMS, 2))
  const parted = inRuns(rest, UNLISTED_RUN, (run, from) => joined(run, from, GROUPS, 1))
  return rest.search(SAID) >= 0 || /\d{11}/.test(rest) || listed.length + parted.length > 0
}
