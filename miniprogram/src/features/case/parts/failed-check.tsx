import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { CHECK_FAILED } from '#shared/domain/case/visit/check'
import { dayWords, momentDay } from '../../../ui/words/dates'

/** The newest check after the decision that found it otherwise; undefined where none did. */
export const failedCheckOf = (view: CaseView) =>
  view.checkFailed ? view.timeline.find(({ title }) => title === CHECK_FAILED) : undefined

/** What was found, and that she is heard before anything is taken back. */
export function FailedCheck({ found }: { found: CaseView['timeline'][number] }) {
  const { at, who, note } = found
  return (
    <>
      <View>
        办好以后再查，情况不符。{dayWords(momentDay(at))} {who}查的
        {note === null ? '，查出什么，打电话可以问清楚。' : `：${note}`}
      </View>
      <View className='mt-1'>
        现在什么都没收回。作决定的单位会找你，要收回以前先听你说；你也可以打电话，或者到窗口说清楚。
      </View>
    </>
  )
}
