/** The counts that a script was given, each a whole number above nothing; what is left out is as usual. */
export function countsOf(given, usual) {
  return usual.map((count, at) => {
    const asked = given[at] ?? count
    const number = Number(asked)
    if (!Number.isInteger(number) || number < 1) throw new Error(`no count: ${asked}`)
    return number
  })
}
