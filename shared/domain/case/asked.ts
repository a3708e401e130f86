import type { ServiceItem } from '../service-item/item'
import type { CorrectionItem } from './state'

type Asked = Pick<CorrectionItem, 'kind' | 'name'>

/** The paper or the question that a notice asks for, as the form calls it. */
export const askedLabel = ({ fields }: Pick<ServiceItem, 'fields'>, { kind, name }: Asked): string =>
  kind === 'material' ? name : (fields.find(({ key }) => key === name)?.label ?? name)

/** How many sides of it are photographed: of a card both. */
export const askedSides = ({ materials }: Pick<ServiceItem, 'materials'>, { kind, name }: Asked): 1 | 2 =>
  kind === 'material' ? (materials.find((each) => each.name === name)?.sides ?? 1) : 1
