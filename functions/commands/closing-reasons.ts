import { listReasons } from '../features/account'
import type { CommandContext } from './context'

/** `closing-reasons`: why accounts were closed, in the words of whoever left. Answers the exit code. */
export async function run({ services, print }: CommandContext<'database' | 'cipher'>): Promise<number> {
  const reasons = await listReasons(services)
  for (const { on, words } of reasons) print(`${on}  ${words}`)
  print(`${reasons.length} 条，没有记是谁写的`)
  return 0
}
