import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { ChangeTroubleView } from '../../../features/case/parts/change-trouble'
import { type Reload, useCaseChange } from '../../../features/case/parts/use-case-change'
import { WITHDRAWAL } from '../../../features/case/parts/withdrawal'
import { openPage } from '../../../platform/navigation'
import { ask } from '../../../ui/feedback/question'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'

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
  const change = useCaseChange(view, { ...WITHDRAWAL, done, onDone }, onChanged)
  const mayWithdraw = view.mayWithdraw && change.failed?.kind !== 'barred'
  const withdraw = async () => {
    const sure = await ask({
      title: '替他撤回这件申请？',
      words: '他本人要撤才撤。撤回就不办了，以后还要办，再申请一次。',
      confirm: '撤回',
      cancel: '不撤',
      ends: true,
    })
    if (sure) await change.start()
  }
  return (
    <>
      {/* It outlives the card: what did not go through is told when nothing can be done in their place any more. */}
      <ChangeTroubleView
        change={change}
        title='没撤回'
        instead='再点也撤不回。跟他说明白，急的话问联络员。'
      />
      {staff?.standsIn && (correction || mayAdd || mayWithdraw) && (
        <Card className='mt-3' title='他在跟前，替他'>
          <CellGroup className='mt-2 cell-group--flush'>
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
                onPress={withdraw}
              />
            )}
          </CellGroup>
        </Card>
      )}
    </>
  )
}
