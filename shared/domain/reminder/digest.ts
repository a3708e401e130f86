import { THING_LENGTH, thing, thingWith } from './keywords'
import { MY_CASES } from './resident-message'

/** A message as a phone would show it. */
export interface Told {
  readonly kind: string
  readonly caseId: string | null
  readonly urgent: boolean
  /** With its query, without leading slash. */
  readonly page: string
  /** Of `progressData` or `todoData`. */
  readonly data: Readonly<Record<string, string>>
}

/** Of work, the most pressing first; a case counts once, by the most pressing that is told of it. */
const PRESSING = [
  { kinds: ['due-today', 'due-last-duty'], words: (count: number) => `${count} 件今天要办` },
  { kinds: ['due-late'], words: (count: number) => `${count} 件超期` },
  { kinds: ['approval'], words: (count: number) => `${count} 件请你批` },
  { kinds: ['task', 'lead'], words: (count: number) => `新到 ${count} 件` },
  { kinds: ['due-soon'], words: (count: number) => `${count} 件快到期` },
] as const satisfies readonly { kinds: readonly string[]; words: (count: number) => string }[]

const OTHER = PRESSING.length
const rankOf = ({ kind }: Told) => {
  const rank = PRESSING.findIndex(({ kinds }) => (kinds as readonly string[]).includes(kind))
  return rank < 0 ? OTHER : rank
}

const WORK = 'staff/case/queue'
const INBOX = 'features/reminder/inbox'

/** Of several things the one that cannot wait; among its like the oldest, which stands first. */
export function leadOf<Row extends Told>(told: readonly [Row, ...Row[]]): Row {
  const orderOf = (row: Row) => rankOf(row) + (row.urgent ? 0 : OTHER + 1)
  return told.reduce((lead, row) => (orderOf(row) < orderOf(lead) ? row : lead))
}

/** Of what is told of one case alike the last word. `told` in the order in which it was written. */
export const newestOf = <Row extends Told>(lead: Row, told: readonly Row[]): Row =>
  told.reduce(
    (newest, row) =>
      lead.caseId !== null &&
      row.caseId === lead.caseId &&
      row.urgent === lead.urgent &&
      rankOf(row) === rankOf(lead)
        ? row
        : newest,
    lead,
  )

/** How many cases there are of each, the most pressing first: `2 件今天要办，新到 4 件`. */
export function countWords(told: readonly Told[]): string {
  const ranks = new Map<string, number>()
  let others = 0
  for (const row of told) {
    const rank = rankOf(row)
    if (row.caseId === null || rank === OTHER) others += 1
    else ranks.set(row.caseId, Math.min(rank, ranks.get(row.caseId) ?? OTHER))
  }
  const counted = PRESSING.flatMap(({ words }, rank) => {
    const count = [...ranks.values()].filter((each) => each === rank).length
    return count > 0 ? [words(count)] : []
  })
  const all = [...counted, ...(others > 0 ? [`${others} 条别的消息`] : [])]
  // A number is said whole or not at all; how many there are stands above.
  while (all.length > 1 && all.join('，').length > THING_LENGTH) all.pop()
  return all.join('，')
}

/** What is of no case is a thing of its own. */
const casesOf = (told: readonly Told[]) => new Set(told.map(({ caseId }, nth) => caseId ?? nth)).size

/**
 * One push for all that is told of work: the card of what cannot wait, with how much else there is. Of one case it is that
 * card itself.
 */
export function workDigest(lead: Told, told: readonly Told[]): Pick<Told, 'page' | 'data'> {
  const cases = casesOf(told)
  if (cases === 1) return { page: lead.page, data: lead.data }
  const isWork = told.some((row) => rankOf(row) < OTHER)
  return {
    page: isWork ? WORK : INBOX,
    data: {
      ...lead.data,
      thing1: thingWith(lead.data.thing1 ?? '', ` 等 ${cases} 件`),
      thing5: thing(countWords(told)),
    },
  }
}

/** One push for messages that say the same about several of one's own cases. */
export function ownDigest(lead: Told, told: readonly Told[]): Pick<Told, 'page' | 'data'> {
  const cases = casesOf(told)
  if (cases === 1) return { page: lead.page, data: lead.data }
  return {
    page: MY_CASES,
    data: {
      ...lead.data,
      thing1: thingWith(lead.data.thing1 ?? '', ` 等 ${cases} 件`),
      thing5: thing(`一共 ${cases} 件，点开都看得到`),
    },
  }
}
