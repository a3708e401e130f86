/** An answer that a notice printed and that has become another since. */
export interface PublishedOtherwise {
  /** Of the step whose notice it is. */
  readonly stepKey: string
  /** Of the answer. */
  readonly key: string
  readonly label: string
  /** As the notice printed it, and as it would now; empty where nothing was, or is, written. */
  readonly was: string
  readonly is: string
}

/** 选址位置、拟用面积 */
export const labelsOf = (changed: readonly PublishedOtherwise[]) =>
  changed.map(({ label }) => label).join('、')

const listed = (changed: readonly PublishedOtherwise[], side: 'was' | 'is') =>
  changed.map(({ label, [side]: words }) => `${label} ${words === '' ? '没有写' : words}`).join('，')

/**
 * To whoever carries such a case on; null where nothing is another. `mayReturn`: whether they may send it back to a step,
 * whose notice then hangs anew; where they may not, only another application is published. ADR 0077
 */
export function publishedOtherwiseWords(
  changed: readonly PublishedOtherwise[],
  mayReturn: (stepKey: string) => boolean,
): string | null {
  if (changed.length === 0) return null
  const how = changed.every(({ stepKey }) => mayReturn(stepKey))
    ? '退回公示那一步，照现在的再贴一次'
    : '这一步退不回公示，要申请人撤回来重新交，才能照现在的再贴一次'
  return `公示的是：${listed(changed, 'was')}。现在是：${listed(changed, 'is')}。改了的没有公示过，别人没法提异议，要重新公示：${how}。`
}
