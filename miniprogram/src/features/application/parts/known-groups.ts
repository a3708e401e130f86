import type { Field } from '#shared/domain/service-item/item'

interface Group {
  /** Of all its fields; undefined where nothing is known. */
  readonly source: string | undefined
  readonly fields: readonly Field[]
}

/** Neighbours that one source fills, in the order of the form. */
export function groupsOf(
  fields: readonly Field[],
  sourceOf: (field: Field) => string | undefined,
): readonly Group[] {
  const groups: { source: string | undefined; fields: Field[] }[] = []
  for (const field of fields) {
    const source = sourceOf(field)
    const last = groups[groups.length - 1]
    if (last && source !== undefined && last.source === source) last.fields.push(field)
    else groups.push({ source, fields: [field] })
  }
  return groups
}
