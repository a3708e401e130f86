import type { Answers } from '#shared/domain/application/answers'
import { apartFromPeriods, duplicateKeyOf } from '#shared/domain/application/item-answers'
import type { Applicant, CaseState } from '#shared/domain/case/state'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Cipher } from '../../../platform/ports/cipher'

/** Values of the applicant's credentials on file, by code and field. */
export type Credentials = ReadonlyMap<string, Readonly<Record<string, string>>>

/** What a case is compared by, as keyed digests. */
export interface DuplicateIndexes {
  /**
   * Of item, key and owner: what makes a second application the same one. Another's application with the same invoice or
   * household is none. Null where nobody is named.
   */
  readonly duplicateIndex: string | null
  /**
   * Of item and key alone, without its periods: what staff are shown of other owners, and where periods overlap. Null
   * where the item names no key, or it has no value.
   */
  readonly keyIndex: string | null
}

export function duplicateIndexesOf(
  cipher: Cipher,
  item: ServiceItem,
  answers: Answers,
  { numberIndex }: Pick<Applicant, 'numberIndex'>,
  credentials: Credentials,
): DuplicateIndexes {
  const keyOf = (keyed: ServiceItem) =>
    duplicateKeyOf(keyed, answers, (code, field) => credentials.get(code)?.[field])
  const [key, common] = [keyOf(item), keyOf(apartFromPeriods(item))]
  const indexOf = (...named: readonly string[]) => cipher.blindIndex('duplicate-key', named.join('\n'))
  const keyed = key === null ? [item.id] : [item.id, key]
  return {
    duplicateIndex: numberIndex === null ? null : indexOf(...keyed, numberIndex),
    keyIndex: key === null || common === null ? null : indexOf(item.id, common),
  }
}

/**
 * By what a case bars another: its own index, and that of a case of the same item and owner whose key is not known. One
 * pending case a person and item is then the rule.
 */
export function barringIndexes(
  cipher: Cipher,
  item: ServiceItem,
  { numberIndex }: Pick<Applicant, 'numberIndex'>,
  { duplicateIndex }: DuplicateIndexes,
): readonly string[] {
  if (numberIndex === null || duplicateIndex === null) return []
  const unkeyed = { ...item, duplicateKeys: null }
  const { duplicateIndex: plain } = duplicateIndexesOf(cipher, unkeyed, {}, { numberIndex }, new Map())
  return [...new Set([duplicateIndex, plain ?? duplicateIndex])]
}

/** Where the form asks for no number, the confirmed person who files is the applicant. */
export const ownerOf = (
  { numberIndex }: Pick<Applicant, 'numberIndex'>,
  filer: { readonly numberIndex: string } | null,
) => ({ numberIndex: numberIndex ?? filer?.numberIndex ?? null })

/** A firm may well have a second shop: without keys of the item a second pending case is shown to staff alone. */
export const mayBar = (item: ServiceItem, applicant: Applicant | null) =>
  applicant?.kind !== 'firm' || item.duplicateKeys !== null

/** Whether a case bars a second one: while it is pending and its owner is confirmed, and once granted where keys are named. */
export function bars(item: ServiceItem, state: CaseState) {
  if (!state.identityConfirmed || !mayBar(item, state.applicant)) return false
  if (state.decision?.kind === 'refused') return false
  if (state.endedAt === null) return true
  return state.status === 'delivered' && item.duplicateKeys !== null
}
