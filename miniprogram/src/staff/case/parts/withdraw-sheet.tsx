import { View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../../ui/form/button'
import { ReasonBox } from '../../../ui/form/reason-box'
import { Sheet, SheetActions, useHeard } from '../../../ui/layout/sheet'

const PHRASES = ['本人来说不办了', '本人要改了再申请', '本人说交错了'] as const

/** Taken back for them: how the applicant said so stays with the case. */
export function WithdrawSheet({
  reason,
  onChange,
  onSend,
  onClose,
}: {
  reason: string
  onChange: (reason: string) => void
  onSend: (reason: string) => void
  onClose: () => void
}) {
  const [wasTried, setTried] = useState(false)
  const heard = useHeard()
  const isMissing = reason.trim().length < 2
  const send = () => {
    setTried(true)
    if (!isMissing) onSend(reason.trim())
  }
  return (
    <Sheet title='替申请人撤回这件？' onClose={onClose}>
      <View>本人要撤才撤。撤回就不办了，以后还要办，再申请。</View>
      <View className='mt-4'>
        <ReasonBox
          label='本人怎么说的'
          phrases={PHRASES}
          value={reason}
          onChange={onChange}
          error={wasTried && isMissing ? '写明本人怎么说要撤的' : undefined}
        />
      </View>
      <SheetActions>
        <Button block onPress={heard(onClose)}>
          不撤
        </Button>
        <Button block kind='danger' onPress={heard(send)}>
          撤回
        </Button>
      </SheetActions>
    </Sheet>
  )
}
