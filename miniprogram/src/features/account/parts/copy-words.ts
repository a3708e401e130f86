import type { AccountCopy } from '#shared/contract/account'
import { fullDay } from '#shared/domain/kernel/day-words'
import { dayOf, findPlainDate, type PlainDate } from '#shared/domain/kernel/plain-date'

interface CopyFact {
  readonly key: string
  readonly value: string
}

/** What is known under one heading: one block for each thing of which there are several. */
interface CopySection {
  readonly title: string
  readonly blocks: readonly { readonly nth: number; readonly facts: readonly CopyFact[] }[]
  /** Where it is words and not facts; that there is nothing, too. */
  readonly words?: string
}

const NOTHING = '没有'

const isDay = (value: unknown): value is PlainDate =>
  typeof value === 'string' && findPlainDate(value) !== undefined

const valueWords = (value: unknown) => {
  if (value === null || value === '') return NOTHING
  return isDay(value) ? fullDay(value) : String(value)
}

const monthWords = (day: PlainDate) => fullDay(day).replace(/月.*$/, '月')

/** Two years of days, in a line for each month. */
const byMonth = (days: readonly PlainDate[]): readonly CopyFact[] =>
  [...new Set(days.map(monthWords))].map((key) => ({
    key,
    value: days
      .filter((day) => monthWords(day) === key)
      .map((day) => `${dayOf(day)}日`)
      .join('、'),
  }))

/** What has parts of its own, each a name and words, is told by these; what there is several times under one name at once. */
function factsOf(of: object): readonly CopyFact[] {
  const facts = Object.entries(of).flatMap(([key, value]): (readonly [string, unknown])[] =>
    Array.isArray(value) && value.length > 0 ? value : [[key, Array.isArray(value) ? null : value]],
  )
  const told = new Map<string, string>()
  for (const [key, value] of facts) {
    const words = valueWords(value)
    const before = told.get(key)
    told.set(key, before === undefined ? words : `${before}；${words}`)
  }
  return [...told].map(([key, value]) => ({ key, value }))
}

const inBlocks = (all: readonly (readonly CopyFact[])[]) => all.map((facts, nth) => ({ nth, facts }))

function sectionOf(title: string, value: unknown): CopySection {
  if (!Array.isArray(value)) {
    return typeof value === 'object' && value !== null
      ? { title, blocks: inBlocks([factsOf(value)]) }
      : { title, blocks: [], words: valueWords(value) }
  }
  if (value.length === 0) return { title, blocks: [], words: NOTHING }
  return { title, blocks: inBlocks(value.every(isDay) ? [byMonth(value)] : value.map(factsOf)) }
}

/** Whatever the server says is shown: nothing that is known of the person may be left out on the way. 个人信息保护法 第45条 */
export const copySections = (copy: AccountCopy): readonly CopySection[] =>
  Object.entries(copy).map(([title, value]) => sectionOf(title, value))

/** The whole in lines, to be kept wherever words can be kept. */
export const copyText = (copy: AccountCopy): string =>
  copySections(copy)
    .map(({ title, blocks, words }) =>
      [
        `【${title}】`,
        ...(words === undefined ? [] : [words]),
        blocks.map(({ facts }) => facts.map(({ key, value }) => `${key}：${value}`).join('\n')).join('\n\n'),
      ]
        .filter((line) => line !== '')
        .join('\n'),
    )
    .join('\n\n')
