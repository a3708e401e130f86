import type { CountyRegistry } from './registry'

/** The county's towns with their villages, for pickers: first the town, then the village. */
export function townsOf(registry: Pick<CountyRegistry, 'units'>) {
  const units = [...registry.units.values()]
  const villages = units.filter(({ kind }) => kind === 'village')
  return units
    .filter(({ kind }) => kind === 'town')
    .map(({ id, name }) => ({
      id,
      name,
      villages: villages
        .filter(({ parentId }) => parentId === id)
        .map((village) => ({ id: village.id, name: village.name })),
    }))
}
