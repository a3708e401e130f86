import type { CaseState } from '../state'

/** What a department wrote at `at`: before the notice how much it needs, of what came to it how much is not right yet. */
export function draftedWords(
  { corrections }: Pick<CaseState, 'corrections'>,
  at: string,
  count: number,
): string {
  if (corrections.some(({ askedAt }) => askedAt < at))
    return count === 0 ? '看过补来的，够了' : `补来的还有 ${count} 样不行`
  return count === 0 ? '看过材料，不用补' : `写了要补的 ${count} 样`
}
