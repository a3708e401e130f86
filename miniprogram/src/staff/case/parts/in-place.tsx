import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { openPage } from '../../../platform/navigation'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { TroubleNotice } from './trouble-notice'
import type { Act } from './use-act'
import { WithdrawSheet } from './withdraw-sheet'

/** What whoever stands before staff would do on a phone of their own, for a case that staff typed for them. */
export function InPlace({ view, act }: { view: CaseView; act: Act }) {
  const { id, version, correction, mayAdd, mayWithdraw, staff } = view
  const [isTried, setTried] = useState(false)
  const [isAsking, setAsking] = useState(false)
  if (!staff?.standsIn || !(correction || mayAdd || mayWithdraw)) return null
  const withdraw = async (reason: string) => {
    setAsking(false)
    setTried(true)
    await act.send('withdrawal', { version, reason }, '撤回了')
  }
  return (
    <Card className='mt-3' title='他在跟前，替他'>
      <CellGroup className='mt-2'>
        {correction && (
          <Cell
            icon='pen'
            label={`补要补的 ${correction.items.length} 样`}
            note={correction.items.map(({ label }) => label).join('、')}
            onPress={() => openPage('features/case/correction', { id })}
          />
        )}
        {mayAdd && (
          <Cell
            icon='camera'
            label='补交一样东西'
            note='忘了交的材料，现在拍'
            onPress={() => openPage('features/case/addition', { id })}
          />
        )}
        {mayWithdraw && (
          <Cell
            label={<View className='danger'>{isTried && act.isBusy ? '正在撤回' : '撤回申请'}</View>}
            onPress={() => setAsking(true)}
          />
        )}
      </CellGroup>
      {isAsking && (
        <WithdrawSheet onSend={(reason) => void withdraw(reason)} onClose={() => setAsking(false)} />
      )}
      {isTried && <TroubleNotice trouble={act.trouble} view={view} />}
    </Card>
  )
}
