import type { ServiceItem } from '../../service-item/item'
import type { CorrectionItem } from '../state'

type Asked = Pick<CorrectionItem, 'kind' | 'name'>

/** As whoever joins the drafts words it. */
export interface WordedItem extends CorrectionItem {
  /** Words of departments that stand in its own: digests. */
  readonly holds?: readonly string[]
}

/** The paper or the question that a notice asks for, as the form calls it. */
export const askedLabel = ({ fields }: Pick<ServiceItem, 'fields'>, { kind, name }: Asked): string =>
  kind === 'material' ? name : (fields.find(({ key }) => key === name)?.label ?? name)

/** How many sides of it are photographed: of a card both. */
export const askedSides = ({ materials }: Pick<ServiceItem, 'materials'>, { kind, name }: Asked): 1 | 2 =>
  kind === 'material' ? (materials.find((each) => each.name === name)?.sides ?? 1) : 1

/** Before what a department wrote, where the notice says it otherwise: 自规局写的： */
export const saidByUnit = (unitName: string) => `${unitName}写的：`
