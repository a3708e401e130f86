/** `341821 261124 0037`: region, day, number of the day. */
export const caseNumberWords = (number: string) =>
  `${number.slice(0, 6)} ${number.slice(6, 12)} ${number.slice(12)}`
