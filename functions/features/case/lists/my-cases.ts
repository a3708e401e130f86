import type { CaseSummary } from '#shared/contract/case'
import { CHECK_FAILED } from '#shared/domain/case/check'
import { toldStatus } from '#shared/domain/case/outcome'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { MyCases } from '../../service-item'
import { summaryOf } from './list-cases'
import { listedFrom, myCasesColumn, myCasesPart, type StoredListed } from './list-queries'

/** Of the newest so many is told whether they can be rated; what waits for an answer is told however old it is. */
const NEWEST = 20
const MOST = 3

function resultWords({ plainName, ...told }: CaseSummary) {
  switch (toldStatus(told)) {
    case 'check-failed':
      return { title: `${plainName}：${CHECK_FAILED}`, note: '查出什么、怎么说清楚，里面都有' }
    case 'refused':
      return { title: `${plainName}没有批准`, note: '为什么、不同意怎么办，里面都有' }
    default:
      return { title: `${plainName}办好了`, note: '看结果，说说办得怎么样' }
  }
}

/** What of a person's cases belongs on the first screen: what waits for them, then what is running. */
export const myCases: MyCases = {
  parts: [myCasesPart(NEWEST)],
  column: myCasesColumn,
  async tell(database, stored, { principal, reference, now }) {
    const listed = await listedFrom(database, stored as readonly StoredListed[], dayIn(now))
    const items = listed.map((each) => summaryOf(each, principal, reference, now))
    const isMixed = new Set(items.map(({ applicantMasked }) => applicantMasked)).size > 1
    const whoseOf = ({ applicantMasked }: CaseSummary) =>
      isMixed && applicantMasked ? applicantMasked : null
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
        page: `features/case/correction?id=${each.id}`,
        actionLabel: '现在补',
      }))
    const ratings = items
      .filter(({ waitsForMe }) => waitsForMe === 'rating')
      .map((each) => ({
        kind: 'result' as const,
        caseId: each.id,
        ...resultWords(each),
        whose: whoseOf(each),
        dueOn: null,
        light: null,
        page: `features/case/result?id=${each.id}`,
        actionLabel: '看结果',
      }))
    const running = items.filter(
      ({ status, waitsForMe }) =>
        waitsForMe === 'none' &&
        !['refused', 'concluded', 'delivered', 'withdrawn', 'terminated', 'declined'].includes(status),
    )
    return {
      todos: [...corrections, ...ratings].slice(0, MOST),
      running: running.slice(0, 2).map((each) => ({
        caseId: each.id,
        plainName: each.plainName,
        whose: whoseOf(each),
        statusText: each.statusText,
        identityAwaited: each.identityAwaited,
        disownedWays: each.disownedWays,
        dueOn: each.dueOn,
        dueBecause: each.dueBecause,
        light: each.light,
      })),
    }
  },
}
