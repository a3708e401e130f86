import { View } from '@tarojs/components'
import { useState } from 'react'
import { pressable } from '../../../platform/aria'
import { TextInput } from '../../../ui/form/text-input'

interface PinInputProps {
  id: string
  label: string
  value: string
  onChange: (value: string) => void
  onEnter: () => void
  isWrong: boolean
}

/** Whoever stands at the counter reads no digits, unless the one who types looks at them. */
export function PinInput(props: PinInputProps) {
  const [isShown, setShown] = useState(false)
  return (
    <TextInput
      {...props}
      type='number'
      maxLength={6}
      isHidden={!isShown}
      unit={
        <View
          className='pin-look'
          {...pressable(() => setShown(!isShown), { label: isShown ? '遮住 PIN' : '看一眼 PIN' })}
        >
          {isShown ? '遮住' : '看一眼'}
        </View>
      }
    />
  )
}
