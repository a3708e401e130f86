import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { today } from '../../../platform/clock'
import { copy } from '../../../ui/feedback/copy'
import { Button } from '../../../ui/form/button'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'
import { familyWords, toldWhom } from './family-words'

/** 说给家里人: the sentence, and the way to send it; `sheet` goes over the page. */
export function useFamilySheet(view: CaseView | undefined) {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  const words = view ? familyWords(view, today()) : ''
  const whom = view && toldWhom(view)
  const sheet = view && isOpen && (
    <Sheet title={`告诉${whom}`} onClose={close}>
      <View className='case-say'>{words}</View>
      <View className='small muted mt-2'>没写姓名、证号、卡号。复制好，打开和{whom}的聊天，长按贴上。</View>
      <SheetActions>
        <Button
          block
          icon='share'
          onPress={() => {
            close()
            void copy('这句话', words)
          }}
        >
          复制这句话
        </Button>
      </SheetActions>
    </Sheet>
  )
  return { open: () => setOpen(true), sheet }
}
