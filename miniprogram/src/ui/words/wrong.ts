/** How many places keep one from going on: what has nothing in it is not wrong. */
export function wrongWords(wrong: number, empty: number) {
  if (empty === wrong) return `还有 ${wrong} 处没填`
  return empty === 0 ? `还有 ${wrong} 处要改` : `还有 ${wrong} 处没填好`
}
