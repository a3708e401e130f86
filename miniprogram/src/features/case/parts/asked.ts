import type { CaseView } from '#shared/contract/case'

/** A server of before told it only of what was decided against somebody or is still in somebody's hands. */
export const askedOf = ({ ask, against, holder }: CaseView) => ask ?? against?.ask ?? holder?.ask
