import { type Audiences, MESSAGE_KINDS, type MessageGroup } from './message-kinds'

/** What residents are told, as people understand it; in the order in which they read it. */
export const MESSAGE_GROUPS = [
  'to-do',
  'outcome',
  'days',
  'whose',
  'progress',
  'money',
] as const satisfies readonly MessageGroup[]

/** Of these a person says whether the phone rings. The law has the others told, or they are lost with their day. */
export const SWITCHABLE: readonly MessageGroup[] = ['progress', 'money']

const ofApplicant = (kind: string) =>
  (MESSAGE_KINDS as Readonly<Partial<Record<string, Audiences>>>)[kind]?.applicant

/** Null of what residents are not told, and of what another version tells. */
export const groupOf = (kind: string): MessageGroup | null => ofApplicant(kind)?.group ?? null

/** Whether it leaves the last consent to what may matter more. */
export const isSpare = (kind: string): boolean => ofApplicant(kind)?.spare === true

/** Whether its recipient wants no phone to ring for it: the inbox has it all the same. Work is asked of nobody. */
export function isSilenced(kind: string, recipient: string, silenced: readonly string[]): boolean {
  if (!recipient.startsWith('profile:')) return false
  const group = groupOf(kind)
  return group !== null && SWITCHABLE.includes(group) && silenced.includes(group)
}

interface Switched {
  readonly kind: MessageGroup
  readonly on: boolean
}

/** Where in the list somebody switches off what cannot be. */
export const fixedGroupsIn = (switched: readonly Switched[]): readonly number[] =>
  switched.flatMap(({ kind, on }, at) => (on || SWITCHABLE.includes(kind) ? [] : [at]))
