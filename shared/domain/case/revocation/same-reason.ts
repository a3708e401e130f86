/** A figure whole, with its sign, its marks and its 百分号; a letter; a sign that is none of these, as < and >. */
const WORD = /[-−]?\p{N}+(?:[.,:/-]\p{N}+)*%?|[\p{L}\p{S}]/gu
const THOUSANDS = /,(?=\p{N}{3}(?!\p{N}))/gu
const CLAUSE_END = /[，。；、！？：…\n]|[,;!?:.](?!\p{N})/u

const normal = (text: string) => text.normalize('NFKC').toLowerCase()

/** Words without what makes them no others: blanks, punctuation, the width and case of letters. */
const wordsOf = (text: string) =>
  (normal(text).match(WORD) ?? []).map((word) => word.replace(THOUSANDS, '')).join(' ')

const clausesOf = (text: string) =>
  normal(text)
    .split(CLAUSE_END)
    .map(wordsOf)
    .filter((words) => words !== '')

/** Whether two reasons are the very one, however they are set. 行政诉讼法 第71条 */
export const saysTheSame = (one: string, other: string) => wordsOf(one) === wordsOf(other)

/** Whether each clause that one has said stands whole in what another says: a part of one may say the opposite. */
export function holdsWords(words: string, said: string): boolean {
  const [held, asked] = [new Set(clausesOf(words)), clausesOf(said)]
  return asked.length > 0 && asked.every((clause) => held.has(clause))
}
