import { maskName } from '../kernel/digits'

const DIGITS = 6

/**
 * What is looked for in a queue, from what was typed: the end of a number, or words as a name is masked. It travels in an
 * address, so nobody's name or number stands in it whole. Null when nothing was typed.
 */
export function searchWords(typed: string): string | null {
  const text = typed.replace(/\s/g, '')
  if (text === '') return null
  return /^[\dXx]+$/.test(text) ? text.slice(-DIGITS) : maskName(text)
}

/** `高**贴` is found in `高龄津贴`. */
export function containsWords(text: string, words: string) {
  const pattern = [...words]
    .map((each) => (each === '*' ? '.' : each.replace(/[\\^$.+?()[\]{}|]/, '\\$&')))
    .join('')
  return new RegExp(pattern, 'u').test(text)
}
