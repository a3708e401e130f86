import { dayIn, type Instant, instantAt, type PlainDate } from '#shared/domain/kernel/plain-date'

/** What is told from a day on; null from the beginning. */
export type Span<Told> = Told & { readonly from: PlainDate | null }

/** Whoever filed a case, confirmed: since when, and under which number, makes no difference to what is told. */
export const KNOWN = { at: null, numberIndex: '' }

export const isSame = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right)

/** What is told now, and from each later day of `days` on which that is something else; in order. */
export function spansOf<Told extends object>(
  now: Instant,
  days: readonly PlainDate[],
  tell: (at: Instant) => Told,
): readonly Span<Told>[] {
  const spans: Span<Told>[] = []
  let last: Told | null = null
  for (const from of [null, ...days.filter((day) => day > dayIn(now))]) {
    const told = tell(from === null ? now : instantAt(from, 0))
    if (last === null || !isSame(last, told)) spans.push({ from, ...told })
    last = told
  }
  return spans
}

/** What is told on a day. */
export function spanOn<Told>(spans: readonly Span<Told>[], today: PlainDate): Span<Told> {
  const begun = spans.filter(({ from }) => from === null || from <= today)
  const span = begun[begun.length - 1]
  if (!span) throw new Error('spans without a beginning')
  return span
}
