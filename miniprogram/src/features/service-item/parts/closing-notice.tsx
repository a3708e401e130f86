import { View } from '@tarojs/components'
import { fullDay } from '#shared/domain/kernel/day-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { isServiceOver } from '#shared/domain/kernel/service-end'
import { today } from '../../../platform/clock'
import { Notice } from '../../../ui/feedback/notice'

/** Missing in what an older server has answered or the phone has kept. */
type EndsOn = string | null | undefined

interface ClosingNoticeProps {
  endsOn: EndsOn
  hotline: string
}

/** Nothing new is taken here any more. */
export const takesNothing = (endsOn: EndsOn) => isServiceOver((endsOn ?? null) as PlainDate | null, today())

const GOES_ON = '已经交的申请接着办完，这里看得到办到哪了。你的信息依法保管，不给别人用。'

/** 停服公告: until when applications are taken here, where one goes then, and what becomes of what was filed. */
export function ClosingNotice({ endsOn, hotline }: ClosingNoticeProps) {
  if (!endsOn) return null
  const day = endsOn as PlainDate
  const isOver = takesNothing(endsOn)
  return (
    <View className='section'>
      <Notice tone='late' title={isOver ? '这里停用了' : `这里用到 ${fullDay(day)}`}>
        {isOver
          ? `不收新的申请了，到窗口办，或者打 ${hotline}。${GOES_ON}`
          : `那天以后不收新的申请，到窗口办，或者打 ${hotline}。${GOES_ON}`}
      </Notice>
    </View>
  )
}
