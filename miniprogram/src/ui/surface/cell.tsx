import { View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import { type Aria, aria, pressable } from '../../platform/aria'
import { classNames } from '../class-names'
import { Icon, type IconName } from './icon'

interface CellProps {
  label: ReactNode
  note?: ReactNode
  value?: ReactNode
  /** What a press does, in a few words; where the letters are large it stands below. */
  way?: string | undefined
  icon?: IconName | undefined
  top?: boolean | undefined
  /** Drawn by itself when the cell leads on; `down` and `up` where it opens in its place, `none` for a choice, which marks itself. */
  arrow?: 'next' | 'down' | 'up' | 'none' | undefined
  /** What a reader says when the words on the screen are not enough: name, note, value. */
  said?: Aria | undefined
  onPress?: (() => void) | undefined
}

/** A row; the whole of it is the target. */
export function Cell({
  label,
  note,
  value,
  way,
  icon,
  top,
  arrow = 'next',
  said,
  onPress,
  children,
}: PropsWithChildren<CellProps>) {
  return (
    <View
      className={classNames('cell', icon && 'cell--icon', way && 'cell--way', top && 'cell--top')}
      {...pressable(onPress, said)}
    >
      {icon && <Icon name={icon} className='cell__icon' />}
      {note === undefined && children === undefined ? (
        <View className='cell__label'>{label}</View>
      ) : (
        <View className='cell__body'>
          <View className='cell__label'>{label}</View>
          {note !== undefined && <View className='cell__note'>{note}</View>}
          {children}
        </View>
      )}
      {way !== undefined && (
        <View className='cell__value'>
          <View className='accent'>{way}</View>
        </View>
      )}
      {value !== undefined && <View className='cell__value'>{value}</View>}
      {onPress && arrow !== 'none' && <Icon name={arrow} className='cell__arrow' />}
    </View>
  )
}

interface CellGroupProps {
  title?: string | undefined
  className?: string | undefined
  /** `radiogroup` when its cells are a choice. */
  role?: string | undefined
}

export function CellGroup({ title, className, role, children }: PropsWithChildren<CellGroupProps>) {
  if (title === undefined)
    return (
      <View className={classNames('cell-group', className)} {...aria({ role })}>
        {children}
      </View>
    )
  return (
    <View className={className ?? ''}>
      <View className='cell-group__title'>{title}</View>
      <View className='cell-group' {...aria({ role, label: role && title })}>
        {children}
      </View>
    </View>
  )
}
