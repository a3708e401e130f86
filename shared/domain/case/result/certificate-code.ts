/** Crockford's: without I, L, O and U, which are read as others or say something. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BITS = 5

/** 16 random bytes as 26 characters: it fits the 32 that WeChat lets a scene have. */
export function certificateCode(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const padded = bits.padEnd(Math.ceil(bits.length / BITS) * BITS, '0')
  return (padded.match(/.{5}/g) ?? []).map((each) => ALPHABET[Number.parseInt(each, 2)]).join('')
}

/** As it is written down, to be read aloud and typed: groups of four. */
export const codeWords = (code: string) => code.replace(/.{4}(?=.)/g, '$& ')

/** What somebody typed: blanks, dashes and small letters do not matter, nor what the eye takes for another. */
export const readCode = (typed: string) =>
  typed.replace(/[\s-]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')

const PAGE = 'features/certificate/check'

/** What its code says to whoever scans it: the page that anybody may open, and nothing of the person. */
export const checkLink = (address: string, code: string) => `${address}/#/${PAGE}?code=${code}`

/** The code in whatever was scanned or typed: the link of a square, or the code itself. */
export const codeIn = (words: string) => readCode(/[?&]code=([^&#]+)/.exec(words)?.[1] ?? words)
