import { useEffect } from 'react'
import { create } from 'zustand'
import type { WorkReplies } from '#shared/contract/replies'
import { DEFAULT_REPLIES, offeredReplies, type ReplyAct } from '#shared/domain/organization/replies'
import { call } from '../../../platform/api'

/** So long what was asked for once is offered without asking again. */
const FRESH_MS = 5 * 60_000

const useStore = create<{ readonly units: WorkReplies['units']; readonly askedAt: number }>(() => ({
  units: [],
  askedAt: 0,
}))

/** What is offered next is asked for anew. */
export const forgetReplies = () => useStore.setState({ askedAt: 0 })

async function askReplies() {
  if (Date.now() - useStore.getState().askedAt < FRESH_MS) return
  useStore.setState({ askedAt: Date.now() })
  const answer = await call<WorkReplies>('GET', '/api/work/replies')
  // What every unit has does as long as nothing comes.
  if (answer.ok) useStore.setState({ units: answer.value.units })
  else forgetReplies()
}

const isReplyAct = (action: string): action is ReplyAct => action in DEFAULT_REPLIES

/**
 * What a unit offers as words for an act on a case of an item: `phrases` with the unit's own in the place of those that every unit
 * has. Other acts keep theirs.
 */
export function useReplies(unitId: string, itemId: string) {
  const { units } = useStore()
  useEffect(() => void askReplies(), [])
  const lists = units.find((unit) => unit.unitId === unitId)?.lists ?? []
  return (action: string, phrases?: readonly string[]): readonly string[] => {
    if (!isReplyAct(action)) return phrases ?? []
    const defaults: readonly string[] = DEFAULT_REPLIES[action]
    const own = lists.find(({ act }) => act === action)?.replies ?? []
    const kept = (phrases ?? []).filter((phrase) => !defaults.includes(phrase))
    return [...new Set([...kept, ...offeredReplies(own, action, itemId)])]
  }
}
