import { View } from '@tarojs/components'
import { useState } from 'react'
import {
  morningWords,
  NIGHT_BEGIN_OPTIONS,
  NIGHT_END_OPTIONS,
  nightWords,
  WAY_LABELS,
} from '#shared/contract/reminder-settings.labels'
import { Field } from '../../../ui/form/field'
import { SelectRow } from '../../../ui/form/picker-row'
import { SwitchCell } from '../../../ui/form/switch'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { isOnOf, nightOf, type Switches, type Wish } from './switches'

interface Props {
  readonly switches: Switches
  readonly onChange: (wish: Wish) => void
}

const ICONS = { wechat: 'message', sms: 'phone' } as const

/** What whoever switches off ways goes without. */
function withoutWords(switches: Switches): string {
  const hasSms = switches.known.ways.some(({ way }) => way === 'sms')
  const [wechat, sms] = [isOnOf(switches, 'wechat'), hasSms && isOnOf(switches, 'sms')]
  if (wechat) return sms || !hasSms ? '' : '短信关了：微信发不到的，只放在消息里。'
  if (sms) return '微信关了：要紧的发短信，别的只放在消息里。'
  return '都关了：手机一次也不响，要补材料、误了日子也不响。记得自己来“消息”里看。'
}

/** By what a phone rings; what came stands in the inbox, whatever is switched off. */
export function Ways({ switches, onChange }: Props) {
  const without = withoutWords(switches)
  return (
    <>
      <CellGroup className='mt-4' title='用什么告诉你'>
        {switches.known.ways.map(({ way, to }) => (
          <SwitchCell
            key={way}
            icon={ICONS[way]}
            label={WAY_LABELS[way].name}
            note={way === 'sms' ? `${WAY_LABELS.sms.note}，${to ?? '还没登记手机号'}` : WAY_LABELS[way].note}
            isOn={isOnOf(switches, way)}
            onChange={(value) => onChange({ of: way, value })}
          />
        ))}
        <Cell icon='lock' label='这里的消息' note='一直都有，翻得到' />
      </CellGroup>
      {without !== '' && <View className='small muted mt-2'>{without}</View>}
    </>
  )
}

/** When nobody is disturbed: their night may be longer than the county's, and never shorter. */
export function NightCells({ switches, onChange }: Props) {
  const [isOpen, setOpen] = useState(false)
  const night = nightOf(switches)
  const set = (change: Partial<typeof night>) => onChange({ of: 'night', value: { ...night, ...change } })
  return (
    <>
      <CellGroup className='mt-4' title='晚上不打扰'>
        <Cell
          label={nightWords(night)}
          way='改'
          arrow={isOpen ? 'up' : 'down'}
          said={{ label: `晚上不打扰，${nightWords(night)}，改`, expanded: isOpen }}
          onPress={() => setOpen(!isOpen)}
        />
      </CellGroup>
      {isOpen && (
        <Card className='mt-2'>
          <Field id='night-from' label='从几点起'>
            <SelectRow
              id='night-from'
              label='从几点起'
              options={NIGHT_BEGIN_OPTIONS}
              value={night.from}
              onChange={(from) => set({ from: from as typeof night.from })}
            />
          </Field>
          <Field id='night-until' label='到几点'>
            <SelectRow
              id='night-until'
              label='到几点'
              options={NIGHT_END_OPTIONS}
              value={night.until}
              onChange={(until) => set({ until: until as typeof night.until })}
            />
          </Field>
        </Card>
      )}
      <View className='small muted mt-2'>这段时间的，第二天{morningWords(night.until)}后再发。</View>
    </>
  )
}
