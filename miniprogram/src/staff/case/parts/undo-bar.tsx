import { View } from '@tarojs/components'
import { type ReactNode, useEffect, useState } from 'react'
import type { CaseChanged, CaseView } from '#shared/contract/case'
import { call, isUnanswered } from '../../../platform/api'
import { aria } from '../../../platform/aria'
import { showToast } from '../../../ui/feedback/toast'
import { Button } from '../../../ui/form/button'
import { Kbd } from './kbd'
import { type Done, useDone } from './undo-offer'
import { useDesk } from './use-desk'

const TOLD_MS = 4_000

/** `unclear`: neither the try nor the look afterwards was answered. `kept`: the try never came there. */
type Missed = 'unclear' | 'kept' | 'late'

const WORDS: Readonly<Record<Missed, (done: Done) => string>> = {
  unclear: () => '没有连上，还不知道撤没撤成',
  kept: () => '没撤成，刚才办的还算数',
  late: ({ seconds }) => `来不及了：过了 ${seconds} 秒，或者有人接着办了`,
}

/** After an answer that was lost: what is so, by the case itself. */
async function lookAt({ caseId, version }: Done): Promise<Missed | 'undone'> {
  const read = await call<CaseView>('GET', `/api/cases/${caseId}`)
  if (!read.ok) return isUnanswered(read.error) ? 'unclear' : 'late'
  if (read.value.version === version) return 'kept'
  return read.value.timeline[0]?.type === 'undone' ? 'undone' : 'late'
}

const isIn = ({ until }: Done) => Date.now() < until

async function takeBack(done: Done) {
  const { caseId, version } = done
  const answer = await call<CaseChanged>('POST', `/api/cases/${caseId}/undo`, { version })
  if (answer.ok) return 'undone'
  return isUnanswered(answer.error) ? lookAt(done) : 'late'
}

/** Sends it again only where it is known that it did not come there. */
async function tryAgain(done: Done, missed: Missed | undefined) {
  if (missed === undefined) return takeBack(done)
  const found = await lookAt(done)
  return found === 'kept' && isIn(done) ? takeBack(done) : found
}

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

interface BarProps {
  done: Done
  missed: Missed | undefined
  /** Seconds. */
  left: number
  isBusy: boolean
  onUndo: (() => void) | undefined
}

function Bar({ done, missed, left, isBusy, onUndo }: BarProps) {
  const isDesk = useDesk()
  const isUnclear = missed === 'unclear'
  return (
    <View className='undo-bar' {...aria({ role: 'status', live: 'polite' })}>
      <View className='grow'>
        {done.words}
        {missed && <View className='strong'>{WORDS[missed](done)}</View>}
      </View>
      {onUndo && left > 0 && (
        <View className='undo-bar__left figure' aria-hidden='true'>
          {left} 秒
        </View>
      )}
      {onUndo && (
        <Button
          className='undo-bar__undo'
          kind='secondary'
          small
          loading={isBusy ? (isUnclear ? '正在看' : '正在撤') : undefined}
          onPress={onUndo}
        >
          {isUnclear ? '看看撤没撤成' : '撤销'}
          {isDesk && <Kbd letter='u' />}
        </Button>
      )}
    </View>
  )
}

/** The offer to take back what was just done. `bar` belongs to the page's `over`, `undo` to its keys. */
export function useUndoBar(onUndone: () => unknown): {
  readonly bar: ReactNode
  readonly undo: (() => void) | undefined
} {
  const done = useDone((state) => state.done)
  const left = useSecondsLeft(done)
  const [isBusy, setBusy] = useState(false)
  const [missed, setMissed] = useState<Missed>()
  const isUnclear = missed === 'unclear'
  const isOver = done !== undefined && !isBusy && !isUnclear && (left <= 0 || missed === 'late')
  useEffect(() => {
    if (!isOver) return
    // What went wrong stays long enough to be read.
    const timer = setTimeout(() => useDone.setState({ done: undefined }), missed ? TOLD_MS : 0)
    return () => clearTimeout(timer)
  }, [isOver, missed])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what went wrong was about another act.
  useEffect(() => setMissed(undefined), [done])
  if (!done || (left <= 0 && !missed && !isBusy)) return { bar: null, undo: undefined }
  const end = async (found: Missed | 'undone') => {
    if (found === 'undone') {
      useDone.setState({ done: undefined })
      showToast(`${done.words}，撤销了`)
    } else setMissed(found)
    if (found !== 'unclear') await onUndone()
  }
  const undo = async () => {
    if (isBusy) return
    setBusy(true)
    await end(await tryAgain(done, missed))
    setBusy(false)
  }
  const mayTry = isUnclear || (left > 0 && missed !== 'late')
  return {
    undo: mayTry ? () => void undo() : undefined,
    bar: (
      <Bar
        done={done}
        missed={missed}
        left={left}
        isBusy={isBusy}
        onUndo={mayTry ? () => void undo() : undefined}
      />
    ),
  }
}
