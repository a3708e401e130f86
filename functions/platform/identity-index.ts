import type { Cipher } from './ports/cipher'

/**
 * Keyed digest of a name with its ID number: what is confirmed is that both belong to one person, and neither alone.
 * Blanks in a name are typed in many ways and say nothing.
 */
export const identityIndexOf = (cipher: Cipher, name: string, idNumber: string) =>
  cipher.blindIndex('identity', `${name.replace(/\s/g, '')}\n${idNumber.toUpperCase()}`)
