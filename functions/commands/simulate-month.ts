import { parseArgs } from 'node:util'
import { findPlainDate } from '#shared/domain/kernel/plain-date'
import { type Asked, simulateMonth } from '../simulation/month'
import { reportOf } from '../simulation/report'

const USAGE =
  '用法：npm run county -- simulate-month [--cases-a-day 300] [--days 30] [--seed 1] [--from 2026-11-24]\n' +
  '--cases-a-day：一天来多少件，1 到 2000；--days：过多少天，1 到 31；--seed：一样的种子过一样的日子；--from：从哪天开始'

const MOST_DAYS = 31
const MOST_CASES = 2_000

type Wanted = Pick<Asked, 'casesADay' | 'days' | 'seed' | 'from'>

function askedFor(words: readonly string[]): Wanted | null {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { 'cases-a-day': text, days: text, seed: text, from: text },
    })
    const [casesADay, days, seed] = [values['cases-a-day'] ?? 300, values.days ?? 30, values.seed ?? 1].map(
      Number,
    )
    const from = findPlainDate(values.from ?? '2026-11-24')
    const within = (value: number | undefined, most: number): value is number =>
      Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most
    if (!from || !within(casesADay, MOST_CASES) || !within(days, MOST_DAYS)) return null
    return within(seed, Number.MAX_SAFE_INTEGER) ? { casesADay, days, seed, from } : null
  } catch {
    return null
  }
}

/**
 * `simulate-month`: lives a month of the county on a server and in a folder of its own, and tells what the phones got; the last line is
 * the figures as JSON. Answers the exit code: 1 where a push was taken that must not be, or one that was due was not.
 */
export async function run(
  words: readonly string[],
  { root, county, print }: Pick<Asked, 'root' | 'county'> & { readonly print: (line: string) => void },
): Promise<number> {
  const wanted = askedFor(words)
  if (wanted === null) {
    print(USAGE)
    return 1
  }
  const month = await simulateMonth({ ...wanted, root, county, onDay: print })
  for (const line of reportOf(month)) print(line)
  const { people, sent, ...faults } = month.figures
  print(JSON.stringify({ people, sent, ...faults }))
  return Object.values(faults).every((count) => count === 0) ? 0 : 1
}
