import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import type { Reload } from '../../../features/case/parts/use-case-change'
import { classNames } from '../../../ui/class-names'
import { DueLight } from '../../../ui/progress/due-light'
import { momentWords } from '../../../ui/words/dates'
import { Approvals } from './approvals'
import { Answers, CaseHead, CaseWarnings, ChangedSince, Decision, Documents, Past, Steps } from './case-cards'
import { Clocks, nearestLight } from './clocks'
import { NextSteps } from './flow'
import { InPlace } from './in-place'
import { Opinions } from './opinions'
import { DeskPapers, Papers } from './papers'
import { Supplement } from './supplement'
import { type Clock, enteredWords, isOver, namedWords, standsStillWords } from './words'

interface ContentProps {
  view: CaseView
  onClock: (clock: Clock) => void
  onIdentity: () => void
  onChanged: Reload
  /** The case was taken back in the applicant's place. */
  onWithdrawn: (() => void) | undefined
}

/** One case below the other's head: the phone. */
export function CaseContent({ view, onClock, onIdentity, onChanged, onWithdrawn }: ContentProps) {
  return (
    <>
      <CaseHead view={view} />
      <Clocks clocks={view.staff?.clocks ?? []} why={standsStillWords(view)} onOpen={onClock} />
      <CaseWarnings view={view} onIdentity={onIdentity} />
      <InPlace key={view.id} view={view} onChanged={onChanged} onDone={onWithdrawn} />
      <Approvals approvals={view.staff?.approvals ?? []} />
      <Supplement view={view} />
      <ChangedSince view={view} />
      <Opinions view={view} of='all' />
      <Answers view={view} />
      <Papers view={view} />
      <Decision decision={view.decision} />
      <Steps steps={view.staff?.steps ?? []} />
      <Past view={view} />
      <Documents {...view} />
    </>
  )
}

/** What stands over a case at a desk, and does not scroll away. */
export function DeskHead({ view }: { view: CaseView }) {
  const { light, words } = nearestLight(view)
  return (
    <View className='case__head'>
      <View className='case__title'>
        <View className='clip'>{view.plainName}</View>
        {!isOver(view) && <View className='case__status'>{view.nowText}</View>}
        <DueLight light={light} words={words} />
      </View>
      <View className='case__sub figure'>
        {[
          view.caseNumber,
          [namedWords(view), view.villageName].filter(Boolean).join(' · '),
          view.filedByOther && '别人代交',
          `${momentWords(view.filedAt)} 提交`,
          enteredWords(view.staff),
        ]
          .filter(Boolean)
          .map((words) => (
            <View key={String(words)}>{words}</View>
          ))}
      </View>
    </View>
  )
}

/** The same in two columns beside the queue. */
export function DeskContent({ view, onClock, onIdentity, onChanged, onWithdrawn }: ContentProps) {
  const clocks = view.staff?.clocks ?? []
  return (
    <View className='case__body'>
      <View className={classNames('case__col', 'case__col--main')}>
        <CaseWarnings view={view} onIdentity={onIdentity} />
        <InPlace key={view.id} view={view} onChanged={onChanged} onDone={onWithdrawn} />
        <Supplement view={view} />
        <ChangedSince view={view} />
        <Answers view={view} />
        {/* Another case has other pictures, and none of it was looked at. */}
        <DeskPapers key={view.id} view={view} />
      </View>
      <View className='case__col'>
        <Clocks clocks={clocks} why={standsStillWords(view)} onOpen={onClock} isDesk />
        <Approvals approvals={view.staff?.approvals ?? []} />
        <Decision decision={view.decision} />
        <NextSteps steps={view.staff?.steps ?? []} />
        <Past view={view} />
        <Documents {...view} />
      </View>
    </View>
  )
}
