import { namePartsOf, namePartsSought } from '#shared/domain/case/outcome/search-words'
import { type SeenCase, sightNames } from '#shared/domain/case/whose/visibility'
import type { Cipher } from '../../../platform/ports/cipher'

const digests = (cipher: Cipher, parts: readonly string[]) =>
  parts.map((part) => cipher.blindIndex('name-part', part)).sort()

/** Keyed, and in the order of the digests: neither the letters nor their places can be read. */
export const nameDigests = (cipher: Cipher, name: string | null): readonly string[] =>
  name === null ? [] : digests(cipher, namePartsOf(name))

/** Of what a name must have to hold the word. */
export const wordDigests = (cipher: Cipher, word: string): readonly string[] =>
  digests(cipher, namePartsSought(word))

/** Names under which staff find a case after a change by `actor`. */
export const seenBy = (seen: SeenCase, actor: string): readonly string[] => {
  const names = sightNames(seen)
  return actor.startsWith('staff:') && !names.includes(actor) ? [...names, actor].sort() : names
}
