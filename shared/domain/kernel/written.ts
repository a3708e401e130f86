// Control characters, halves of a character and marks that turn the direction of reading: no keyboard here makes them,
// and no paper can print them.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u

/** Whether a text can stand on a paper: all of it can be printed and, unless it is empty, something of it seen. */
export const isWritten = (text: string) => !UNPRINTABLE.test(text) && (text === '' || SEEN.test(text))

/** The same of a text of several lines. */
export const isWrittenInLines = (text: string) => isWritten(text.replace(/[\r\n\t]/g, ''))
