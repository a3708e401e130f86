const N = '[\\d零〇一二两三四五六七八九十百千万半]'

/** What decides: whether, for whom, by which article, for how long, how much, and where money goes. None of it is a slip of the pen. */
const DECIDES = [
  /准予|不予|予以|批准|同意|撤销|驳回|受理|有效期|每[年季月周日天]/g,
  new RegExp(`${N}[${N.slice(1, -1)},.]*(?:元|块|个月|个季度|个工作日|周岁|岁|平方米|m2|亩|%)`, 'g'),
  // A term, and no date.
  new RegExp(`(?<!${N})${N}{1,2}年(?!${N})`, 'g'),
  // A card, or the number of a person or a firm.
  /(?<!\d)(?:\d{16,19}|\d{17}[Xx])(?![\dXx])/g,
  /[\dA-Z]{2}\d{6}[\dA-Z]{10}/g,
  // What it rests on: a law by its title, and the article.
  /《[^》]*》/g,
  new RegExp(`第${N}+[条款项](?:第?之${N})?`, 'g'),
]

/** Letters that turn a sentence round, or weigh what it says. */
const WEIGHTY =
  /[不没未无非否勿莫缺有已曾超够满足少多高低大小上下前后内外出入进退买卖租借欠还父母夫妻儿女男子今去明昨同分合离到从给由是符违真假死生对错]/
/** A number is a fact, and another fact is another reason. */
const FIGURE = /[\d零〇一二两三四五六七八九十百千万亿半几双单]/

/**
 * A hand that slips mistypes a letter, or turns two round. In one reason it does so twice at the most, whatever is put right one
 * after the other: by steps that are small each, one reason becomes another.
 */
const MOST_LETTERS = 2

/** Sentences that say what is given and until when, or what may be done against it: nothing in them is a slip. */
const DECIDING_SENTENCE = /发放|打到|尾号|银行卡|账户|账号|有效期|有效至|复议|起诉|提出异议|预约时间/

/** A document of which words are to be put right. */
export interface SlipPaper {
  /** All that it says; null where its words were not kept. */
  readonly text: string | null
  /** What of it somebody has typed: all else is put together from the case, and is the decision itself. */
  readonly typed: readonly string[]
  /** The same words, in the same order, as they were signed. */
  readonly signed: readonly string[]
  /** Whom it names; null where it names nobody. */
  readonly holder: string | null
  /** The name that the holder is confirmed with; null where nobody knows another one than the document's. */
  readonly confirmed: string | null
  /** Names of the matter and of what is given, days of filing and decision: nowhere a slip. */
  readonly decided: readonly string[]
  /** What the county's guides say, and the names of its units: the words that an officer writes of a case. */
  readonly known: readonly string[]
}

export interface Slip {
  readonly written: string
  readonly corrected: string
}

/** Why words of a document are not put right as a slip of the pen; null where they are. */
export type SlipFault = 'same' | 'not-written' | 'put-right' | 'not-once' | 'decides' | 'holder' | 'another'

/**
 * Whether the document of a decision may hold a slip at all: a refusal prints the reason that somebody typed, a grant nothing
 * typed; and either the holder's name, where they are confirmed with another.
 */
export const mayHoldSlip = (decided: 'granted' | 'refused', isMisnamed: boolean) =>
  decided === 'refused' || isMisnamed

/** One sentence a line; of full width and half, the half. */
const stripped = (words: string) => words.normalize('NFKC').replace(/[^\S\n]/g, '')
const flat = (words: string) => stripped(words).replaceAll('\n', '')

function standsAt(text: string, words: string): readonly number[] {
  const places: number[] = []
  if (words === '') return places
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) places.push(at)
  return places
}

/**
 * What a paper reads after the corrections of it, in their order. A correction stands for its words where they stand once: what it
 * has replaced stands there no longer, and is corrected no second time.
 */
export const wordsNow = (words: string, slips: readonly Slip[]): string => slips.reduce(corrected, words)

/** As the paper sets it elsewhere: blanks and the width of letters are no other words. */
function corrected(words: string, { written, corrected: after }: Slip): string {
  const letters = [...words.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)].flatMap(({ 0: letter, index }) =>
    [...flat(letter)].map((each) => ({ each, from: index, to: index + letter.length })),
  )
  const text = letters.map(({ each }) => each).join('')
  const before = flat(written)
  const [at, ...others] = standsAt(text, before)
  if (at === undefined || others.length > 0) return words
  const first = [...text.slice(0, at)].length
  const from = letters[first]?.from ?? 0
  const to = letters[first + [...before].length - 1]?.to ?? from
  return words.slice(0, from) + after + words.slice(to)
}

