import type { ReminderSettings } from '#shared/contract/reminder-settings'

export type Kind = ReminderSettings['kinds'][number]['kind']

/** What the server has said last of each, and what is on its way there. */
export interface Switches {
  readonly known: ReminderSettings
  readonly wanted: Partial<Readonly<Record<Kind, boolean>>>
}

export const isOnOf = ({ known, wanted }: Switches, kind: Kind): boolean =>
  wanted[kind] ?? known.kinds.some((each) => each.kind === kind && each.on)

/** It moves under the thumb, before anybody has taken it. */
export const pressed = (switches: Switches, kind: Kind, on: boolean): Switches => ({
  ...switches,
  wanted: { ...switches.wanted, [kind]: on },
})

/**
 * Null where it was not taken: then it stands as before. An answer tells of its own kind, and of `others` that were under
 * way no more when it was asked for; of any other it may be older than what is known.
 */
export function settled(
  { known, wanted }: Switches,
  kind: Kind,
  answer: ReminderSettings | null,
  others: readonly Kind[] = [],
): Switches {
  const { [kind]: _done, ...rest } = wanted
  const underWay: Switches['wanted'] = rest
  const isTold = (each: Kind) => each === kind || (others.includes(each) && underWay[each] === undefined)
  const toldOf = (each: Kind) => answer?.kinds.find((told) => told.kind === each && isTold(each))
  return {
    known: { kinds: known.kinds.map((each) => toldOf(each.kind) ?? each) },
    wanted: underWay,
  }
}
