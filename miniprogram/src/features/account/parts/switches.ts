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

/** Null where it was not taken: then it stands as before. An answer tells of its own kind alone: it may be older than another. */
export function settled({ known, wanted }: Switches, kind: Kind, answer: ReminderSettings | null): Switches {
  const { [kind]: _done, ...others } = wanted
  const told = answer?.kinds.find((each) => each.kind === kind)
  return {
    known: { kinds: known.kinds.map((each) => (told && each.kind === kind ? told : each)) },
    wanted: others,
  }
}
