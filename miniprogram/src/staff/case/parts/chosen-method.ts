import type { CaseView } from '#shared/contract/case'

/** How the result goes to them, as far as it is known: what the applicant has chosen; the only way there is, where they have not. */
export function chosenMethod({ staff, delivery }: Pick<CaseView, 'staff' | 'delivery'>) {
  const methods = staff?.deliveryMethods ?? []
  const chosen = delivery?.choice?.method
  if (chosen !== undefined) return methods.find((method) => method === chosen)
  return methods.length === 1 ? methods[0] : undefined
}
