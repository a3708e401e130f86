import { useRef, useState } from 'react'
import type { CaseChanged, CaseView } from '#shared/contract/case'
import { type Answer, call, isUnanswered, type Trouble } from '../../../platform/api'
import { showToast } from '../../../ui/feedback/toast'

export type Reload = () => Promise<Answer<CaseView> | undefined>

interface Change {
  /** Of a nudge no page is an old one: it goes by none. */
  readonly door: 'takeover' | 'withdrawal' | 'disownment' | 'statement' | 'delivery-choice' | 'nudge'
  readonly done: string
  readonly isPossible: (view: CaseView) => boolean
  readonly isDone: (view: CaseView) => boolean
  /** Whoever did it sees the case no more: that it is not there says that it went through. */
  readonly isGoneThen?: boolean
  /** It went through. */
  readonly onDone?: (() => void) | undefined
}

/**
 * `lost`: nobody knows whether it arrived, and a look at the case tells; `missed`: that look found it undone. `over`: what is
 * there now has no such change any more; `final`: it has, and it would be refused again.
 */
export type ChangeTrouble = {
  readonly kind: 'refused' | 'lost' | 'missed' | 'over' | 'final'
  readonly trouble: Trouble
}

/** Another try, of the newest page or once logged in again, may well go through. */
const MENDED_BY_TRYING: readonly Trouble['code'][] = [
  'case.state-changed',
  'case.not-found',
  'account.session-ended',
  'account.not-logged-in',
]

/** What the law or the answers stand against, which no second try changes. */
const isFinal = (code: Trouble['code']) =>
  /^(case|application|account)\./.test(code) && !MENDED_BY_TRYING.includes(code)

function refusalOf(trouble: Trouble, isPossible: boolean): ChangeTrouble {
  if (!isPossible) return { kind: 'over', trouble }
  return { kind: isFinal(trouble.code) ? 'final' : 'refused', trouble }
}

/** What goes with it in words. */
interface Written {
  readonly reason?: string
  readonly statement?: string
  readonly isAll?: boolean
  readonly method?: string
  readonly address?: string
}

/**
 * One change that the reader has agreed to. Somebody who acted in between does not undo that: it is sent again for what
 * is there now, while it is still possible.
 */
export function useCaseChange(
  view: CaseView,
  { door, done, isPossible, isDone, isGoneThen = false, onDone }: Change,
  reload: Reload,
) {
  const [isBusy, setBusy] = useState(false)
  const last = useRef<Written>({})
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
    onDone?.()
    return undefined
  }
  const sentWith = (version: number, more: Written) => (door === 'nudge' ? more : { version, ...more })
  const send = async (
    version: number,
    more: Written,
    isAgain: boolean,
  ): Promise<ChangeTrouble | undefined> => {
    const answer = await call<CaseChanged>('POST', `/api/cases/${view.id}/${door}`, sentWith(version, more))
    if (!answer.ok && isUnanswered(answer.error)) return { kind: 'lost', trouble: answer.error }
    const fresh = answer.ok || answer.error.code.startsWith('case.') ? await reload() : undefined
    if (answer.ok) return finish()
    if (fresh?.ok && isDone(fresh.value)) return finish()
    const isChanged = answer.error.code === 'case.state-changed'
    if (!isAgain && isChanged && fresh?.ok && isPossible(fresh.value))
      return send(fresh.value.version, more, true)
    return refusalOf(answer.error, !fresh?.ok || isPossible(fresh.value))
  }
  return {
    isBusy,
    failed,
    // Tried again it is sent with the same words.
    start: (more: Written = last.current) => {
      last.current = more
      return busily(() => send(view.version, more, false))
    },
    look: () =>
      busily(async () => {
        const fresh = await reload()
        if (fresh === undefined) return undefined
        if (isGoneThen && !fresh.ok && fresh.error.code === 'case.not-found') return finish()
        if (!fresh.ok) return { kind: 'lost', trouble: fresh.error }
        return isDone(fresh.value)
          ? finish()
          : { kind: 'missed', trouble: { code: 'network.unreachable', title: '', errors: [] } }
      }),
  }
}
