import type { Field, Material, ServiceItem } from './item'

/** Whoever holds one of these stands on it with name and number. */
const NAMES_ITS_HOLDER = ['LIC-IDCARD', 'LIC-HUKOU', 'LIC-SSCARD']
const NAME_AND_NUMBER = ['identity.name', 'identity.idNo']

/** How a case calls the answers of whom it is for, where the form does not ask. */
const APPLICANT_KEYS = ['applicant.name', 'applicant.number'] as const

/**
 * Keys of the answers that a paper proves, in the order of the form: those filled from the same credential
 * (`licence:LIC-SSCARD.bankNo`), and on a person's own card name, number and what the number tells. Source: the pack's
 * `prefill` and `credentialCode`. Empty where the pack does not say.
 */
export function provenBy(
  { fields }: Pick<ServiceItem, 'fields'>,
  { credentialCode }: Pick<Material, 'credentialCode'>,
) {
  if (credentialCode === null) return []
  const namesHolder = NAMES_ITS_HOLDER.includes(credentialCode)
  const named = fields.filter(({ prefill }) => prefill !== null && NAME_AND_NUMBER.includes(prefill))
  const proven = fields.filter(
    (field) =>
      field.prefill?.startsWith(`licence:${credentialCode}.`) ||
      (namesHolder && (named.includes(field) || named.some(({ key }) => key === field.ofNumber))),
  )
  return [...(namesHolder ? APPLICANT_KEYS : []), ...proven.map(({ key }) => key)]
}

/** The photo that the form asks for is one that is brought among these papers: it is taken once, there. */
export const isBroughtAsPaper = ({ kind, label }: Field, papers: readonly Pick<Material, 'name'>[]) =>
  kind === 'image' && papers.some(({ name }) => name.includes(label))
