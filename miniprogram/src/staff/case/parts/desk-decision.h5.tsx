import { View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import type { CaseView } from '#shared/contract/case'
import { Card } from '../../../ui/surface/card'
import { IDENTITY_LETTER } from './action-forms'
import { Approvals } from './approvals'
import { BesidePaper } from './beside-paper'
import { Answers, ChangedSince, Past } from './case-cards'
import { Clocks } from './clocks'
import { DayStrip } from './day-strip'
import type { Draft } from './decision-draft'
import { DecisionPapers } from './decision-papers'
import { DeskPapers } from './desk-papers'
import { BACK, type Legend, PAPERS_LEGEND, useKeyBar } from './desk-shell'
import { Flow } from './flow'
import { Opinions } from './opinions'
import { type PaperTabs, turnKeys } from './paper-tabs'
import { Supplement } from './supplement'
import { toQueue } from './to-queue'
import { type Keys, useKeys } from './use-keys'
import { papersToSee, standsStillWords } from './words'

const GRANT: Legend = { letters: ['G'], does: '准予' }
const REFUSE: Legend = { letters: ['F'], does: '不予' }
const IDENTITY: Legend = { letters: [IDENTITY_LETTER], does: '当面核身份' }
const TURN: Legend = { letters: ['[', ']'], does: '换文书' }

/** Before anything is chosen, of what there is to choose. */
function emptyWords(mayGrant: boolean, mayRefuse: boolean) {
  if (!mayGrant && !mayRefuse) return '现在不能在这里决定，没有要发的文书。'
  const choice = mayGrant && mayRefuse ? '准予还是不予' : mayGrant ? '准予' : '不予'
  return `选${choice}，这里就是要发出去的文书。`
}

export interface DecisionActs {
  onGrant: (() => void) | undefined
  onRefuse: (() => void) | undefined
  onIdentity: (() => void) | undefined
}

/** Its keys and what they do; `more`: where everything stands side by side. */
function useDecisionKeys(acts: DecisionActs, more: readonly Legend[] = [], keys: Keys = {}) {
  const { onGrant, onRefuse, onIdentity } = acts
  useKeys({ ...keys, g: onGrant, f: onRefuse, [IDENTITY_LETTER]: onIdentity, Escape: toQueue })
  return useKeyBar([
    ...(onGrant ? [GRANT] : []),
    ...(onRefuse ? [REFUSE] : []),
    ...(onIdentity ? [IDENTITY] : []),
    ...more,
    BACK,
  ])
}

/** For the page's `over`, where the browser has no room for a desk: the same keys, told by ? alone. */
export function DecisionKeys({ acts }: { acts: DecisionActs }) {
  return <>{useDecisionKeys(acts).over}</>
}

interface DeskDecisionProps {
  view: CaseView
  draft: Draft | undefined
  /** Which of its papers lies in front. */
  tabs: PaperTabs
  reason: string
  bar: ReactNode
  over: ReactNode
  acts: DecisionActs
}

/** Everything the decision rests on at the left, the paper that will be issued at the right. `children`: the choice. */
export function DeskDecision(props: PropsWithChildren<DeskDecisionProps>) {
  const { view, draft, tabs, reason, bar, over, acts, children } = props
  const clocks = view.staff?.clocks ?? []
  const looked = papersToSee(view).length > 0 ? [PAPERS_LEGEND] : []
  const more = [...looked, ...(tabs.names.length > 1 ? [TURN] : [])]
  const keyBar = useDecisionKeys(acts, more, turnKeys(tabs))
  const choice = (
    <>
      {children}
      <Opinions view={view} of='visits' />
      <Approvals approvals={view.staff?.approvals ?? []} />
    </>
  )
  const basis = (
    <>
      <Clocks
        clocks={clocks}
        why={standsStillWords(view)}
        newDueOn={view.newDueOn}
        days={<DayStrip clocks={clocks} />}
      />
      <Supplement view={view} />
      <ChangedSince view={view} />
      <Past view={view} />
      <Answers view={view} />
      <DeskPapers view={view} />
    </>
  )
  const preview = draft && (
    <>
      <DecisionPapers title='文书预览' {...{ view, draft, reason, tabs }} />
      <View className='docside__note'>预览遮住姓名，签发件写全。编号签发时才占用，一年一排</View>
    </>
  )
  return (
    <BesidePaper
      {...{ view, basis, choice, bar, over, keyBar }}
      below={
        <Card title='走到哪一步' className='mt-3'>
          <Flow steps={view.staff?.steps ?? []} />
        </Card>
      }
      paper={preview}
      empty={emptyWords(acts.onGrant !== undefined, acts.onRefuse !== undefined)}
    />
  )
}
