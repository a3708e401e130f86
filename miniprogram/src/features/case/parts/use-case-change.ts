import { useState } from 'react'
import type { CaseChanged, CaseView } from '#shared/contract/case'
import { type Answer, call, type Trouble } from '../../../platform/api'
import { showToast } from '../../../ui/feedback/toast'

export type Reload = () => Promise<Answer<CaseView> | undefined>

interface Change {
  readonly door: 'takeover' | 'withdrawal'
  readonly done: string
  readonly isPossible: (view: CaseView) => boolean
  readonly isDone: (view: CaseView) => boolean
}

/** `lost`: nobody knows whether it arrived, and a look at the case tells; `missed`: that look found it undone. */
export type ChangeTrouble = { readonly kind: 'refused' | 'lost' | 'missed'; readonly trouble: Trouble }

/**
 * One change that the reader has agreed to. Somebody who acted in between does not undo that: it is sent again for what
 * is there now, while it is still possible.
 */
export function useCaseChange(view: CaseView, { door, done, isPossible, isDone }: Change, reload: Reload) {
  const [isBusy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ChangeTrouble>()
  const busily = async (act: () => Promise<ChangeTrouble | undefined>) => {
    if (isBusy) return
    setBusy(true)
    setFailed(undefined)
    setFailed(await act())
    setBusy(false)
  }
  const finish = () => {
    showToast(done)
    return undefined
  }
  const send = async (version: number, isAgain: boolean): Promise<ChangeTrouble | undefined> => {
    const answer = await call<CaseChanged>('POST', `/api/cases/${view.id}/${door}`, { version })
    if (!answer.ok && answer.error.code === 'network.unreachable')
      return { kind: 'lost', trouble: answer.error }
    const fresh = answer.ok || answer.error.code.startsWith('case.') ? await reload() : undefined
    if (answer.ok) return finish()
    if (fresh?.ok && isDone(fresh.value)) return finish()
    const isChanged = answer.error.code === 'case.state-changed'
    if (!isAgain && isChanged && fresh?.ok && isPossible(fresh.value)) return send(fresh.value.version, true)
    return { kind: 'refused', trouble: answer.error }
  }
  return {
    isBusy,
    failed,
    start: () => busily(() => send(view.version, false)),
    look: () =>
      busily(async () => {
        const fresh = await reload()
        if (fresh === undefined) return undefined
        if (!fresh.ok) return { kind: 'lost', trouble: fresh.error }
        return isDone(fresh.value)
          ? finish()
          : { kind: 'missed', trouble: { code: 'network.unreachable', title: '', errors: [] } }
      }),
  }
}
