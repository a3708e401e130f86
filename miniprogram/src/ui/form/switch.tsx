import { View } from '@tarojs/components'
import { pressable } from '../../platform/aria'
import { useElderMode } from '../../platform/elder-mode'
import { classNames } from '../class-names'
import { Icon, type IconName } from '../surface/icon'

interface SwitchCellProps {
  label: string
  note?: string | undefined
  icon?: IconName | undefined
  isOn: boolean
  onChange: (isOn: boolean) => void
}

/** A row with a switch; the whole row is the target. */
export function SwitchCell({ label, note, icon, isOn, onChange }: SwitchCellProps) {
  return (
    <View
      className={classNames('cell', icon && 'cell--icon')}
      {...pressable(() => onChange(!isOn), { role: 'switch', checked: isOn, label })}
    >
      {icon && <Icon name={icon} className='cell__icon' />}
      <View className='cell__body'>
        <View className='cell__label'>{label}</View>
        {note !== undefined && <View className='cell__note'>{note}</View>}
      </View>
      <View className={classNames('switch', isOn && 'is-on')}>
        <View className='switch__knob' />
      </View>
    </View>
  )
}

/** On home; 我的 has the same as a row. */
export function ElderSwitch() {
  const { elder, setElder } = useElderMode()
  return (
    <View
      className='elder-switch'
      {...pressable(() => setElder(!elder), { role: 'switch', checked: elder, label: '大字版' })}
    >
      <Icon name='textsize' size='s' />
      {elder ? '标准版' : '大字版'}
    </View>
  )
}
