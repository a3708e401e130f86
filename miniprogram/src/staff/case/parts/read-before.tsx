import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { Notice } from '../../../ui/feedback/notice'
import { dayWords } from '../../../ui/words/dates'
import { askedForBy } from './answering'
import { ofWholeWords } from './of-whole'

/** What is read before it is done: why it was asked for, and who else a new day of the whole goes by. */
export function ReadBefore({ view, allowed }: { view: CaseView; allowed: AllowedAction }) {
  const request = askedForBy(allowed, view)
  const whole = allowed.action === 'promise-anew' ? ofWholeWords(view.lanes, allowed.unitId) : null
  return (
    <>
      {request && (
        <View className='mt-3'>
          <View className='small muted'>
            {[request.askedBy, dayWords(request.askedOn)].filter(Boolean).join('，')}请示
          </View>
          <View>“{request.reason}”</View>
        </View>
      )}
      {whole !== null && (
        <Notice tone='soon' title='这是整件的日子，不只是本单位的' className='mt-3'>
          {whole}
        </Notice>
      )}
    </>
  )
}
