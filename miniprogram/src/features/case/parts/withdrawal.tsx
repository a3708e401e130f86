import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { ask } from '../../../ui/feedback/question'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { HOTLINE } from '../../../ui/words/hotline'
import { ChangeTroubleView } from './change-trouble'
import { type Reload, useCaseChange } from './use-case-change'

export const WITHDRAWAL = {
  door: 'withdrawal',
  done: '撤回了',
  isPossible: ({ mayWithdraw }: CaseView) => mayWithdraw,
  isDone: ({ status }: CaseView) => status === 'withdrawn',
} as const

/** Before the decision the applicant may take it back; asked once more, because it ends the case. */
export function Withdrawal({ view, onChanged }: { view: CaseView; onChanged: Reload }) {
  const change = useCaseChange(view, WITHDRAWAL, onChanged)
  const withdraw = async () => {
    const sure = await ask({
      title: '撤回这件申请？',
      words: '撤回就不办了。以后还要办，得再申请。',
      confirm: '撤回',
      cancel: '不撤',
      ends: true,
    })
    if (sure) await change.start()
  }
  return (
    <>
      <ChangeTroubleView
        change={change}
        title='没撤回'
        instead={`再点也撤不回。打 ${HOTLINE}，或者到窗口问。`}
      />
      {view.mayWithdraw && change.failed?.kind !== 'final' && (
        <CellGroup className='mt-3'>
          <Cell
            label={<View className='danger'>{change.isBusy ? '正在撤回' : '撤回申请'}</View>}
            onPress={withdraw}
          />
        </CellGroup>
      )}
    </>
  )
}
