import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import type { DepartmentDrafts } from '#shared/contract/drafts'
import { Card } from '../../../ui/surface/card'
import { Tag } from '../../../ui/surface/tag'
import { dayWords, momentWords } from '../../../ui/words/dates'
import { DepartmentDrafts as Drafts } from './department-drafts'

type Unit = NonNullable<DepartmentDrafts['looks']>['units'][number]

function StateTag({ state }: Pick<Unit, 'state'>) {
  switch (state) {
    case 'enough':
      return (
        <Tag tone='accent' icon='check'>
          够了
        </Tag>
      )
    case 'lacking':
      return (
        <Tag tone='must' icon='clock'>
          还不行
        </Tag>
      )
    case 'awaited':
      return (
        <Tag tone='must' icon='clock'>
          还没看完
        </Tag>
      )
    default:
      return <Tag>到期没有看</Tag>
  }
}

const whenWords = ({ who, at, state, dueOn }: Unit) => {
  if (at !== null) return [who, momentWords(at)].filter(Boolean).join(' · ')
  return state === 'awaited' && dueOn !== null ? `最晚 ${dayWords(dueOn)} 看完` : ''
}

function itemWords({ isEnough, label }: Unit['items'][number]) {
  if (isEnough === null) return label
  return `${label}：${isEnough ? '够了' : '还不行'}`
}

/** What each department that asked says of what came, side by side: whoever accepts goes by it, and waits for nobody. */
export function Looks({ staff }: Pick<CaseView, 'staff'>) {
  const looks = staff?.departmentDrafts?.looks
  if (!looks) return null
  const { acceptBy, left, units } = looks
  return (
    <Card title='各家看补来的' className='mt-3'>
      {acceptBy !== null && (
        <View className='small muted'>
          受理最晚 {dayWords(acceptBy)}，{left}，过了视为受理
        </View>
      )}
      {units.map((unit) => (
        <View key={unit.unitId} className='document'>
          <View className='row row--between gap-3'>
            <View className='strong'>{unit.unitName}</View>
            <StateTag state={unit.state} />
          </View>
          <View className='small muted'>{whenWords(unit)}</View>
          {unit.items.map((each) => (
            <View key={`${each.kind} ${each.name}`} className='mt-2'>
              <View>{itemWords(each)}</View>
              {each.isEnough === false && <View className='small muted'>{each.reason}</View>}
            </View>
          ))}
        </View>
      ))}
    </Card>
  )
}

/** What the next notice goes by: what departments found in the papers, and once it was answered in what came. */
export const DepartmentsSay = ({ staff }: Pick<CaseView, 'staff'>) =>
  staff?.departmentDrafts?.looks ? <Looks staff={staff} /> : <Drafts staff={staff} />
