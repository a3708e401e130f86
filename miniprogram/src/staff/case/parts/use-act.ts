import { useRef, useState } from 'react'
import { create } from 'zustand'
import type { DraftedPapers } from '#shared/contract/after-decision'
import type { CaseChanged, CaseView } from '#shared/contract/case'
import type { IdentityConfirmed } from '#shared/contract/work'
import { call, type Trouble } from '../../../platform/api'
import { useSession } from '../../../platform/session'
import { showToast } from '../../../ui/feedback/toast'
import { offerUndo } from './undo-offer'

/** What happens at one case is told at no other: whoever has not waited for it may have gone on to the next. */
interface Told {
  readonly caseId: string
  readonly trouble: Trouble
  /** What was sent, and upon which version. */
  readonly action: string
  readonly version: number | undefined
}

export const IDENTITY_DOOR = 'identity-confirmation'

type Door = 'actions' | 'after-decision' | 'delivery' | 'death' | typeof IDENTITY_DOOR
interface Sent {
  readonly action?: string | undefined
  readonly version?: number | undefined
}

/** On whichever page the case stands when the answer comes. */
const useTold = create<{ readonly told: Told | undefined }>(() => ({ told: undefined }))
const setTold = (told: Told | undefined) => useTold.setState({ told })

// The next hands may be others'.
useSession.subscribe(({ isLoggedIn }) => {
  if (!isLoggedIn) setTold(undefined)
})

/**
 * Sends one act on a case. Whatever the server refuses stays on the screen with its words; the case is read again after
 * a conflict, so that the buttons follow the table. `onDone` is for what went through alone: what was written for one
 * case must never stand before another that a new queue has put in its place.
 */
export function useAct(
  view: Pick<CaseView, 'id' | 'applicantMasked'> | undefined,
  reload: () => Promise<unknown>,
  onDone?: () => void,
) {
  const [busy, setBusy] = useState<readonly string[]>([])
  const last = useTold((kept) => kept.told)
  const told = last && last.caseId === view?.id ? last : undefined
  const sending = useRef(new Set<string>())
  // The case that is shown when the answer comes is read anew, whichever it was sent for.
  const newest = useRef({ reload, onDone })
  newest.current = { reload, onDone }
  /** One thing at a time of a case; what the server refuses is told at it. */
  const exchange = async <Value>(
    door: Door | 'after-decision/papers',
    body: Sent,
    answered: (value: Value) => Promise<void> | void,
  ): Promise<boolean> => {
    if (!view || sending.current.has(view.id)) return false
    const { id } = view
    const mark = () => setBusy([...sending.current])
    sending.current.add(id)
    mark()
    setTold(undefined)
    const answer = await call<Value>('POST', `/api/cases/${id}/${door}`, body)
    if (answer.ok) await answered(answer.value)
    else {
      const { action = door, version } = body
      setTold({ caseId: id, trouble: answer.error, action, version })
      if (answer.error.code.startsWith('case.')) await newest.current.reload()
    }
    sending.current.delete(id)
    mark()
    return answer.ok
  }
  const send = (door: Door, body: Sent, done: string): Promise<boolean> =>
    exchange<CaseChanged | IdentityConfirmed>(door, body, async (value) => {
      const words = `${view?.applicantMasked}：${done}`
      // The offer to take it back says the same, and stays longer.
      if (!('undoSeconds' in value && offerUndo(value, words))) showToast(words)
      await newest.current.reload()
      newest.current.onDone?.()
    })
  /** The papers that an act would issue as it is written; undefined where it may not be done, or another is under way. */
  const papersOf = async (body: Sent): Promise<DraftedPapers['papers'] | undefined> => {
    let papers: DraftedPapers['papers'] | undefined
    await exchange<DraftedPapers>('after-decision/papers', body, (value) => {
      papers = value.papers
    })
    return papers
  }
  return {
    isBusy: view !== undefined && busy.includes(view.id),
    told,
    trouble: told?.trouble,
    send,
    papersOf,
    forget: () => setTold(undefined),
  }
}

export type Act = ReturnType<typeof useAct>

/** For a sheet that sends `action`: what became of that act, and of no other. */
export const ownAct = (act: Act, action: string | undefined): Act =>
  act.told?.action === action ? act : { ...act, told: undefined, trouble: undefined, forget: () => undefined }
