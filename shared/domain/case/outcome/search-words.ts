/** More words narrow nothing any further. */
const MOST_WORDS = 6

/** Letters and digits alone: what somebody types beside them separates words and asks for nothing. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []

/** What is looked for, each word of which must match: `王小霞 失业` is two. None where nothing was typed that says anything. */
export const searchWords = (typed: string): readonly string[] =>
  [...new Set(plain(typed))].slice(0, MOST_WORDS)

/** Brackets of any width; 第 and 号 may be left out. */
const NOTICE = /([\p{Script=Han}]+)\s*[〔（([［【]\s*(\d{4})\s*[〕）)\]］】]\s*第?\s*(\d{1,6})\s*号?/u

/** The number of a document in what was typed, as it stands on its paper: `prefix` is 梅政示〔2026〕. Null where none does. */
export function noticeIn(typed: string) {
  const found = NOTICE.exec(typed)
  if (!found) return null
  const [written, office = '', year = '', number = ''] = found
  return { written, prefix: `${office}〔${year}〕`, year: Number(year), number: Number(number) }
}

const lettersOf = (name: string) => [...plain(name).join('')]
const pairsOf = (letters: readonly string[]) =>
  letters.slice(1).map((letter, at) => `${letters[at]}${letter}`)

/** The first letter of a name, by which one letter alone is found: 王. */
const firstOf = (letters: readonly string[]) => letters.slice(0, 1).map((letter) => `^${letter}`)

/** By what a name can be found: each two letters that stand together, and the first one. */
export function namePartsOf(name: string): readonly string[] {
  const letters = lettersOf(name)
  return [...new Set([...firstOf(letters), ...pairsOf(letters)])]
}

/** What a name must have to hold a word; of one letter it is the first. */
export function namePartsSought(word: string): readonly string[] {
  const letters = lettersOf(word)
  return letters.length === 1 ? firstOf(letters) : [...new Set(pairsOf(letters))]
}

/** Whether a word stands in what an item or a village is called. */
export const isCalled = (names: readonly string[], word: string) =>
  names.some((name) => plain(name).join('').includes(word))

/** The region is the same in all numbers of a county, and one digit stands in nearly each. */
export const digitsSought = (word: string, region: string): string | null =>
  /^\d{2,}$/.test(word) ? (word.startsWith(region) ? word.slice(region.length) : word) : null

/** A day, or the running number of a case: fewer digits may be a month, which is in all numbers of that month. */
const TELLING_DIGITS = 6

/** Few names hold two letters together; one letter, or the region, is in many. */
export const isTelling = (word: string, digits: string | null) =>
  digits === null ? lettersOf(word).length > 1 : digits.length >= TELLING_DIGITS
