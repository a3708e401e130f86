import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import type { DepartmentDrafts as Drafts } from '#shared/contract/drafts'
import { Card } from '../../../ui/surface/card'
import { Tag } from '../../../ui/surface/tag'
import { dayWords, momentWords } from '../../../ui/words/dates'

type Unit = Drafts['units'][number]

/** Given back, and not looking at anything new beside: what it asked for stands meanwhile. */
export const isBeingMended = ({ returned, state }: Unit) => Boolean(returned) && state !== 'awaited'

function StateTag({ unit }: { unit: Unit }) {
  if (isBeingMended(unit))
    return (
      <Tag tone='must' icon='clock'>
        退回去改着
      </Tag>
    )
  switch (unit.state) {
    case 'asks':
      return (
        <Tag tone='accent' icon='check'>
          {unit.items.length} 样
        </Tag>
      )
    case 'nothing':
      return (
        <Tag tone='accent' icon='check'>
          不用补
        </Tag>
      )
    case 'awaited':
      return (
        <Tag tone='must' icon='clock'>
          {unit.at === null ? '还没答复' : '来了新材料'}
        </Tag>
      )
    default:
      return <Tag>没有答复</Tag>
  }
}

const SILENT = { awaited: '材料看得到了', silent: '到期没有答复，不再另外要' } as const

const SETTLED = {
  field: '后来核实或者改过了，不用再要',
  material: '申请人后来自己交了，不用再要',
} as const

const LOOKS_ANEW = { field: '申请人后来改过了，等它再看', material: '申请人后来自己交了，等它再看' } as const

function Returned({ returned }: { returned: NonNullable<Unit['returned']> }) {
  const { reason, who, at, dueOn } = returned
  const by = dueOn === null ? '' : `，最晚 ${dayWords(dueOn)} 再交`
  return (
    <View className='small mt-1'>
      <View>退回去改：{reason}</View>
      <View className='muted'>
        {[who, momentWords(at)].filter(Boolean).join(' · ')} 退的{by}
      </View>
    </View>
  )
}

function Draft({ unit, dueOn }: { unit: Unit; dueOn: Drafts['dueOn'] }) {
  const { state, unitName, who, at, items } = unit
  // Its name stands above.
  const by = who?.replace(unitName, '').trim()
  const byDay = state === 'awaited' && dueOn !== null ? `，最晚 ${dayWords(dueOn)} 答复` : ''
  return (
    <View className='document'>
      <View className='row row--between gap-3'>
        <View className='strong'>{unitName}</View>
        <StateTag unit={unit} />
      </View>
      <View className='small muted'>
        {at === null
          ? `${state === 'awaited' || state === 'silent' ? SILENT[state] : ''}${byDay}`
          : `${[by, momentWords(at)].filter(Boolean).join(' · ')}${byDay}`}
      </View>
      {unit.returned && <Returned returned={unit.returned} />}
      {items.map(({ kind, name, label, reason, settled }) => (
        <View key={`${kind} ${name}`} className='mt-2'>
          <View>{label}</View>
          <View className='small muted'>{reason}</View>
          {settled && <View className='small'>{(state === 'awaited' ? LOOKS_ANEW : SETTLED)[kind]}</View>}
        </View>
      ))}
    </View>
  )
}

/** What whoever accepts waits for, in a sentence. */
function awaitedWords({ awaited, dueOn, units }: Drafts) {
  const mended = units.filter(isBeingMended).map(({ shortName }) => shortName)
  if (awaited === 0)
    return mended.length === 0
      ? '都看过了，自己不能单独发'
      : `${mended.join('、')}改着，改好以前照它原来要的；不用等，照样能发`
  const names = units.filter(({ state }) => state === 'awaited').map(({ shortName }) => shortName)
  const awaiting = `还等${names.join('、')}`
  return dueOn === null
    ? `${awaiting}；等齐了才能受理或发补正`
    : `${awaiting}，最晚 ${dayWords(dueOn)}；等齐了，或者过了那天，才能受理或发补正`
}

/** What each department says is missing, side by side: until the notice goes out each may change its own. */
export function DepartmentDrafts({ staff }: Pick<CaseView, 'staff'>) {
  const drafts = staff?.departmentDrafts
  if (!drafts) return null
  return (
    <Card title='各家的草稿' className='mt-3'>
      {drafts.open && <View className='small muted'>{awaitedWords(drafts)}</View>}
      {drafts.units.map((unit) => (
        <Draft key={unit.unitId} unit={unit} dueOn={drafts.dueOn} />
      ))}
      {drafts.open && (
        <View className='small muted mt-2'>草稿只有这几家和受理的人看得到。发出前，各家还能改。</View>
      )}
    </Card>
  )
}
