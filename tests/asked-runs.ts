/** How often a property is tried, and from which seed: more, and the same ones again, where `name` and `name_SEED` ask for it. */
export function askedRuns(name: string, usual: number): { readonly numRuns: number; readonly seed?: number } {
  const [runs, seed] = [process.env[name], process.env[`${name}_SEED`]]
  return { numRuns: Number(runs ?? usual), ...(seed === undefined ? {} : { seed: Number(seed) }) }
}
