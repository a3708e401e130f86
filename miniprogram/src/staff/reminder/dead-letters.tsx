import { View } from '@tarojs/components'
import { useState } from 'react'
import type { DeadLetters, LetterResent } from '#shared/contract/dead-letters'
import { REMINDER_CHANNEL_LABELS } from '#shared/contract/reminder.labels'
import { call, isUnanswered, type Trouble } from '../../platform/api'
import { useAction } from '../../platform/use-action'
import { usePages } from '../../platform/use-pages'
import { EmptyState } from '../../ui/feedback/empty-state'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { MorePages } from '../../ui/feedback/more-pages'
import { Notice } from '../../ui/feedback/notice'
import { UNKNOWN, unansweredWords } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { momentWords } from '../../ui/words/dates'
import { FactorSheet } from '../account/parts/factor-code'
import '../../ui/styles/staff.css'

type Letter = DeadLetters['items'][number]

const PATH = '/api/work/reminders?status=dead'
const FACTOR = 'account.second-factor-needed'

const toWords = ({ to, about }: Letter) => (to === 'staff' ? about : `给居民的：${about}`)

const factsOf = ({ channel, diedAt, errorCode, messages, caseNumber }: Letter) => [
  REMINDER_CHANNEL_LABELS[channel],
  `${momentWords(diedAt)} 没发成`,
  ...(messages > 1 ? [`一条里说了 ${messages} 件事`] : []),
  ...(caseNumber === null ? [] : [`办件编号 ${caseNumber}`]),
  ...(errorCode === null ? [] : [`微信的错误码 ${errorCode}`]),
]

const resentWords = ({ queued, overtaken }: LetterResent) =>
  `排上了 ${queued} 条，到了能打扰的钟点就发。${overtaken > 0 ? `还有 ${overtaken} 条说的已经变了，不再发。` : ''}`

/** Nobody knows whether it was taken: what is in the queue is not put there twice. */
const troubleWords = (trouble: Trouble) =>
  isUnanswered(trouble)
    ? { title: UNKNOWN, words: `${unansweredWords(trouble.code)}。再点一次就知道，不会发重。` }
    : { title: trouble.title, words: trouble.detail ?? '' }

function LetterCard({ letter, onResend }: { letter: Letter; onResend: (() => void) | undefined }) {
  return (
    <Card className='mt-3'>
      <View className='strong'>{toWords(letter)}</View>
      <View className='mt-1'>{letter.why}</View>
      {factsOf(letter).map((fact) => (
        <View className='small muted mt-1' key={fact}>
          {fact}
        </View>
      ))}
      <View className='mt-3'>
        {letter.overtaken ? (
          <View className='muted'>说的已经变了，不用再发</View>
        ) : (
          <Button small kind='secondary' onPress={onResend}>
            再发一次
          </Button>
        )}
      </View>
    </Card>
  )
}

/** One letter after the other: of each it is told what came of it. */
function useResending(reload: () => unknown) {
  const [last, setLast] = useState<string>()
  const [resent, setResent] = useState<LetterResent>()
  const { isBusy, trouble, run, forget } = useAction()
  const resend = (id: string) => {
    setLast(id)
    setResent(undefined)
    return run(
      () => call<LetterResent>('POST', `/api/work/reminders/${encodeURIComponent(id)}/resend`, {}),
      (answer) => {
        setResent(answer)
        return reload()
      },
    )
  }
  return {
    isBusy,
    resent,
    resend,
    forget,
    isFactorAsked: trouble?.code === FACTOR,
    trouble: trouble?.code === FACTOR ? undefined : trouble,
    again: () => last !== undefined && void resend(last),
  }
}

function StaffDeadLetters() {
  const { loaded, reload, ...pages } = usePages<DeadLetters>(PATH)
  const resending = useResending(reload)
  const { resent, trouble, isBusy } = resending
  const [isPutOff, setPutOff] = useState(false)
  const isListAsked = !isPutOff && loaded.state === 'failed' && loaded.trouble.code === FACTOR
  const bring = () => {
    setPutOff(false)
    return reload()
  }
  return (
    <Page
      head={<NavBar title='没发成的提醒' backTo='tabs/account/me' />}
      over={
        (isListAsked || resending.isFactorAsked) && (
          <FactorSheet
            onShown={() => (isListAsked ? void reload() : resending.again())}
            onClose={() => (isListAsked ? setPutOff(true) : resending.forget())}
          />
        )
      }
    >
      <LoadedView loaded={loaded} label='正在取没发成的提醒' onRetry={bring} cards={1} rows={3}>
        {({ items }) => (
          <>
            <Lead
              title={items.length === 0 ? '都发成了' : '这几条没发成'}
              note='不写是谁的，也不写说了什么。每一条在本人的“消息”里都有，没有丢。'
            />
            {resent && <Notice className='mb-3'>{resentWords(resent)}</Notice>}
            {trouble && (
              <Notice className='mb-3' tone='late' title={troubleWords(trouble).title}>
                {troubleWords(trouble).words}
              </Notice>
            )}
            {items.length === 0 ? (
              <EmptyState
                title='没有要你看的'
                note='微信不收、一直发不出去、内容打不开的，会列在这里，修好了能再发。'
              />
            ) : (
              items.map((letter) => (
                <LetterCard
                  key={letter.id}
                  letter={letter}
                  onResend={isBusy ? undefined : () => void resending.resend(letter.id)}
                />
              ))
            )}
            <MorePages words='再看几条' count={items.length} {...pages} />
          </>
        )}
      </LoadedView>
    </Page>
  )
}

export default asPage(StaffDeadLetters)
