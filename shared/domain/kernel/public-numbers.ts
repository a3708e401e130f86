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

const CHINESE = '零一二三四五六七八九'
const OTHERWISE: Readonly<Record<string, string>> = Object.fromEntries(
  [...'〇壹贰叁肆伍陆柒捌玖幺'].map((written, at) => [written, String(at === 10 ? 1 : at)]),
)
const digitOf = (character: string) => {
  const at = CHINESE.indexOf(character)
  return at < 0 ? OTHERWISE[character] : String(at)
}

/** Wide, circled and mathematical digits and letters; ㎡ stays a sign of its own. */
const DRESSED = /[\uff01-\uff5e\u2460-\u249b\u24b6-\u24ff\u2776-\u2793]|\ud835[\udc00-\udfff]/g
/** The dark circled digits are no compatibility form of the plain ones. */
const DARK = 0x2776
const undressed = (character: string) => {
  const code = character.charCodeAt(0)
  if (code >= DARK && code <= 0x2793) return String(((code - DARK) % 10) + 1)
  return character.normalize('NFKC').replace(/[().]/g, '')
}

const IN_WORDS = '[零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]'
const PARTS = '[^\\dA-Za-z\\u4e00-\\u9fff〇]{0,6}'
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
    AMONG_WORDS.test(run) ? run : run.replace(/./g, (one) => digitOf(one) ?? one),
  )
  return { text: spelt, at }
}

/** What parts the digits of one number: no letter, no word, and no sign of a measure. */
const MARK = '[^\\dA-Za-z\\u4e00-\\u9fff×✕✖*㎡㎥°′″=+]'
const UNLISTED = MARK.replace('[^', '[^，,、;；')
const RUN = new RegExp(`\\d(?:${MARK}{0,6}\\d)*(?:[ -]?[Xx](?![A-Za-z\\d]))?`, 'g')
const UNLISTED_RUN = new RegExp(`\\d(?:${UNLISTED}{0,6}\\d)*(?:[ -]?[Xx](?![A-Za-z\\d]))?`, 'g')

/** 地籍: 宗地 and 不动产单元 codes, and coordinates, which are in China and too short for a number of a person. */
const OF_PLACES = [
  /(?:^|[^\dA-Za-z])\d{12}[A-Z]{2}\d{5}(?:[A-Z]\d{4,8})?(?![\dA-Za-z])/g,
  /(?:东经|经度|[东E])[:： ]?(?:7[3-9]|[89]\d|1[0-2]\d|13[0-5])\.\d{1,7}(?!\d)/g,
  /(?:^|[^\d.])(?:7[3-9]|[89]\d|1[0-2]\d|13[0-5])\.\d{1,7}(?:°|度)/g,
  /(?:北纬|纬度|[北N])[:： ]?(?:[1-4]\d|5[0-4])\.\d{1,7}(?!\d)/g,
  /(?:^|[^\d.])(?:[1-4]\d|5[0-4])\.\d{1,7}(?:°|度)/g,
]

/** What is no number, and tells who somebody is all the same: where one writes to them, and what they drive. */
const OF_PEOPLE = [
  /[A-Za-z\d._%+-]+@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+/g,
  /(?:微信|薇信|威信|QQ|qq|[Ww][Ee][Cc]hat)(?:同?号码?|[Ii][Dd])?[^\dA-Za-z\u4e00-\u9fff]{0,3}([A-Za-z\d][\w-]{4,29})/g,
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
export const blotted = (text: string, spans: readonly Span[]) =>
  spans.reduce((words, { from, to }) => words.slice(0, from) + '某'.repeat(to - from) + words.slice(to), text)

const DAY = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])'
const ID_NUMBER = new RegExp(`^[1-9]\\d{5}(?:(?:18|19|20)\\d{2}${DAY}\\d{3}[\\dX]|\\d{2}${DAY}\\d{3})$`)
const MOBILE = /^(?:(?:00)?86)?1[3-9]\d{9}$/
const CARD = /^(?:4|5|60|62|9)\d{11,18}$/

/** By its shape, a card by its check. */
const isNumberOf = (digits: string) =>
  ID_NUMBER.test(digits) || MOBILE.test(digits) || (CARD.test(digits) && passesLuhn(digits))

/** 12、13、14、15 号地, and 12.50，10.00，3.30: plots one by one, and sizes. */
function isEnumeration(pieces: readonly string[]) {
  const areSizes = pieces.some((piece) => /^\d{1,4}\.\d{1,3}$/.test(piece))
  const arePlots = pieces.every(
    (piece, at) => /^\d{1,3}$/.test(piece) && (at === 0 || Number(piece) > Number(pieces[at - 1])),
  )
  return areSizes || arePlots
}

const MOST_PIECES = 19

/** The numbers that pieces of a run make together, the longest first; `least`: of how many pieces. */
function joined(run: string, from: number, parts: RegExp, least: number): readonly Span[] {
  const pieces = spansOf(run, parts)
  const found: Span[] = []
  for (let first = 0; first < pieces.length; first += 1) {
    for (let count = Math.min(MOST_PIECES, pieces.length - first); count >= least; count -= 1) {
      const taken = pieces.slice(first, first + count)
      const words = taken.map((piece) => run.slice(piece.from, piece.to))
      const digits = words
        .join('')
        .toUpperCase()
        .replace(/[^\dX]/g, '')
      if (!isNumberOf(digits) || (count > 1 && isEnumeration(words.map((word) => word.trim())))) continue
      found.push({ from: from + (taken[0]?.from ?? 0), to: from + (taken[count - 1]?.to ?? 0) })
      first += count - 1
      break
    }
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
  const look = (spans: (rest: string) => readonly Span[]) => {
    found.push(...spans(blotted(plain.text, [...places, ...found])))
  }
  const places = OF_PLACES.flatMap((pattern) => spansOf(plain.text, pattern))
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
  const { text: plain } = plainOf(text)
  const places = OF_PLACES.flatMap((pattern) => spansOf(plain, pattern))
  const rest = blotted(plain, places)
  const listed = inRuns(rest, RUN, (run, from) => joined(run, from, ITEMS, 2))
  const parted = inRuns(rest, UNLISTED_RUN, (run, from) => joined(run, from, GROUPS, 1))
  return rest.search(SAID) >= 0 || /\d{11}/.test(rest) || listed.length + parted.length > 0
}
