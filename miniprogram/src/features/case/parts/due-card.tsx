import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { hasResult, isOver, type OutcomeKey } from '#shared/domain/case/outcome/outcome-words'
import { CHECK_FAILED } from '#shared/domain/case/visit/check'
import { promisedDeed } from '#shared/domain/time-limit/promised-deed'
import { pressable } from '../../../platform/aria'
import { today } from '../../../platform/clock'
import { DueLight } from '../../../ui/progress/due-light'
import { Card } from '../../../ui/surface/card'
import { Day, Doubt, WithDays } from '../../../ui/surface/day'
import { Icon } from '../../../ui/surface/icon'
import { BookedLine } from '../../time-limit/parts/booked'
import { isBooking } from '../../time-limit/parts/booking-words'
import { DueExplanationView, isExplained } from '../../time-limit/parts/due-explanation'
import { becauseWords } from '../../time-limit/parts/due-words'
import { afterStage, expectedNote } from '../../time-limit/parts/expected'
import { outcomeLamp } from '../../time-limit/parts/outcome-lamp'
import { endedBecause, stoppedBecause, visitAhead } from './because'
import { FailedCheck, failedCheckOf } from './failed-check'
import { LateWords } from './holder'
import { isPersonAwaited, isTakeoverAwaited } from './person-awaited'
import { reexaminedLamp } from './reexamined'
import { TakingBackDay, TakingBackNote } from './taking-back'

function daysLeftOf({ light }: CaseView) {
  if (light.kind === 'calm' || light.kind === 'soon') return light.daysLeft
  return light.kind === 'today' || light.kind === 'late' ? 0 : null
}

const CALM = '现在不用你做什么，办好了会告诉你。'

/** To whom nothing of the identity is asked: who typed it for somebody. */
const IDENTITY_FIRST_NOTE = '正在办。申请人核过身份，才能批。'

const SEAT_GONE_NOTE = '约的时段给了别人，批了也没有日子。还要来：在下面撤回申请，再约一个。'

const BOOKED_NOTE = '正在办，定下来了会告诉你。'

const NOTES = {
  open: CALM,
  correcting: '补好了，就接着办。',
  suspended: '暂停的这些天不算，恢复了会告诉你。',
  late: '还在办，办好了马上告诉你。想问到哪了，下面能打电话。',
  granted: '结果在这里看。',
  withdrawn: '这件不办了。以后还要办，再申请。',
  lapsed: '要补的一直没补。还要办，再申请。',
  terminated: '为什么，下面写着。',
  // What was decided against somebody opens otherwise, and what is being taken back has words of its own.
  refused: '',
  declined: '',
  revoked: '',
  'taking-back': '',
} as const satisfies Record<OutcomeKey, string>

/** A stop that lasts longer than its notice said is asked about. */
function stoppedNote(view: CaseView) {
  const now = today()
  const expected = expectedNote(view, now)
  if (expected === null) return NOTES.suspended
  const isOverdue = view.expectedOn !== null && view.expectedOn < now
  return isOverdue ? `${expected}。为什么、还要多久，下面能打电话问。` : `${expected}。${NOTES.suspended}`
}

const isStageLate = ({ outcome, dueOn }: CaseView) => outcome.key === 'late' && dueOn === null

/** Null while nothing of it was refused or taken back. */
function refusedNote({ lanes, outcome }: CaseView) {
  const units = lanes?.units ?? []
  const refused = units.filter(({ decision }) => decision?.granted === false).length
  const revoked = units.filter(({ state, isTakingBack }) => state === 'revoked' && !isTakingBack).length
  if (refused + revoked === 0 || (outcome.key !== 'open' && outcome.key !== 'late')) return null
  const counted = [refused > 0 && `${refused} 样没批`, revoked > 0 && `${revoked} 样撤销了`]
  return `有 ${counted.filter(Boolean).join('，')}，为什么、不同意怎么办写在下面。别的接着办，办完一起给你。`
}

/** Nothing is shown for only while nothing holds the case up. */
function noteOf(view: CaseView) {
  const { outcome, identityAwaited, disownedWays } = view
  // Beside the way to it on this phone it stands there.
  if (disownedWays && !identityAwaited) return disownedWays
  const isGoing = outcome.key === 'open' || outcome.key === 'late'
  if (identityAwaited && isGoing) return '正在办。要你做的写在下面。'
  if (isGoing && isPersonAwaited(view)) return IDENTITY_FIRST_NOTE
  if (reexaminedLamp(view)) return '撤不撤，定下来告诉你。'
  if (isGoing && view.revocation?.maySpeak) return '要你说的写在上面，别的照常办。'
  return endedBecause(view) ?? noteAlong(view, isGoing)
}

