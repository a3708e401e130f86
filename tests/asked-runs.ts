/** How often a property is tried, and from which seed: more, and the same ones again, where `name` and `name_SEED` ask for it. */
export function askedRuns(
  name: string,
  usual: number,
  usualSeed?: number,
): { readonly numRuns: number; readonly seed?: number } {
  const [runs, seed] = [process.env[name], process.env[`${name}_SEED`]]
  const asked = seed === undefined ? usualSeed : Number(seed)
  return { numRuns: Number(runs ?? usual), ...(asked === undefined ? {} : { seed: asked }) }
}
