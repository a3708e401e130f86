import { createFillLines, createFillSearch } from '../features/case'
import { createReferenceSource } from '../features/service-item'
import type { CommandContext } from './context'

/**
 * `fill-lists`: staff find the cases too that were filed before the search was kept, and lists go by lines where older
 * versions have left none, or those of an older shape. Answers the exit code.
 */
export async function run({
  services,
  print,
}: CommandContext<'database' | 'cipher' | 'clock'>): Promise<number> {
  const { database, clock, cipher } = services
  const deps = { database, clock, cipher, reference: createReferenceSource({ database, clock }) }
  print(`从前的 ${await createFillSearch(deps)()} 件现在也找得到了。`)
  print(`从前的 ${await createFillLines(deps)()} 件在列表里不再现算。`)
  return 0
}
