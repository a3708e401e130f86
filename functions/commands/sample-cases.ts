import { parseArgs } from 'node:util'
import { findPlainDate } from '#shared/domain/kernel/plain-date'
import { type SampleAsked, sampleCases } from '../features/case'
import { createReferenceSource } from '../features/service-item'
import type { CommandContext } from './context'

const USAGE =
  '写明哪些、抽多少：npm run county -- sample-cases --from 2026-11-01 --to 2026-11-30 --share 0.05 --seed 2026-11\n' +
  '--from、--to：哪天到哪天申请的；--share：抽几成，大于 0，最多 1；--seed：种子，写一样的抽到一样的'

function askedFor(words: readonly string[]): SampleAsked | null {
  const text = { type: 'string' } as const
  try {
    const {
      from: first = '',
      to: last = '',
      share = '',
      seed = '',
    } = parseArgs({
      args: [...words],
      options: { from: text, to: text, share: text, seed: text },
    }).values
    const [from, to, part] = [findPlainDate(first), findPlainDate(last), Number(share)]
    if (!from || !to || from > to || seed === '' || !(part > 0 && part <= 1)) return null
    return { from, to, share: part, seed }
  } catch {
    return null
  }
}

/** `sample-cases`: cases drawn for supervision, the same for the same seed. Answers the exit code. */
export async function run({ services, print, words }: CommandContext<'database' | 'clock'>): Promise<number> {
  const asked = askedFor(words)
  if (asked === null) {
    print(USAGE)
    return 1
  }
  const { filed, cases } = await sampleCases(
    { ...services, reference: createReferenceSource(services) },
    asked,
  )
  for (const { caseNumber, item, unit } of cases)
    print(`${caseNumber}  ${item === null ? '不公开的事项' : `${item}  ${unit}`}`)
  print(`${asked.from} 到 ${asked.to} 申请的 ${filed} 件里抽了 ${cases.length} 件，种子 ${asked.seed}`)
  return 0
}
