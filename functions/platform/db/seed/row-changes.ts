/** One text for equal values, however their keys are ordered: jsonb keeps an order of its own. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join()}}`
}

export type Row = Readonly<Record<string, unknown>>

const same = (left: unknown, right: unknown) => canonical(left) === canonical(right)

/**
 * A row as a new pack leaves it. `base` is what the last pack said, undefined where none did: a field that differs from
 * it was edited in the product and stays; `kept` names those for which the new pack wants something else.
 */
export function mergedRow<Wanted extends object>(wanted: Wanted, held: Row, base: Row | undefined) {
  const edited = (field: string) => base !== undefined && !same(base[field], held[field])
  const fields = new Set([...Object.keys(wanted), ...Object.keys(held).filter(edited)])
  const kept: string[] = []
  const entries = [...fields].map((field): readonly [string, unknown] => {
    const value = (wanted as Row)[field]
    if (!edited(field)) return [field, value]
    if (!same(value, held[field])) kept.push(field)
    return [field, held[field]]
  })
  return {
    row: Object.fromEntries(entries) as Wanted,
    kept,
    changed: entries.some(([field, value]) => !same(value, held[field])),
  }
}
