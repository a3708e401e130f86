import type { AcceptCondition, Field, ServiceItem, SimpleField, Step } from './item'

/** The shape in which this version writes a guide; missing in the JSON it is 1. */
export const ITEM_SHAPE = 3

/** Fields of any shape, as they come out of the JSON. */
type Older<Whole> = { readonly [Key in keyof Whole]?: Whole[Key] | null | undefined }

const fieldFrom = (older: Field | SimpleField): Field => {
  const field = { ...older, ofNumber: older.ofNumber ?? null } as Field
  return field.kind === 'table'
    ? { ...field, columns: field.columns.map((column) => fieldFrom(column) as SimpleField) }
    : field
}

const stepFrom = (older: Step): Step => ({
  ...older,
  remedy: older.remedy && { ...older.remedy, objection: older.remedy.objection ?? null },
})

const itemFrom1 = (older: Older<ServiceItem>): Older<ServiceItem> => ({
  ...older,
  confidential: older.confidential ?? false,
  capacityBasis: older.capacityBasis ?? null,
  fastTrack: older.fastTrack ?? null,
  fields: (older.fields ?? []).map(fieldFrom),
  steps: (older.steps ?? []).map(stepFrom),
})

/** Conditions were words alone, and a paper had one side. */
const itemFrom2 = (older: Older<ServiceItem>): Older<ServiceItem> => ({
  ...older,
  acceptConditions: (older.acceptConditions ?? []).map((condition: AcceptCondition | string) =>
    typeof condition === 'string' ? { text: condition, check: null } : condition,
  ),
  materials: (older.materials ?? []).map((material) => ({ ...material, sides: material.sides ?? 1 })),
})

/** From shape n to n + 1, beginning with 1. */
const STEPS = [itemFrom1, itemFrom2] as const

/** A stored guide (`service_items.guide`), or one of a pack's files, of any shape, in today's. */
export function upgradeItem(stored: unknown): ServiceItem {
  const older = stored as Older<ServiceItem>
  const whole = STEPS.slice((older.shape ?? 1) - 1).reduce((item, step) => step(item), older)
  return { ...(whole as ServiceItem), shape: ITEM_SHAPE }
}
