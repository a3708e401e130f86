import { View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import type { CaseView } from '#shared/contract/case'
import { goBack } from '../../../platform/navigation'
import { Page } from '../../../ui/layout/page'
import { Card } from '../../../ui/surface/card'
import { IDENTITY_LETTER } from './action-forms'
import { Approvals } from './approvals'
import { Answers, ChangedSince, Past } from './case-cards'
import { DeskHead } from './case-content'
import { Clocks } from './clocks'
import { DecisionDraft, type Draft } from './decision-draft'
import { type Legend, TopBar, useKeyBar } from './desk-shell'
import { Flow } from './flow'
import { Opinions } from './opinions'
import { DeskPapers } from './papers'
import { Supplement } from './supplement'
import { useKeys } from './use-keys'
import { useHolder } from './use-queue'
import { standsStillWords } from './words'

const GRANT: Legend = { letters: ['G'], does: '准予' }
const REFUSE: Legend = { letters: ['F'], does: '不予' }
const IDENTITY: Legend = { letters: [IDENTITY_LETTER], does: '当面核身份' }
const ALWAYS: readonly Legend[] = [
  { letters: ['1–9'], does: '看材料' },
  { letters: ['Esc'], does: '回队列' },
]

/** Before anything is chosen, of what there is to choose. */
function emptyWords(mayGrant: boolean, mayRefuse: boolean) {
  if (!mayGrant && !mayRefuse) return '现在不能在这里决定，没有要发的文书。'
  const choice = mayGrant && mayRefuse ? '准予还是不予' : mayGrant ? '准予' : '不予'
  return `选${choice}，这里就是要发出去的文书。`
}

const toQueue = () => goBack('staff/case/queue')

interface DeskDecisionProps {
  view: CaseView
  draft: Draft | undefined
  reason: string
  bar: ReactNode
  over: ReactNode
  onGrant: (() => void) | undefined
  onRefuse: (() => void) | undefined
  onIdentity: (() => void) | undefined
}

/** Everything the decision rests on at the left, the paper that will be issued at the right. `children`: the choice. */
export function DeskDecision(props: PropsWithChildren<DeskDecisionProps>) {
  const { view, draft, reason, bar, over, onGrant, onRefuse, onIdentity, children } = props
  const holder = useHolder((kept) => kept.holder)
  const keyBar = useKeyBar([
    ...(onGrant ? [GRANT] : []),
    ...(onRefuse ? [REFUSE] : []),
    ...(onIdentity ? [IDENTITY] : []),
    ...ALWAYS,
  ])
  useKeys({ g: onGrant, f: onRefuse, [IDENTITY_LETTER]: onIdentity, Escape: toQueue })
  return (
    <Page
      className='staff-page desk'
      flush
      head={<TopBar holder={holder} onWork={toQueue} />}
      foot={keyBar.bar}
      over={
        <>
          {over}
          {keyBar.over}
        </>
      }
    >
      <View className='case'>
        <DeskHead view={view} />
        <View className='case__scroll'>
          <Card title='走到哪一步'>
            <Flow steps={view.staff?.steps ?? []} />
          </Card>
          <View className='case__pair'>
            <View className='case__col'>
              <Past view={view} />
              <Supplement view={view} />
              <ChangedSince view={view} />
              <Answers view={view} />
              <DeskPapers view={view} />
            </View>
            <View className='case__col'>
              <Opinions view={view} of='visits' />
              {children}
              <Approvals approvals={view.staff?.approvals ?? []} />
              <Clocks clocks={view.staff?.clocks ?? []} why={standsStillWords(view)} isDesk />
            </View>
          </View>
        </View>
        {bar}
      </View>
      <View className='docside'>
        <View className='docside__title'>文书预览</View>
        {draft ? (
          <>
            <DecisionDraft view={view} draft={draft} reason={reason} />
            <View className='docside__note'>预览遮住姓名，签发件写全。编号签发时才占用，一年一排</View>
          </>
        ) : (
          <View className='muted'>{emptyWords(onGrant !== undefined, onRefuse !== undefined)}</View>
        )}
      </View>
    </Page>
  )
}
