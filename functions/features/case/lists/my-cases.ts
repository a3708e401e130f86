import type { CaseSummary } from '#shared/contract/case'
import { hasResult, isInHand } from '#shared/domain/case/outcome/outcome-words'
import { PARTLY_LINE } from '#shared/domain/case/parallel/share-decisions'
import { CHECK_FAILED } from '#shared/domain/case/visit/check'
import { dayWords } from '#shared/domain/kernel/day-words'
import { dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import { bookingWords } from '#shared/domain/time-limit/booking-words'
import type { MyCases } from '../../service-item'
import { isReadersOwn } from '../standing'
import { standOf, summaryOf } from './list-cases'
import { listedFrom, myCasesColumn, myCasesPart, type StoredListed } from './list-queries'

/** Of the newest so many is told whether they can be rated; what waits for an answer is told however old it is. */
const NEWEST = 20

/** What was granted ends well but where a part of it was refused. */
const isPartly = ({ key, tone }: CaseSummary['outcome']) => key === 'granted' && tone === 'bad'

const speakNote = ({ speaksOf }: CaseSummary) =>
  `${speaksOf ?? '原来的决定'}可能有错，准备撤销。有话先说，听完再定`

function resultNote(summary: CaseSummary, today: PlainDate) {
  const { key, word } = summary.outcome
  if (isPartly(summary.outcome)) return PARTLY_LINE
  if (word === CHECK_FAILED) return '查出什么、怎么说清楚，里面都有'
  if (key === 'refused') return '为什么、不同意怎么办，里面都有'
  if (key !== 'granted') return '为什么、接下来怎么办，里面都有'
  return bookingWords(summary, (day) => dayWords(day as PlainDate, today)) ?? '看结果，说说办得怎么样'
}

function resultWords(summary: CaseSummary, today: PlainDate) {
  const { plainName, outcome } = summary
  const { word } = outcome
  return {
    title: word === CHECK_FAILED || isPartly(outcome) ? `${plainName}：${word}` : plainName + word,
    note: resultNote(summary, today),
    ...(hasResult(outcome)
      ? { page: 'features/case/result', actionLabel: '看结果' }
      : { page: 'features/case/timeline', actionLabel: '看为什么' }),
  }
}

/** What of a person's cases belongs on the first screen: what waits for them, then what is running. */
export const myCases: MyCases = {
  parts: [myCasesPart(NEWEST)],
  column: myCasesColumn,
  async tell(database, stored, { reference, now, ...reader }) {
    const listed = await listedFrom(database, stored as readonly StoredListed[], dayIn(now))
    const items = listed.map((each) => summaryOf(each, reader, reference, now))
    const nameOf = ({ ownName, applicantMasked }: CaseSummary) => ownName ?? applicantMasked
    const isMixed = new Set(items.map(nameOf)).size > 1
    const own = new Set(
      listed
        .filter((row) => isReadersOwn({ ...row, state: standOf(row, reference, now).own }, reader.principal))
        .map(({ id }) => id),
    )
    const whoseOf = (summary: CaseSummary) => ((isMixed || !own.has(summary.id)) && nameOf(summary)) || null
    const corrections = items
      .filter(({ waitsForMe }) => waitsForMe === 'correction')
      .sort((one, other) => ((one.dueOn ?? '9') < (other.dueOn ?? '9') ? -1 : 1))
      .map((each) => ({
        kind: 'correction' as const,
        caseId: each.id,
        title: `补 ${each.missing.length} 样，${each.plainName}接着办`,
        whose: whoseOf(each),
        note: each.missing.join('、'),
        dueOn: each.dueOn,
        light: each.light,
        outcome: each.outcome,
        page: `features/case/correction?id=${each.id}`,
        actionLabel: '现在补',
      }))
    const statements = items
      .filter(({ waitsForMe }) => waitsForMe === 'statement')
      .map((each) => ({
        kind: 'statement' as const,
        caseId: each.id,
        title: `${each.plainName}：先听你说`,
        whose: whoseOf(each),
        note: speakNote(each),
        dueOn: each.dueOn,
        light: null,
        outcome: each.outcome,
        page: `features/case/timeline?id=${each.id}`,
        actionLabel: '说说你的意见',
      }))
    const results = items
      .filter(({ waitsForMe }) => waitsForMe === 'rating' || waitsForMe === 'result')
      .map((each) => {
        const { page, ...words } = resultWords(each, dayIn(now))
        return {
          kind: 'result' as const,
          caseId: each.id,
          ...words,
          whose: whoseOf(each),
          dueOn: null,
          light: null,
          outcome: each.outcome,
          page: `${page}?id=${each.id}`,
        }
      })
    const running = items.filter((each) => each.waitsForMe === 'none' && isInHand(each))
    return {
      todos: [...corrections, ...statements, ...results],
      running: running.slice(0, 2).map((each) => ({
        caseId: each.id,
        plainName: each.plainName,
        whose: whoseOf(each),
        statusText: each.statusText,
        outcome: each.outcome,
        identityAwaited: each.identityAwaited,
        personAwaited: each.personAwaited,
        disownedWays: each.disownedWays,
        dueOn: each.dueOn,
        ...(each.dueDoubted ? { dueDoubted: true } : {}),
        newDueOn: each.newDueOn,
        ...(each.dueByLaw ? { dueByLaw: each.dueByLaw } : {}),
        dueBecause: each.dueBecause,
        apart: each.apart,
        light: each.light,
        booked: each.booked,
        bookedBefore: each.bookedBefore,
      })),
    }
  },
}
