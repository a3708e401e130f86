/** What decides: whether, for how long, how much. None of it is a slip of the pen. */
const DECIDES = [
  /准予|不予|予以|批准|同意|撤销|驳回|受理|有效期/g,
  /\d[\d,.，]*\s*(?:元|万元|块|个月|个工作日|平方米|亩|%)/g,
  // A term, and no date.
  /(?<!\d)\d{1,2}\s*年(?!\d)/g,
]

/** Why words of a document are not put right as a slip of the pen; null where they are. */
export type SlipFault = 'same' | 'not-written' | 'decides'

const stripped = (words: string) => words.replace(/\s/g, '')

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

/**
 * A correction puts right how something is written: a name, a number, a date, an address. Whether, how much and for how long
 * is decided anew or not at all. `text`: all that the document says; null where it is not kept.
 */
export function slipFault(
  { written, corrected }: { readonly written: string; readonly corrected: string },
  text: string | null,
): SlipFault | null {
  const [before, after] = [stripped(written), stripped(corrected)]
  if (before === after) return 'same'
  if (decidingSpans(before).length > 0 || decidingSpans(after).length > 0) return 'decides'
  if (text === null) return null
  const whole = stripped(text)
  const places = standsAt(whole, before)
  if (places.length === 0) return 'not-written'
  const spans = decidingSpans(whole)
  const touches = (at: number) => spans.some(([from, to]) => at < to && from < at + before.length)
  return places.every(touches) ? 'decides' : null
}
