import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { promisedDeed } from '#shared/domain/time-limit/promised-deed'
import { dayWords } from '../../../ui/words/dates'

const whoHas = ({ name, unitName, shortName }: NonNullable<CaseView['holder']>) =>
  name === null ? `现在在${unitName}` : `现在在${shortName} ${name} 手上`

/** What was promised and not kept, and who has it: it is said at once, and the number to ask stands below. */
export function LateWords({ view }: { view: CaseView }) {
  const { dueOn, holder, booked } = view
  const deed = promisedDeed(booked !== null)
  return (
    <>
      <View className='title mt-3'>
        {dueOn === null ? `没按说好的日子${deed}，对不住` : `说好 ${dayWords(dueOn)} ${deed}，没做到，对不住`}
      </View>
      {holder && <View className='mt-3'>{whoHas(holder)}</View>}
    </>
  )
}

/** 打给梅渚镇: who has it now answers first. */
export const callWords = ({ holder }: CaseView) => (holder?.phone ? `打给${holder.shortName}` : '打电话问')
export const numberOf = ({ holder, phone }: CaseView) => holder?.phone ?? phone
