import type { ServiceItemList } from '#shared/contract/service-item'
import type { IconName } from '../../../ui/surface/icon'

export type LifeEvents = NonNullable<ServiceItemList['lifeEvents']>

const ICONS: Readonly<Record<string, IconName>> = {
  birth: 'baby',
  school: 'school',
  job: 'work',
  health: 'medical',
  housing: 'house',
  business: 'shop',
  farming: 'farm',
  elder: 'elder',
  hardship: 'help',
  papers: 'idcard',
}

/** A county may name further ones. */
export const iconOfLifeEvent = (key: string): IconName => ICONS[key] ?? 'list'

let known: LifeEvents = []

/** Home has them already: the list that it leads to need not wait for them. */
export function rememberLifeEvents(events: LifeEvents) {
  known = events
}

/** Missing where an older server has answered. */
export const lifeEventsIn = ({ lifeEvents = known }: { readonly lifeEvents?: LifeEvents | undefined }) =>
  lifeEvents
