import type { ServiceItem } from './item'

type Item = Pick<ServiceItem, 'fields' | 'steps' | 'confidential'>

/** Keys of the answers that the notice of a step prints: of a confidential item none. */
export const printedIn = ({ steps, confidential }: Item, stepKey: string): readonly string[] =>
  (!confidential && steps.find(({ key }) => key === stepKey)?.publicity?.tells) || []

/** Those of them that somebody typed as they liked: whoever publishes may write them otherwise (ADR 0077). */
export const wordedIn = (item: Item, stepKey: string): readonly string[] =>
  printedIn(item, stepKey).filter((key) =>
    item.fields.some((field) => field.key === key && field.kind === 'location'),
  )

interface Printed {
  readonly label: string
  readonly words: string
}

/** 选址位置 大梁村东头；拟用面积 100 ㎡: what is not written is not told. */
export const printedLine = (told: readonly Printed[]) =>
  told.flatMap(({ label, words }) => (words === '' ? [] : [`${label} ${words}`])).join('；')
