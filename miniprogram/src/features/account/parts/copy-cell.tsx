import { platform } from '../../../platform'
import { openPage } from '../../../platform/navigation'
import { Cell } from '../../../ui/surface/cell'

export function CopyCell({ label = '要一份我的信息' }: { label?: string }) {
  return (
    <Cell
      icon='download'
      label={label}
      note={platform.host === 'browser' ? '大字写在一页上，能复制，能打印' : '大字写在一页上，能复制'}
      onPress={() => openPage('features/account/copy')}
    />
  )
}
