import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import type { CaseLanes } from '#shared/contract/lanes'
import { takingBackAhead, takingBackNote } from '#shared/domain/case/outcome/taking-back-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { today } from '../../../platform/clock'
import { Day, WithDays } from '../../../ui/surface/day'

type TakingBack = NonNullable<CaseView['takingBack']>

const told = ({ by, isHolders }: TakingBack) => ({ by: by as PlainDate | null, isHolders })

/** Its day is the first thing that is said of it. */
export function TakingBackDay({ of, className }: { of: TakingBack; className: string }) {
  const on = takingBackAhead(told(of), today() as PlainDate)
  return (
    on && (
      <View className={className}>
        最晚 <Day on={on} /> 收回
      </View>
    )
  )
}

/** Why, and what else they may do. */
export const TakingBackNote = ({ of }: { of: TakingBack }) => (
  <WithDays words={takingBackNote(told(of), today() as PlainDate)} />
)

/** Of one of several organs its own day; whose it is goes by the case. */
export const takingBackIn = (
  { isTakingBack = false, takingBackBy = null }: Partial<CaseLanes['units'][number]>,
  of: CaseView['takingBack'],
): TakingBack | null => (isTakingBack ? { by: takingBackBy, isHolders: of?.isHolders ?? false } : null)
