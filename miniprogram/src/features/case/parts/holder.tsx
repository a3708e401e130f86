import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { inHandWords } from '#shared/domain/case/clock/late-words'
import { addDays } from '#shared/domain/kernel/plain-date'
import { promisedDeed } from '#shared/domain/time-limit/promised-deed'
import { today } from '../../../platform/clock'
import { dayWords, momentWords } from '../../../ui/words/dates'
import { HOTLINE } from '../../../ui/words/hotline'
import { isBooking } from '../../time-limit/parts/booking-words'
import { NewDay } from '../../time-limit/parts/due-words'
import { firstWords, lawOver, stageLate } from '../../time-limit/parts/expected'
import { isPersonAwaited, isTakeoverAwaited, wasSeenLate } from './person-awaited'

type Asked = NonNullable<CaseView['ask']>

/** Whether somebody is there, and who answers meanwhile. */
const answeredWords = ({ shortName, answered }: Asked) =>
  answered && `${shortName}${answered.hours}${answered.open ? '' : `。现在有事打 ${HOTLINE}`}`

function lateOf(view: CaseView) {
  const law = lawOver(view)
  if (law === null && view.dueOn === null) return stageLate(view)
  return `${saidOf(view)} ${promisedDeed(isBooking(view))}，没做到`
}

/** Of which day it is said that it was promised, and of which that it is the law's. */
function saidOf(view: CaseView) {
  const law = lawOver(view)
  return law === null ? `说好 ${dayWords(view.dueOn ?? '')}` : `法定最晚 ${dayWords(law)}`
}

/** When the message has promised to tell the new day. */
function tellWords(by: string) {
  const now = today()
  return by === now ? '今天' : by === addDays(now, 1) ? '明天' : dayWords(by)
}

/** Who said when it will be done, in their own words, or when that is to be told, and who else knows. */
function Said({ view, broken }: { view: CaseView; broken: NonNullable<CaseView['broken']> }) {
  const { anew, superior, tellBy } = broken
  const deed = promisedDeed(isBooking(view))
  return (
    <>
      {tellBy !== undefined && tellBy >= today() && (
        <View className='mt-3'>
          {tellWords(tellBy)}告诉你哪天能{deed}。
        </View>
      )}
      {anew && (
        <View className='timeline__said mt-3'>
          “{anew.reason}”
          <View className='small muted mt-1'>
            {anew.by}，{momentWords(anew.at)}
          </View>
        </View>
      )}
      {superior !== null && <View className='small muted mt-3'>{superior}也知道了。</View>}
    </>
  )
}

/** The new day first, where there is one. */
function Sorry({ view }: { view: CaseView }) {
  const { newDueOn = null, dueOn } = view
  const sorry =
    dueOn !== null && wasSeenLate(view)
      ? `${saidOf(view)}，那天身份还没核，没法办`
      : `${lateOf(view)}，对不住`
  if (newDueOn === null) return <View className='title mt-3'>{sorry}</View>
  return (
    <>
      <View className='case-due'>
        <NewDay on={newDueOn} isDoubted={view.dueDoubted} />
      </View>
      <View className='mt-2'>{sorry}。</View>
    </>
  )
}

/** What was not done in time, when it will be, who has it, and who answers now. */
export function LateWords({ view }: { view: CaseView }) {
  const { dueOn, holder, ask, broken } = view
  const answered = holder && ask && answeredWords(ask)
  const isHeldUp = dueOn !== null && isPersonAwaited(view)
  return (
    <>
      {isHeldUp ? (
        <View className='title mt-3'>{firstWords(isTakeoverAwaited(view))}</View>
      ) : (
        <Sorry view={view} />
      )}
      {isHeldUp && <View className='small muted mt-1'>原来{saidOf(view)}。</View>}
      {holder && <View className='mt-3'>{inHandWords(holder)}</View>}
      {broken && !isHeldUp && <Said view={view} broken={broken} />}
      {answered && <View className='small muted mt-1'>{answered}。</View>}
    </>
  )
}

/** While nobody is there the words from when somebody is, where the page itself does not say so. */
export const awayUnsaid = (view: CaseView, away: string | undefined) =>
  view.against || (view.outcome.key === 'late' && view.holder) ? undefined : away
