import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { promisedDeed } from '#shared/domain/time-limit/promised-deed'
import { dayWords } from '../../../ui/words/dates'
import { HOTLINE } from '../../../ui/words/hotline'
import { isBooking } from '../../time-limit/parts/booking-words'
import { IDENTITY_FIRST, stageLate } from '../../time-limit/parts/expected'
import { isPersonAwaited } from './person-awaited'

type Asked = NonNullable<CaseView['ask']>

const whoHas = ({ name, unitName, shortName }: NonNullable<CaseView['holder']>) =>
  name ? `现在在${shortName} ${name} 手上` : `现在在${unitName}`

/** Whether somebody is there, and who answers meanwhile. */
const answeredWords = ({ shortName, answered }: Asked) =>
  answered && `${shortName}${answered.hours}${answered.open ? '' : `。现在有事打 ${HOTLINE}`}`

const lateOf = (view: CaseView) =>
  view.dueOn === null
    ? stageLate(view)
    : `说好 ${dayWords(view.dueOn)} ${promisedDeed(isBooking(view))}，没做到`

/** What was not done in time, who has it, and who answers now. */
export function LateWords({ view }: { view: CaseView }) {
  const { dueOn, holder, ask } = view
  const answered = holder && ask && answeredWords(ask)
  const isHeldUp = dueOn !== null && isPersonAwaited(view)
  return (
    <>
      <View className='title mt-3'>{isHeldUp ? IDENTITY_FIRST : `${lateOf(view)}，对不住`}</View>
      {isHeldUp && <View className='small muted mt-1'>原来说好 {dayWords(dueOn)}。</View>}
      {holder && <View className='mt-3'>{whoHas(holder)}</View>}
      {answered && <View className='small muted mt-1'>{answered}。</View>}
    </>
  )
}

/** While nobody is there the words from when somebody is, where the page itself does not say so. */
export const awayUnsaid = (view: CaseView, away: string | undefined) =>
  view.against || (view.outcome.key === 'late' && view.holder) ? undefined : away
