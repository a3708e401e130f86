import { useState } from 'react'
import type { CaseChanged, CaseView } from '#shared/contract/case'
import type { IdentityConfirmed } from '#shared/contract/work'
import { call, type Trouble } from '../../../platform/api'
import { showToast } from '../../../ui/feedback/toast'
import { offerUndo } from './undo-offer'

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
  const [isBusy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble>()
  const send = async (
    door: 'actions' | 'identity-confirmation',
    body: object,
    done: string,
  ): Promise<boolean> => {
    if (isBusy || !view) return false
    setBusy(true)
    setTrouble(undefined)
    const answer = await call<CaseChanged | IdentityConfirmed>('POST', `/api/cases/${view.id}/${door}`, body)
    const words = `${view.applicantMasked}：${done}`
    if (answer.ok) {
      // The offer to take it back says the same, and stays longer.
      if (!('undoSeconds' in answer.value && offerUndo(answer.value, words))) showToast(words)
    } else setTrouble(answer.error)
    if (answer.ok || answer.error.code.startsWith('case.')) await reload()
    if (answer.ok) onDone?.()
    setBusy(false)
    return answer.ok
  }
  return { isBusy, trouble, send, forget: () => setTrouble(undefined) }
}

export type Act = ReturnType<typeof useAct>
