/** Words without what makes them no others: blanks, punctuation, the width and case of letters. */
const bare = (words: string) =>
  words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Whether two reasons are the very one, however they are set. 行政诉讼法 第71条 */
export const saysTheSame = (one: string, other: string) => bare(one) === bare(other)

/** Whether all that one has said stands in what another says, however it is set. */
export const holdsWords = (words: string, said: string) => bare(words).includes(bare(said))
