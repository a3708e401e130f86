import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { untilTakenBack } from '../../../features/case/parts/until-taken-back'
import { aria } from '../../../platform/aria'
import { classNames } from '../../../ui/class-names'
import { Button } from '../../../ui/form/button'
import { DueLight } from '../../../ui/progress/due-light'
import { WithDays } from '../../../ui/surface/day'
import { momentWords } from '../../../ui/words/dates'
import { buttonWords, IDENTITY_LETTER, identityPlace, inOrder } from './action-forms'
import { letterOf } from './action-letters'
import { AfterDecision } from './after-decision'
import { Approvals } from './approvals'
import { allowedOf, type BarProps, barOf, idOf, laterWords, nothingWords, shareWords } from './case-bar'
import { Answers, CaseWarnings, ChangedSince, Decision, Documents, Past } from './case-cards'
import type { ContentProps } from './case-content'
import { Clocks, nearestLight } from './clocks'
import { DayStrip, stripOf } from './day-strip'
import { Delivery } from './delivery'
import { DepartmentDrafts } from './department-drafts'
import { DeskPapers } from './desk-papers'
import { CASE_LEGEND, type Legend, PAPERS_LEGEND } from './desk-shell'
import { NextSteps } from './flow'
import { InPlace } from './in-place'
import { JUDGE_LETTERS, mayJudge } from './judged'
import { Kbd } from './kbd'
import { LanesCell } from './lanes-cell'
import { Looks } from './looks'
import { Supplement } from './supplement'
import type { Keys } from './use-keys'
import { VisitRecords } from './visit-record'
import {
  type Clock,
  enteredWords,
  identityWords,
  isOver,
  namedWords,
  papersToSee,
  standsStillWords,
} from './words'

/** What stands over a case at a desk, and does not scroll away. */
export function DeskHead({ view }: { view: CaseView }) {
  const { light, words } = nearestLight(view)
  const until = untilTakenBack(view.takingBack?.by ?? null)
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
      {view.decisionAwaits !== undefined && (
        <View className='small mt-1'>
          <WithDays words={view.decisionAwaits} />
        </View>
      )}
      {until !== null && (
        <View className='small mt-1'>
          <WithDays words={until} />
        </View>
      )}
    </View>
  )
}

/** One case in two columns beside the queue. */
export function DeskContent({ view, onClock, onIdentity, onChanged, onWithdrawn }: ContentProps) {
  const clocks = view.staff?.clocks ?? []
  // What was said before the notice went out makes way for what is to be done now.
  const isOpen = view.staff?.departmentDrafts?.open === true
  return (
    <View className='case__body'>
      <View className={classNames('case__col', 'case__col--main')}>
        <CaseWarnings view={view} onIdentity={onIdentity} />
        <InPlace key={view.id} view={view} onChanged={onChanged} onDone={onWithdrawn} />
        <LanesCell view={view} />
        {isOpen && <DepartmentDrafts staff={view.staff} />}
        <Looks staff={view.staff} />
        <Supplement view={view} />
        <ChangedSince view={view} />
        <Answers view={view} />
        {/* Another case has other pictures, and none of it was looked at. */}
        <DeskPapers key={view.id} view={view} />
        {!isOpen && <DepartmentDrafts staff={view.staff} />}
      </View>
      <View className='case__col'>
        <Clocks
          newDueOn={view.newDueOn}
          clocks={clocks}
          why={standsStillWords(view)}
          onOpen={onClock}
          days={<DayStrip clocks={clocks} />}
        />
        <Approvals approvals={view.staff?.approvals ?? []} />
        <Decision {...view} />
        <Delivery key={`delivery ${view.id}`} view={view} onChanged={onChanged} />
        <AfterDecision key={`after ${view.id}`} view={view} onChanged={onChanged} />
        <NextSteps steps={view.staff?.steps ?? []} />
        <VisitRecords view={view} />
        <Past view={view} />
        <Documents {...view} />
      </View>
    </View>
  )
}

/** What can be done, with the keys, the main action at the left. */
export function DeskBar({ view, late, share, onAct, onMore, onIdentity }: Omit<BarProps, 'onLeave'>) {
  const allowed = allowedOf(view)
  const { identity, main, beside, more } = barOf(view, 'desk')
  const told = late !== undefined && (
    <View className='late strong' {...aria({ role: 'alert' })}>
      {late}
    </View>
  )
  if (allowed.length === 0 && identity === 'none')
    return (
      <View className='case__acts muted'>
        {told || (share.mustChoose ? shareWords(share) : nothingWords(view))}
      </View>
    )
  const button = (one: AllowedAction, kind: 'primary' | 'secondary' | 'quiet') => {
    const letter = letterOf(one, main)
    return (
      <Button key={idOf(one)} kind={kind} label={buttonWords(one, view)} onPress={() => onAct(one)}>
        {buttonWords(one, view)}
        {letter !== undefined && <Kbd letter={letter} />}
      </Button>
    )
  }
  return (
    <View className='case__acts'>
      {main && button(main, 'primary')}
      {identity !== 'none' && (
        <Button
          kind={identity === 'main' ? 'primary' : 'secondary'}
          label={identityWords(view)}
          onPress={onIdentity}
        >
          {identityWords(view)}
          <Kbd letter={IDENTITY_LETTER} />
        </Button>
      )}
      {beside.map((one) => button(one, one.action === 'request-correction' ? 'secondary' : 'quiet'))}
      {more.length > 0 && (
        <Button kind='quiet' onPress={onMore}>
          更多
        </Button>
      )}
      {told || <View className='case__after'>{laterWords(view) ?? shareWords(share) ?? '办完报下一件'}</View>}
    </View>
  )
}

/** The first action for each letter wins; a second of the same kind is reached by its button. */
function actKeys(view: CaseView, onAct: (allowed: AllowedAction) => void): Keys {
  const { main, others } = inOrder(view)
  const keys: Record<string, () => void> = {}
  for (const one of [...(main ? [main] : []), ...others]) {
    const letter = letterOf(one, main)
    if (letter !== undefined && !(letter in keys)) keys[letter] = () => onAct(one)
  }
  return keys
}

/** Judging and looking have keys of their own, where what they are for stands. */
function isAnswered(letter: string, view: CaseView, keys: Keys, isDesk: boolean) {
  if (letter === JUDGE_LETTERS.enough) return mayJudge(view)
  if (letter === PAPERS_LEGEND.letters[0]) return isDesk && papersToSee(view).length > 0
  return keys[letter] !== undefined
}

interface CaseKeysOptions {
  isDesk: boolean
  onAct: (allowed: AllowedAction) => void
  onIdentity: () => void
  onClock: (clock: Clock) => void
}

/** What the keys do to the case that stands open, and those that answer now. */
export function caseKeys(
  view: CaseView,
  { isDesk, onAct, onIdentity, onClock }: CaseKeysOptions,
): { readonly keys: Keys; readonly legend: readonly Legend[] } {
  const clocks = view.staff?.clocks ?? []
  const told = clocks.find(({ explanation }) => explanation === stripOf(clocks)?.main)
  const keys: Keys = {
    ...actKeys(view, onAct),
    [IDENTITY_LETTER]: identityPlace(view) === 'none' ? undefined : onIdentity,
    d: told && (() => onClock(told)),
  }
  return {
    keys,
    legend: CASE_LEGEND.filter(({ letters }) =>
      isAnswered(letters[0]?.toLowerCase() ?? '', view, keys, isDesk),
    ),
  }
}
