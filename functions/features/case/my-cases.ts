import type { Home } from '#shared/contract/service-item'
import type { CaseDeps } from './deps'
import { createListCases } from './list-cases'

type Mine = Pick<NonNullable<Home['me']>, 'todos' | 'running'>

const MOST = 3

/** What of a person's cases belongs on the first screen: what waits for them, then what is running. */
export const createMyCases = (deps: CaseDeps) => {
  const listCases = createListCases(deps)
  return async (tokenHash: string): Promise<Mine> => {
    const { items } = await listCases(tokenHash, null)
    const corrections = items
      .filter(({ waitsForMe }) => waitsForMe === 'correction')
      .map((each) => ({
        kind: 'correction' as const,
        caseId: each.id,
        title: `${each.plainName}要补一补`,
        note: '补好了就接着办',
        dueOn: each.dueOn,
        page: `features/case/correction?id=${each.id}`,
        actionLabel: '现在补',
      }))
    const ratings = items
      .filter(({ waitsForMe }) => waitsForMe === 'rating')
      .map((each) => ({
        kind: 'result' as const,
        caseId: each.id,
        title: `${each.plainName}${each.status === 'delivered' ? '办好了' : '有结果了'}`,
        note: each.statusText,
        dueOn: null,
        page: `features/case/result?id=${each.id}`,
        actionLabel: '看结果',
      }))
    const running = items.filter(
      ({ status, waitsForMe }) =>
        waitsForMe === 'none' && !['delivered', 'withdrawn', 'terminated', 'declined'].includes(status),
    )
    return {
      todos: [...corrections, ...ratings].slice(0, MOST),
      running: running.slice(0, 2).map(({ id, plainName, statusText, dueOn, dueBecause }) => ({
        caseId: id,
        plainName,
        statusText,
        dueOn,
        dueBecause,
      })),
    }
  }
}
