import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { pressable } from '../../platform/aria'
import { classNames } from '../class-names'
import { Icon } from '../surface/icon'

interface AgreementProps {
  isAgreed: boolean
  onChange: (isAgreed: boolean) => void
  label: string
}

/** Never ticked to begin with. */
export function Agreement({ isAgreed, onChange, label, children }: PropsWithChildren<AgreementProps>) {
  return (
    <View
      className={classNames('agreement', isAgreed && 'is-chosen')}
      {...pressable(() => onChange(!isAgreed), { role: 'checkbox', checked: isAgreed, label })}
    >
      <View className='choice__mark choice__mark--box'>{isAgreed && <Icon name='check' size='s' />}</View>
      <View className='grow'>{children}</View>
    </View>
  )
}
