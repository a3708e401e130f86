import { rebuildCases } from '../features/case'
import { createReferenceSource } from '../features/service-item'
import type { CommandContext } from './context'

/**
 * `rebuild-cases [--write]`: replays all cases from their events and prints each whose row says otherwise, by its id and
 * the fields; `--write` puts back what the events say. Answers the exit code, 1 where something differs.
 */
export async function run({ services, words, print }: CommandContext<'database' | 'clock'>): Promise<number> {
  const unknown = words.filter((word) => word !== '--write')
  if (unknown.length > 0) {
    print('只有一个选项：npm run county -- rebuild-cases --write')
    return 1
  }
  const write = words.includes('--write')
  const { cases, different, written } = await rebuildCases(
    { ...services, reference: createReferenceSource(services) },
    {
      write,
      onDifference: ({ caseId, fields, written: done }) =>
        print([caseId, fields.join(' '), ...(done === false ? ['没有写回'] : [])].join('  ')),
    },
  )
  print(`重算了 ${cases} 件，${different} 件和记录对不上${write ? `，写回 ${written} 件` : ''}。`)
  return different > written ? 1 : 0
}
