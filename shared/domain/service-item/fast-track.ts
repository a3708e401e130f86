import { holdsFor } from './condition'
import type { ServiceItem, Step } from './item'

/** Whether what was answered on the day of filing is an emergency of the item. */
export const isFastTrack = (item: ServiceItem, answers: Readonly<Record<string, unknown>>) =>
  item.fastTrack !== null && holdsFor(item.fastTrack.when, answers)

const hastened = (step: Step, days: number): Step =>
  step.countsTowardPromise ? { ...step, limitDays: Math.min(step.limitDays, days) } : step

/** 先行救助、手续后补: a check that the law lets wait comes when the case is concluded, and holds no clock of it. */
const afterwards = (step: Step): Step => ({
  ...step,
  optional: false,
  followUp: true,
  countsTowardPromise: false,
})

/**
 * The item as it is for one case: for an emergency with its shorter promise, and with the checks that follow the grant at
 * the end. What it gives back is no fast track any more, so that it may be asked twice.
 */
export function asFiled(item: ServiceItem, filed: { readonly fastTrack: boolean } | null): ServiceItem {
  const { fastTrack } = item
  if (fastTrack === null || !filed?.fastTrack) return item
  const waits = ({ key }: Step) => fastTrack.afterwards.includes(key)
  return {
    ...item,
    promisedDays: fastTrack.promisedDays,
    fastTrack: null,
    steps: [
      ...item.steps.filter((step) => !waits(step)).map((step) => hastened(step, fastTrack.promisedDays)),
      ...item.steps.filter(waits).map(afterwards),
    ],
  }
}
