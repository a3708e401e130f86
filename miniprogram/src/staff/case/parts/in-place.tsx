import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { ChangeTroubleView } from '../../../features/case/parts/change-trouble'
import { type Reload, useCaseChange } from '../../../features/case/parts/use-case-change'
import { WITHDRAWAL } from '../../../features/case/parts/withdrawal'
import { openPage } from '../../../platform/navigation'
import { useDraft } from '../../../platform/use-draft'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { WithdrawSheet } from './withdraw-sheet'

interface InPlaceProps {
  view: CaseView
  onChanged: Reload
  /** It was taken back. */
  onDone: (() => void) | undefined
}

/** What whoever stands before staff would do on a phone of their own, for a case that staff typed for them. */
export function InPlace({ view, onChanged, onDone }: InPlaceProps) {
  const { id, applicantMasked, correction, mayAdd, staff } = view
  const done = `${applicantMasked}：${WITHDRAWAL.done}`
  const words = useDraft(`withdrawal:${id}`, '')
  const forget = () => {
    words.forget()
    onDone?.()
  }
  const change = useCaseChange(view, { ...WITHDRAWAL, done, onDone: forget }, onChanged)
  const mayWithdraw = view.mayWithdraw && change.failed?.kind !== 'final'
  const [isAsking, setAsking] = useState(false)
  const withdraw = async (reason: string) => {
    setAsking(false)
    await change.start({ reason })
  }
  return (
    <>
      {/* It outlives the card: what did not go through is told when nothing can be done in their place any more. */}
      <ChangeTroubleView
        change={change}
        title='没撤回'
        instead='再点也撤不回。跟他说明白，急的话问联络员。'
      />
      {staff?.standsIn && (
        <Card className='mt-3' title='他在跟前，替他'>
          <CellGroup className='mt-2 cell-group--flush'>
            <Cell
              icon='paper'
              label='给他回执'
              note='打小票，或者打 A4'
              onPress={() => openPage('features/case/receipt', { id })}
            />
            {correction && (
              <Cell
                icon='pen'
                label={`补 ${correction.items.length} 样`}
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
                label={<View className='danger'>{change.isBusy ? '正在撤回' : '撤回申请'}</View>}
                onPress={() => setAsking(true)}
              />
            )}
          </CellGroup>
        </Card>
      )}
      {isAsking && (
        <WithdrawSheet
          reason={words.draft}
          onChange={words.change}
          onSend={(reason) => void withdraw(reason)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  )
}
