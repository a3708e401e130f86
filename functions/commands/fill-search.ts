import { createFillSearch } from '../features/case'
import { createReferenceSource } from '../features/service-item'
import type { CommandContext } from './context'

/** `fill-search`: staff find the cases too that were filed before the search was kept. Answers the exit code. */
export async function run({
  services,
  print,
}: CommandContext<'database' | 'cipher' | 'clock'>): Promise<number> {
  const { database, clock, cipher } = services
  const fill = createFillSearch({
    database,
    clock,
    cipher,
    reference: createReferenceSource({ database, clock }),
  })
  print(`从前的 ${await fill()} 件现在也找得到了。`)
  return 0
}
