import type { CaseView } from '#shared/contract/case'
import { goBack, replacePage } from '../../../platform/navigation'

/** Where a case is left to: whoever brings something for the person before them came from their work. */
export const listOf = ({ viewer }: Pick<CaseView, 'viewer'>) =>
  viewer === 'staff' ? 'staff/case/queue' : 'features/case/my-cases'

/** To the case, once something was brought to it. */
export function toCase({ id, viewer }: Pick<CaseView, 'id' | 'viewer'>) {
  if (viewer === 'staff') goBack('staff/case/queue')
  else replacePage('features/case/timeline', { id })
}
