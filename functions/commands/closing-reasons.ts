import { listReasons } from '../features/account'
import type { CommandContext } from './context'

/** `closing-reasons`: why accounts were closed, in the words of whoever left. Answers the exit code. */
export async function run({ services, print }: CommandContext<'database' | 'cipher'>): Promise<number> {
  const { total, newest } = await listReasons(services)
  for (const { on, words } of newest) print(`${on}  ${words}`)
  const shown = newest.length < total ? `，这里是最近的 ${newest.length} 条` : ''
  print(`${total} 条${shown}，没有记是谁写的`)
  return 0
}