type Span = readonly [from: number, to: number]
const spansOf = (text: string, names: readonly string[]): readonly Span[] =>
  names.map(flat).flatMap((name) => standsAt(text, name).map((at): Span => [at, at + name.length]))

/** Where in `text` something stands that decides, as spans of its letters. */
const decidingSpans = (text: string, decided: readonly string[]): readonly Span[] => [
  ...DECIDES.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 0: found }): Span => [index, index + found.length]),
  ),
  ...spansOf(text, decided),
]

/** The sentences in which `from` to `to` stands. */
function sentencesAt(text: string, from: number, to: number) {
  const begin = Math.max(...['。', ';', '\n'].map((mark) => text.lastIndexOf(mark, from - 1))) + 1
  const ends = ['。', ';', '\n'].map((mark) => text.indexOf(mark, to)).filter((at) => at >= 0)
  return text.slice(begin, Math.min(text.length, ...ends))
}

/** What is left of two wordings where they differ, and from where on. */
function difference(before: string, after: string) {
  const [left, right] = [[...before], [...after]]
  let at = 0
  while (left.length > 0 && right.length > 0 && left[0] === right[0]) {
    at += left.shift()?.length ?? 0
    right.shift()
  }
  while (left.length > 0 && right.length > 0 && left.at(-1) === right.at(-1)) {
    left.pop()
    right.pop()
  }
  return { at, from: left.join(''), to: right.join('') }
}

const BY_WORDS = new Intl.Segmenter('zh', { granularity: 'word' })
const segmentsOf = (text: string): readonly Span[] =>
  [...BY_WORDS.segment(text)].map(({ segment, index }): Span => [index, index + segment.length])

const segmentsIn = (text: string) => segmentsOf(text).map((span) => text.slice(...span))

/** Two that stand side by side may be one: 身份 and 证 are 身份证. */
function pairsIn(text: string): readonly string[] {
  const spans = segmentsOf(text)
  return spans
    .map(([from], at) => text.slice(from, spans[at + 1]?.[1] ?? from))
    .filter((pair) => pair.length <= LONGEST_PAIR && /^\p{L}+$/u.test(pair))
}
const LONGEST_PAIR = 4

/** Words of two letters and more of what is known, and a short name whole. */
const wordsOf = (known: readonly string[], partsOf: (text: string) => readonly string[]) => [
  ...new Set(
    known
      .map(flat)
      .flatMap((text) => [text, ...partsOf(text)])
      .filter(({ length }) => length >= 2 && length <= LONGEST_WORD),
  ),
]
const LONGEST_WORD = 12

/** Whether a word of two letters and more stands where `length` letters from `at` on are, or across the place where none are. */
const isInWord = (words: readonly Span[], at: number, length: number) =>
  words.some(([from, to]) => {
    const isThere = length === 0 ? from < at && at < to : from < at + length && at < to
    return isThere && to - from >= 2
  })

/**
 * Whether a hand may have slipped from the one to the other: what it wrote is no word, and what is put in its place is one that a
 * guide uses, or a name of the county's. A reason that says something else afterwards is another reason, and another reason is
 * another decision (行政许可法 第38条).
 */
function isMistyped(before: string, after: string, known: readonly string[]): boolean {
  const { at, from, to } = difference(before, after)
  const [left, right] = [[...from], [...to]]
  // Two letters that are others both are another word.
  const isLetter = Math.max(left.length, right.length) === 1 || left.reverse().join('') === to
  if (!isLetter || WEIGHTY.test(from + to) || FIGURE.test(from + to)) return false
  const words = wordsOf(known, segmentsIn)
  const isDoubled = to === '' && before[at - 1] === from
  const isWritten =
    isInWord(segmentsOf(before), at, from.length) || isInWord(spansOf(before, words), at, from.length)
  const isMeant = (each: readonly string[]) => isInWord(spansOf(after, each), at, to.length)
  return (isDoubled || !isWritten) && (isMeant(words) || isMeant(wordsOf(known, pairsIn)))
}

