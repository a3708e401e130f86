// Control characters, halves of a character and marks that turn the direction of reading: no keyboard here makes them,
// and no paper can print them.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u
// The braille blank and the Hangul fillers are no format marks, and nobody sees them either.
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u
const ALL_UNSEEN = new RegExp(UNSEEN, 'gu')

/** Whether a text has marks in it that nobody sees. */
export const hasUnseen = (text: string) => UNSEEN.test(text)

/** A text of one line as it is kept and compared: two that look the same are the same. */
export const withoutUnseen = (text: string) => text.replace(ALL_UNSEEN, '')

/** What may be typed in several lines, as one. */
export const inOneLine = (text: string) => withoutUnseen(text).replace(/\s+/g, ' ').trim()

/** Whether a text can stand on a paper: all of it can be printed and, unless it is empty, something of it seen. */
export const isWritten = (text: string) => !UNPRINTABLE.test(text) && (text === '' || SEEN.test(text))

/** The same of a text of several lines. */
export const isWrittenInLines = (text: string) => isWritten(text.replace(/[\r\n\t]/g, ''))
