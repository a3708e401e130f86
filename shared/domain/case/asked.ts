import type { ServiceItem } from '../service-item/item'

/** What a notice asks for: a paper by its name, a question by its key. */
interface Asked {
  readonly kind: 'material' | 'field'
  readonly name: string
}

/** The paper or the question, as the form calls it. */
export const askedLabel = (item: Pick<ServiceItem, 'fields'>, { kind, name }: Asked) =>
  kind === 'material' ? name : (item.fields.find(({ key }) => key === name)?.label ?? name)

/** Of a card both sides are photographed. */
export const askedSides = ({ materials }: Pick<ServiceItem, 'materials'>, { kind, name }: Asked) =>
  kind === 'material' ? (materials.find((each) => each.name === name)?.sides ?? 1) : 1
