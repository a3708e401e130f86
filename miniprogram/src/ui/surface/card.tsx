import { View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import { cardHeading, pressable } from '../../platform/aria'
import { classNames } from '../class-names'

interface CardProps {
  tone?: 'tight' | 'quiet' | 'tint' | undefined
  title?: ReactNode
  /** At the right of the title. */
  side?: ReactNode
  className?: string | undefined
  label?: string | undefined
  /** A button inside does the same: a reader meets that one alone, and the words of the card by themselves. */
  hasButton?: boolean | undefined
  onPress?: (() => void) | undefined
}

export function Card({
  tone,
  title,
  side,
  className,
  label,
  hasButton,
  onPress,
  children,
}: PropsWithChildren<CardProps>) {
  // What is pressed as a whole is read as one name.
  const isHeading = onPress === undefined || hasButton === true
  const heading = (
    <View className='card__title' {...(isHeading ? cardHeading() : {})}>
      {title}
    </View>
  )
  return (
    <View
      className={classNames('card', tone && `card--${tone}`, className)}
      {...pressable(onPress, hasButton ? { role: 'group' } : { label })}
    >
      {title !== undefined &&
        (side === undefined ? (
          heading
        ) : (
          <View className='card__head'>
            {heading}
            {side}
          </View>
        ))}
      {children}
    </View>
  )
}