/** While it goes on, or once there is a result. */
function noteAlong(view: CaseView, isGoing: boolean) {
  const { status, outcome } = view
  if (outcome.word === CHECK_FAILED) return '查出什么、怎么说清楚，结果里都有。'
  const refused = refusedNote(view)
  if (refused) return refused
  if (view.seatGone && isGoing) return SEAT_GONE_NOTE
  // Of a half day nothing is done before it: what is to be done about it stands beside it.
  if (isBooking(view) && isGoing) return view.bookedBefore ? '还在办。' : BOOKED_NOTE
  if (outcome.key === 'suspended') return stoppedNote(view)
  const visit = visitAhead(view)
  if (visit !== null) return `${visit}要不要你到场、哪天去，下面能打电话问。`
  if (status === 'granted') return '正在把结果办给你。'
  return isStageLate(view) ? `${afterStage(view)}。想问到哪了，下面能打电话。` : NOTES[outcome.key]
}

/** Days were counted to the end, or are being counted. */
const isCounted = ({ outcome }: CaseView) => !isOver(outcome) || hasResult(outcome)

function Until({
  dueOn,
  dueBecause,
  apart,
  deed,
  isIdentityAwaited = false,
  first = '',
  dueDoubted = false,
}: Pick<CaseView, 'dueOn' | 'dueBecause' | 'apart'> & {
  dueDoubted?: boolean | undefined
  deed: string | null
  isIdentityAwaited?: boolean
  first?: string
}) {
  if (dueOn === null) return <View className='title mt-3'>{becauseWords(dueBecause)}</View>
  return (
    <>
      <View className='case-due'>
        {isIdentityAwaited && first}
        {apart === null ? '最晚' : '承诺'} <Day on={dueOn} />
        {deed !== null && ` ${deed}`}
        <Doubt isDoubted={dueDoubted} />
      </View>
      {apart !== null && <View className='small mt-1'>{apart}的这些天不算在里面。</View>}
    </>
  )
}

/** How the last day was counted; opens in its place. */
export function CountedDays({ view }: { view: CaseView }) {
  const [isOpen, setOpen] = useState(false)
  const { explanation } = view
  if (!isExplained(explanation)) return null
  return (
    <>
      <View
        className='fold-line'
        {...pressable(() => setOpen(!isOpen), { expanded: isOpen, label: '这些天怎么算的' })}
      >
        <View>这些天怎么算的</View>
        <Icon name={isOpen ? 'up' : 'down'} size='s' className='faint' />
      </View>
      {isOpen && (
        <DueExplanationView
          explanation={explanation}
          daysLeft={isOver(view.outcome) ? null : daysLeftOf(view)}
        />
      )}
    </>
  )
}

/** What stands behind the day. */
function Note({ view }: { view: CaseView }) {
  const { outcome, takingBack } = view
  const failed = failedCheckOf(view)
  if (failed) return <FailedCheck found={failed} />
  if (outcome.key === 'taking-back' && takingBack)
    return (
      <>
        <TakingBackNote of={takingBack} />
        想问到哪了，下面能打电话。
      </>
    )
  return <WithDays words={noteOf(view)} />
}

/** Until when. */
export function DueCard({ view }: { view: CaseView }) {
  const isIdentityAwaited = isPersonAwaited(view)
  const shown = view.correction
    ? { ...view.correction, apart: null, deed: '补上' }
    : {
        ...view,
        deed: isBooking(view) ? promisedDeed(true) : null,
        isIdentityAwaited,
        first: isTakeoverAwaited(view) ? '接过来，' : '核过身份，',
      }
  const over = isOver(view.outcome)
  const isTakingBack = view.outcome.key === 'taking-back'
  const stopped = stoppedBecause(view)
  const reexamined = reexaminedLamp(view)
  return (
    <Card>
      {reexamined ? (
        <DueLight {...reexamined} />
      ) : (
        <DueLight
          {...outcomeLamp({
            ...view,
            light: shown.light,
            isIdentityAwaited,
            isTakeoverAwaited: isTakeoverAwaited(view),
          })}
        />
      )}
      {view.outcome.key === 'late' ? <LateWords view={view} /> : !over && <Until {...shown} />}
      {isTakingBack && view.takingBack && <TakingBackDay of={view.takingBack} className='case-due' />}
      {stopped !== null && <View className='mt-3'>为什么停：{stopped}</View>}
      <View className={over ? 'muted mt-3' : 'small muted mt-1'}>
        <Note view={view} />
      </View>
      <BookedLine of={view} />
      {isCounted(view) && isExplained(view.explanation) && (
        <>
          <View className='card__line' />
          <CountedDays view={view} />
        </>
      )}
    </Card>
  )
}
