import { parseArgs } from 'node:util'
import { dayIn, findPlainDate } from '#shared/domain/kernel/plain-date'
import { type SampleAsked, sampleCases, wasDrawn } from '../features/case'
import { createReferenceSource } from '../features/service-item'
import type { Ids } from '../platform/ports/ids'
import type { CommandContext } from './context'

const USAGE =
  '写明哪些、抽多少、谁来抽：npm run county -- sample-cases --from 2026-11-01 --to 2026-11-30 --share 0.05 --by <督查人员编号>\n' +
  '--from、--to：哪天到哪天申请的，到昨天为止；--share：抽几成，大于 0，最多 1；--by：在岗的督查人员，写进审计；' +
  '--seed：不写就现抽一个种子；写了只能照着审计里的一次再抽，日期、几成也要一样'

/** Long enough that nobody draws until it suits: each draw stands in the audit anyway. */
const SEED_BYTES = 9

/** In hex: one that began with a hyphen would be read as an option when the draw is repeated. */
const newSeed = (ids: Ids) => Buffer.from(ids.secret(SEED_BYTES), 'base64url').toString('hex')

type Asked = Omit<SampleAsked, 'seed' | 'origin'> & { readonly seed: string | undefined }

function askedFor(words: readonly string[]): Asked | null {
  const text = { type: 'string' } as const
  try {
    const {
      from: first = '',
      to: last = '',
      share = '',
      by = '',
      seed,
    } = parseArgs({
      args: [...words],
      options: { from: text, to: text, share: text, by: text, seed: text },
    }).values
    const [from, to, part] = [findPlainDate(first), findPlainDate(last), Number(share)]
    if (!from || !to || from > to || seed === '' || by === '' || !(part > 0 && part <= 1)) return null
    return { from, to, share: part, by, seed }
  } catch {
    return null
  }
}

/** `sample-cases`: cases drawn for supervision, the same for the same seed, each draw audited. Answers the exit code. */
export async function run({ services, print, words }: CommandContext<'database' | 'clock'>): Promise<number> {
  const wanted = askedFor(words)
  if (wanted === null) {
    print(USAGE)
    return 1
  }
  // Of a day that is not over others would be drawn an hour later.
  if (wanted.to >= dayIn(services.clock.now())) {
    print('只抽到昨天为止：今天的还在来，同一个种子过一会儿抽到的就不一样了。')
    return 1
  }
  const source = createReferenceSource(services)
  const { rolesOf, staff } = await source.current()
  if (!staff.has(wanted.by) || !rolesOf(wanted.by).some(({ role }) => role === 'supervisor')) {
    print(`没有在岗的督查人员 ${wanted.by}`)
    return 1
  }
  const asked: SampleAsked =
    wanted.seed === undefined
      ? { ...wanted, seed: newSeed(services.ids), origin: 'drawn' }
      : { ...wanted, seed: wanted.seed, origin: 'given' }
  if (asked.origin === 'given' && !(await wasDrawn(services, asked))) {
    print('审计里没有用这个种子、这几天、这个几成抽过的一次：种子不能自己挑。不写 --seed，现抽一次。')
    return 1
  }
  const { filed, cases, digest } = await sampleCases({ ...services, reference: source }, asked)
  for (const { caseNumber, item, unit } of cases)
    print(`${caseNumber}  ${item === null ? '不公开的事项' : `${item}  ${unit}`}`)
  print(`${asked.from} 到 ${asked.to} 申请的 ${filed} 件里抽了 ${cases.length} 件，种子 ${asked.seed}`)
  print(`这一次写进了审计，抽到的编号的摘要 ${digest}`)
  return 0
}
