import { View } from '@tarojs/components'
import { Button } from '../../../ui/form/button'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'
import { CorrectionPaper, type CorrectionPaperProps } from './correction-paper'
import { TroubleNotice } from './trouble-notice'
import type { Act } from './use-act'

interface CorrectionSheetProps extends CorrectionPaperProps {
  isStillAllowed: boolean
  act: Act
  onSend: () => void
  onLeave: () => void
  onClose: () => void
}

/** The notice before it leaves the house: it goes out once. */
export function CorrectionSheet(props: CorrectionSheetProps) {
  const { view, items, isStillAllowed, act, onSend, onLeave, onClose } = props
  return (
    <Sheet title='看一遍告知书' onClose={onClose}>
      <CorrectionPaper {...props} />
      <SheetActions>
        {isStillAllowed && (
          <View className='small muted'>发出后收不回来，会通知申请人。预览遮住姓名，发出的写全。</View>
        )}
        <TroubleNotice trouble={act.trouble} view={view} isSent />
        {isStillAllowed ? (
          <Button block loading={act.isBusy ? '正在发，别关' : undefined} onPress={onSend}>
            {`发出，补 ${items.length} 样`}
          </Button>
        ) : (
          <Button block kind='secondary' onPress={onLeave}>
            现在不能补正了，看最新的
          </Button>
        )}
      </SheetActions>
    </Sheet>
  )
}
