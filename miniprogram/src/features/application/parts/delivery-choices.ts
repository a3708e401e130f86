import type { ApplicationForm } from '#shared/contract/application'
import type { Who } from './who'

/** On the phone one is served by one's own word alone; at a counter it is said once the case is there. */
export const deliveryChoicesFor = (
  { deliveryChoices = [] }: Pick<ApplicationForm, 'deliveryChoices'>,
  { kind }: Pick<Who, 'kind'>,
) =>
  kind === 'entry' ? [] : deliveryChoices.filter(({ method }) => method !== 'electronic' || kind === 'self')
