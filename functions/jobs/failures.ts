import { CaseFailure } from '../platform/one-by-one'
import type { Log } from '../platform/ports/log'

const parts = (cause: unknown): readonly unknown[] =>
  cause instanceof AggregateError ? cause.errors.flatMap(parts) : [cause]

/** Each case that a run could not do stands in the log by its id, with why. */
export function nameCases(log: Log, event: string, cause: unknown) {
  for (const each of parts(cause))
    if (each instanceof CaseFailure) log.error(event, { caseId: each.caseId }, each.cause)
}

/** Does one after the other: what fails keeps back none of those after it, and the run fails with all of it. */
export async function eachOf(log: Log, works: Readonly<Record<string, () => Promise<void>>>): Promise<void> {
  const failures: unknown[] = []
  for (const [event, work] of Object.entries(works))
    try {
      await work()
    } catch (cause) {
      nameCases(log, `${event}-failed`, cause)
      failures.push(cause)
    }
  const [first, ...others] = failures
  if (others.length > 0) throw new AggregateError(failures, 'parts of it failed', { cause: first })
  if (failures.length > 0) throw first
}
