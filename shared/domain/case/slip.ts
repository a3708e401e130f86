const N = '[\\d零〇一二两三四五六七八九十百千万半]'

/** What decides: whether, for how long, how much, and where money goes. None of it is a slip of the pen. */
const DECIDES = [
  /准予|不予|予以|批准|同意|撤销|驳回|受理|有效期|每[年季月周日天]/g,
  new RegExp(`${N}[${N.slice(1, -1)},.]*(?:元|块|个月|个季度|个工作日|周岁|岁|平方米|m2|亩|%)`, 'g'),
  // A term, and no date.
  new RegExp(`(?<!${N})${N}{1,2}年(?!${N})`, 'g'),
  // A card: longer or shorter than the number of a person or a firm.
  /(?<!\d)(?:\d{16,17}|\d{19})(?![\dXx])/g,
]

/** Sentences that say what is given and until when, or what may be done against it: nothing in them is a slip. */
const DECIDING_SENTENCE = /发放|打到|尾号|银行卡|账户|账号|有效期|有效至|复议|起诉|提出异议|预约时间/

/** Why words of a document are not put right as a slip of the pen; null where they are. */
export type SlipFault = 'same' | 'not-written' | 'not-once' | 'decides'

/** One sentence a line; of full width and half, the half. */
const stripped = (words: string) => words.normalize('NFKC').replace(/[^\S\n]/g, '')
const flat = (words: string) => stripped(words).replaceAll('\n', '')

/** Where in `text` something stands that decides, as spans of its letters. */
const decidingSpans = (text: string) =>
  DECIDES.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 0: found }) => [index, index + found.length] as const),
  )

function standsAt(text: string, words: string): readonly number[] {
  const places: number[] = []
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) places.push(at)
  return places
}

/** The sentences in which `from` to `to` stands. */
function sentencesAt(text: string, from: number, to: number) {
  const begin = Math.max(...['。', ';', '\n'].map((mark) => text.lastIndexOf(mark, from - 1))) + 1
  const ends = ['。', ';', '\n'].map((mark) => text.indexOf(mark, to)).filter((at) => at >= 0)
  return text.slice(begin, Math.min(text.length, ...ends))
}

/**
 * A correction puts right how something is written: a name, a number, a date, an address. Whether, how much and for how long
 * is decided anew or not at all. `text`: all that the document says; null where it is not kept. `written` stands there once:
 * of what stands there twice nobody knows which is meant.
 */
export function slipFault(
  { written, corrected }: { readonly written: string; readonly corrected: string },
  text: string | null,
): SlipFault | null {
  const [before, after] = [flat(written), flat(corrected)]
  if (before === after) return 'same'
  if (decidingSpans(before).length > 0 || decidingSpans(after).length > 0) return 'decides'
  if (text === null) return null
  const whole = stripped(text)
  const [at, ...others] = standsAt(whole, before)
  if (at === undefined) return 'not-written'
  if (others.length > 0) return 'not-once'
  const end = at + before.length
  if (decidingSpans(whole).some(([from, to]) => at < to && from < end)) return 'decides'
  return DECIDING_SENTENCE.test(sentencesAt(whole, at, end)) ? 'decides' : null
}
