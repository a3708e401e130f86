import type { ReminderSettings } from '#shared/contract/reminder-settings'
import { MESSAGE_GROUP_LABELS, WAY_LABELS } from '#shared/contract/reminder-settings.labels'

type Kind = ReminderSettings['kinds'][number]['kind']
type Way = ReminderSettings['ways'][number]['way']
type Night = ReminderSettings['night']

/** What has a switch of its own. */
export type Switch = Kind | Way
/** What somebody wants: one switch on or off, or their night. */
export type Wish =
  | { readonly of: Switch; readonly value: boolean }
  | { readonly of: 'night'; readonly value: Night }
type Of = Wish['of']

/** What the server has said last, and what is on its way there. */
export interface Switches {
  readonly known: ReminderSettings
  readonly wanted: Partial<Readonly<Record<Of, Wish['value']>>>
}

export const nameOf = (of: Of): string => {
  if (of === 'night') return '晚上不打扰'
  return (of === 'wechat' || of === 'sms' ? WAY_LABELS[of] : MESSAGE_GROUP_LABELS[of]).name
}

export function bodyOf({ of, value }: Wish): object {
  if (of === 'night') return { night: value }
  return of === 'wechat' || of === 'sms'
    ? { ways: [{ way: of, on: value }] }
    : { kinds: [{ kind: of, on: value }] }
}

function valueIn({ kinds, ways, night }: ReminderSettings, of: Of): Wish['value'] {
  if (of === 'night') return night
  return kinds.some(({ kind, on }) => kind === of && on) || ways.some(({ way, on }) => way === of && on)
}

/** Whether the server has it as it was wanted. */
export const isSettled = (settings: ReminderSettings, { of, value }: Wish) =>
  JSON.stringify(valueIn(settings, of)) === JSON.stringify(value)

export const isOnOf = ({ known, wanted }: Switches, of: Switch): boolean =>
  (wanted[of] ?? valueIn(known, of)) === true

export const nightOf = ({ known, wanted }: Switches): Night =>
  typeof wanted.night === 'object' ? wanted.night : known.night

/** It moves under the thumb, before anybody has taken it. */
export const pressed = (switches: Switches, { of, value }: Wish): Switches => ({
  ...switches,
  wanted: { ...switches.wanted, [of]: value },
})

/**
 * Null where it was not taken: then it stands as before. An answer tells of its own wish, and of `others` that were under
 * way no more when it was asked for; of any other it may be older than what is known.
 */
export function settled(
  { known, wanted }: Switches,
  of: Of,
  answer: ReminderSettings | null,
  others: readonly Of[] = [],
): Switches {
  const { [of]: _done, ...rest } = wanted
  const underWay: Switches['wanted'] = rest
  if (answer === null) return { known, wanted: underWay }
  const isTold = (each: Of) => each === of || (others.includes(each) && underWay[each] === undefined)
  return {
    known: {
      kinds: known.kinds.map(
        (each) => answer.kinds.find(({ kind }) => kind === each.kind && isTold(kind)) ?? each,
      ),
      ways: known.ways.map((each) => answer.ways.find(({ way }) => way === each.way && isTold(way)) ?? each),
      night: isTold('night') ? answer.night : known.night,
    },
    wanted: underWay,
  }
}
