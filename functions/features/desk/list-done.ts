import type { Queue } from '#shared/contract/work'
import { ProblemError } from '../../platform/http/problem'
import { type CaseDeps, referenceAt } from '../case'
import { holderOf } from './list-tasks'
import { listDone } from './queue-queries'
import { itemFor } from './search-cases'

const PAGE_SIZE = 20

/** 我办过的: what who asks has acted on and may still see, or the number of what was handed on since. */
export const createListDone =
  (deps: CaseDeps) =>
  async (tokenHash: string, after: string | null): Promise<Queue> => {
    const now = deps.clock.now()
    const page = await listDone(deps.database, tokenHash, { after, size: PAGE_SIZE + 1 }, now)
    const { principal } = page
    if (!principal) throw new ProblemError('account.session-ended')
    if (principal.pools.length === 0) throw new ProblemError('account.role-needed')
    const reference = await referenceAt(deps, page.revision)
    const shown = page.cases.slice(0, PAGE_SIZE)
    return {
      counts: page.counts,
      holder: holderOf(principal, reference),
      items: shown.flatMap((found) => itemFor({ ...found, isOpenly: true }, principal, reference, now)),
      nextCursor: page.cases.length > PAGE_SIZE ? (shown.at(-1)?.eventId ?? null) : null,
    }
  }
