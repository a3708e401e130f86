import type { Log } from './ports/log'

/** Of a run that goes on with all others: what one case could not be done for. The log names the case, and nothing of it. */
export class CaseFailure extends Error {
  constructor(
    readonly caseId: string,
    cause: unknown,
  ) {
    super('a case failed', { cause })
  }
}

const apart = <Row extends { readonly caseId: string }>(rows: readonly Row[]) => {
  const found = new Map<string, Row[]>()
  for (const row of rows) found.set(row.caseId, [...(found.get(row.caseId) ?? []), row])
  return found
}

/**
 * Writes what is planned of many cases in one statement; where that fails, of each case by itself, so that one that cannot be written
 * keeps back no other. Answers how many were written.
 */
export async function togetherOrApart<Row extends { readonly caseId: string }>(
  rows: readonly Row[],
  write: (rows: readonly Row[]) => Promise<number>,
  failures: unknown[],
): Promise<number> {
  try {
    return await write(rows)
  } catch {
    // Of one case or of all: each says so by itself.
  }
  let written = 0
  for (const [caseId, own] of apart(rows))
    try {
      written += await write(own)
    } catch (cause) {
      failures.push(new CaseFailure(caseId, cause))
    }
  return written
}

/** What is worked out of each; of what cannot be, nothing. */
export const workedOut = <Row extends { readonly caseId: string }, Planned>(
  rows: readonly Row[],
  plan: (row: Row) => readonly Planned[],
  failures: unknown[],
): readonly Planned[] =>
  rows.flatMap((row) => {
    try {
      return plan(row)
    } catch (cause) {
      failures.push(new CaseFailure(row.caseId, cause))
      return []
    }
  })

/** Once all that could be done is done: some of it was not. */
export function failWith(failures: readonly unknown[], what: string): void {
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} cases could not be ${what}`, {
      cause: failures[0],
    })
}

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