/** How many letters are to be written anew, left out or put in to come from the one to the other. */
function lettersBetween(before: string, after: string): number {
  const differing = difference(before, after)
  const [from, to] = [[...differing.from], [...differing.to]]
  let row = to.map((_, at) => at + 1)
  from.forEach((letter, line) => {
    let [corner, left] = [line, line + 1]
    row = row.map((above, at) => {
      left = Math.min(above + 1, left + 1, corner + (to[at] === letter ? 0 : 1))
      corner = above
      return left
    })
  })
  return row.at(-1) ?? from.length
}

/** Two letters side by side are others both, and were not turned round: another word, by whatever steps it came to be. */
function hasOtherWord(before: string, after: string): boolean {
  const [from, to] = [[...before], [...after]]
  const isOther = (at: number) => from[at] !== to[at] && !/\d/.test(`${from[at]}${to[at]}`)
  return (
    from.length === to.length &&
    from.some((letter, at) => isOther(at) && isOther(at + 1) && letter !== to[at + 1])
  )
}

/** Whether what somebody typed still reads, but for a slip or two, as it was signed. */
const readsAsSigned = ({ typed, signed }: SlipPaper, { written, corrected }: Slip) =>
  typed.every((words, at) => {
    const [first, before] = [flat(signed[at] ?? words), flat(words)]
    const after = before.replace(flat(written), () => flat(corrected))
    return after === before || (lettersBetween(first, after) <= MOST_LETTERS && !hasOtherWord(first, after))
  })

/**
 * The holder's own name is written otherwise than it is confirmed, and is put right to just that: who is meant stays the same.
 * Another name makes another holder, which no correction does (行政许可法 第9条).
 */
export function isHoldersName({ written, corrected }: Slip, { holder, confirmed }: SlipPaper): boolean {
  if (holder === null || confirmed === null) return false
  const [name, before] = [flat(holder), flat(written)]
  if (before === '' || name === flat(confirmed)) return false
  return (
    standsAt(name, before).length === 1 && name.replace(before, () => flat(corrected)) === flat(confirmed)
  )
}

/**
 * A correction puts right what a hand has mistyped. Whom a decision is for, what it grants, by which article, on which day, how
 * much and for how long is decided anew or not at all. What is put right stands in the document once: of what stands there
 * twice nobody knows which is meant.
 */
export function slipFault(slip: Slip, paper: SlipPaper): SlipFault | null {
  const [before, after] = [flat(slip.written), flat(slip.corrected)]
  if (before === after) return 'same'
  if (isHoldersName(slip, paper)) return null
  const { decided, holder } = paper
  const decides = [before, after].some((words) => decidingSpans(words, decided).length > 0)
  const touches = (text: string, [from, to]: Span, names: readonly string[]) =>
    spansOf(text, names).some(([begin, end]) => from < end && begin < to)
  const names = holder === null ? [] : [holder]
  if (touches(before, [0, before.length], names)) return 'holder'
  if (decides) return 'decides'
  if (paper.text === null) return isMistyped(before, after, paper.known) ? null : 'another'
  const span = placeOf(before, paper)
  if (typeof span === 'string') return span
  const whole = stripped(paper.text)
  if (touches(whole, span, names)) return 'holder'
  return isDecidedAt(whole, span, paper) ? 'decides' : faultOfWords(slip, paper)
}

/** Where in the paper the words stand; why that cannot be said. */
function placeOf(before: string, { text, signed }: SlipPaper): Span | SlipFault {
  const [at, ...others] = standsAt(stripped(text ?? ''), before)
  if (at === undefined)
    return signed.some((words) => flat(words).includes(before)) ? 'put-right' : 'not-written'
  return others.length > 0 ? 'not-once' : [at, at + before.length]
}

const isDecidedAt = (whole: string, span: Span, { decided }: SlipPaper) =>
  decidingSpans(whole, decided).some(([from, to]) => span[0] < to && from < span[1]) ||
  DECIDING_SENTENCE.test(sentencesAt(whole, ...span))

function faultOfWords(slip: Slip, paper: SlipPaper): SlipFault | null {
  const [before, after] = [flat(slip.written), flat(slip.corrected)]
  const words = paper.typed.map(flat).find((each) => each.includes(before))
  if (words === undefined) return 'decides'
  const isSlip = isMistyped(
    words,
    words.replace(before, () => after),
    paper.known,
  )
  return isSlip && readsAsSigned(paper, slip) ? null : 'another'
}
