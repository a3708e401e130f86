import { View } from '@tarojs/components'
import { type ReactNode, useEffect, useState } from 'react'
import type { CaseChanged } from '#shared/contract/case'
import { call, isUnanswered, type Trouble } from '../../../platform/api'
import { aria } from '../../../platform/aria'
import { useAction } from '../../../platform/use-action'
import { showToast } from '../../../ui/feedback/toast'
import { Button } from '../../../ui/form/button'
import { Kbd } from './kbd'
import { type Done, useDone } from './undo-offer'
import { useDesk } from './use-desk'

const TOLD_MS = 4_000

const wordsOf = (trouble: Trouble) =>
  isUnanswered(trouble) ? '没有连上，再点一次' : '来不及了：过了 10 秒，或者有人接着办了'

/** Seconds that are left; nothing once they are gone. */
function useSecondsLeft(done: Done | undefined) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!done) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [done])
  return done ? Math.ceil((done.until - now) / 1000) : 0
}

/** The offer to take back what was just done. `bar` belongs to the page's `over`, `undo` to its keys. */
export function useUndoBar(onUndone: () => unknown): {
  readonly bar: ReactNode
  readonly undo: (() => void) | undefined
} {
  const done = useDone((state) => state.done)
  const left = useSecondsLeft(done)
  const isDesk = useDesk()
  const { isBusy, trouble, run, forget } = useAction()
  const isOver = done !== undefined && left <= 0 && !isBusy
  useEffect(() => {
    if (!isOver) return
    // What went wrong stays long enough to be read.
    const timer = setTimeout(() => useDone.setState({ done: undefined }), trouble ? TOLD_MS : 0)
    return () => clearTimeout(timer)
  }, [isOver, trouble])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what went wrong was about another act.
  useEffect(forget, [done])
  if (!done || (left <= 0 && !trouble && !isBusy)) return { bar: null, undo: undefined }
  const undo = () =>
    void run(
      () => call<CaseChanged>('POST', `/api/cases/${done.caseId}/undo`, { version: done.version }),
      () => {
        useDone.setState({ done: undefined })
        showToast(`${done.words}，撤销了`)
        return onUndone()
      },
    )
  const mayTry = left > 0 && !(trouble && !isUnanswered(trouble))
  return {
    undo: mayTry ? undo : undefined,
    bar: (
      <View className='undo-bar' {...aria({ role: 'status', live: 'polite' })}>
        <View className='grow'>
          {done.words}
          {trouble && <View className='strong'>{wordsOf(trouble)}</View>}
        </View>
        {mayTry && (
          <>
            <View className='undo-bar__left figure' aria-hidden='true'>
              {left} 秒
            </View>
            <Button
              className='undo-bar__undo'
              kind='secondary'
              small
              loading={isBusy ? '正在撤' : undefined}
              onPress={undo}
            >
              撤销
              {isDesk && <Kbd letter='u' />}
            </Button>
          </>
        )}
      </View>
    ),
  }
}
