import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { promisedDeed } from '#shared/domain/time-limit/promised-deed'
import { platform } from '../../../platform'
import { dayWords } from '../../../ui/words/dates'
import { HOTLINE } from '../../../ui/words/hotline'
import { isBooking } from '../../time-limit/parts/booking-words'
import { askedOf } from './asked'

type Asked = NonNullable<CaseView['holder']>['ask']

const whoHas = ({ name, unitName, shortName }: NonNullable<CaseView['holder']>) =>
  name ? `现在在${shortName} ${name} 手上` : `现在在${unitName}`

/** Whether somebody is there, and who answers meanwhile. */
const answeredWords = ({ shortName, answered }: Asked) =>
  answered && `${shortName}${answered.hours}${answered.open ? '' : `。现在有事打 ${HOTLINE}`}`

/** What was promised and not kept, who has it, and who answers now. */
export function LateWords({ view }: { view: CaseView }) {
  const { dueOn, holder } = view
  const deed = promisedDeed(isBooking(view))
  const answered = holder?.ask && answeredWords(holder.ask)
  return (
    <>
      <View className='title mt-3'>
        {dueOn === null ? `没按说好的日子${deed}，对不住` : `说好 ${dayWords(dueOn)} ${deed}，没做到，对不住`}
      </View>
      {holder && <View className='mt-3'>{whoHas(holder)}</View>}
      {answered && <View className='small muted mt-1'>{answered}。</View>}
    </>
  )
}

/** Who answers now: of an office that is closed the county's number, which is answered day and night (国办发〔2020〕53号). */
function calleeOf(view: CaseView) {
  const { phone } = view
  const asked = askedOf(view)
  if (asked?.answered?.open === false) return { words: `打 ${HOTLINE} 问`, number: HOTLINE }
  if (asked?.phone) return { words: `打给${asked.shortName}`, number: asked.phone }
  return { words: '打电话问', number: phone ?? HOTLINE }
}

export function callOf(view: CaseView) {
  const { words, number } = calleeOf(view)
  return { words, call: () => platform.makePhoneCall(number) }
}
