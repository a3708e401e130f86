import { useEffect } from 'react'
import { create } from 'zustand'
import type { WorkReplies } from '#shared/contract/replies'
import { DEFAULT_REPLIES, offeredReplies, type ReplyAct } from '#shared/domain/organization/replies'
import { call } from '../../../platform/api'
import { findToken } from '../../../platform/session'

/** So long what was asked for once is offered without asking again. */
const FRESH_MS = 5 * 60_000

interface Asked {
  /** Null until it is known: what is offered does not change under the hand. */
  readonly units: WorkReplies['units'] | null
  readonly askedAt: number
  /** Whose session it was: at a window one after another works on the same computer. */
  readonly token: string | undefined
}

const useStore = create<Asked>(() => ({ units: null, askedAt: 0, token: undefined }))

/** What is offered next is asked for anew. */
export const forgetReplies = () => useStore.setState({ askedAt: 0 })

async function askReplies() {
  const token = findToken()
  const asked = useStore.getState()
  const isSame = asked.token === token
  if (isSame && Date.now() - asked.askedAt < FRESH_MS) return
  useStore.setState({ units: isSame ? asked.units : null, askedAt: Date.now(), token })
  const answer = await call<WorkReplies>('GET', '/api/work/replies')
  // Somebody else works here by now, and asks for themselves.
  if (useStore.getState().token !== token) return
  if (answer.ok) return useStore.setState({ units: answer.value.units })
  forgetReplies()
  // What every unit has does where nothing comes.
  useStore.setState(({ units }) => ({ units: units ?? [] }))
}

/** Asked once a case stands there, so that it is known when one acts; not beside it, where both would log in anew. */
export const useAskedReplies = (isThere = true) =>
  useEffect(() => {
    if (isThere) void askReplies()
  }, [isThere])

const isReplyAct = (action: string): action is ReplyAct => action in DEFAULT_REPLIES

/**
 * What a unit offers as words for an act on a case of an item: `phrases` with the unit's own in the place of those that every unit
 * has. Other acts keep theirs.
 */
export function useReplies(unitId: string, itemId: string) {
  const { units } = useStore()
  useAskedReplies()
  const lists = units?.find((unit) => unit.unitId === unitId)?.lists ?? []
  return (action: string, phrases?: readonly string[]): readonly string[] => {
    if (!isReplyAct(action)) return phrases ?? []
    const defaults: readonly string[] = DEFAULT_REPLIES[action]
    const own = lists.find(({ act }) => act === action)?.replies ?? []
    const kept = (phrases ?? []).filter((phrase) => !defaults.includes(phrase))
    return units === null ? kept : [...new Set([...kept, ...offeredReplies(own, action, itemId)])]
  }
}
