import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { replacePage } from '../../../platform/navigation'
import { ask } from '../../../ui/feedback/question'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { HOTLINE } from '../../../ui/words/hotline'
import { ChangeTroubleView } from './change-trouble'
import { type Reload, useCaseChange } from './use-case-change'

const DISOWNING = {
  door: 'disownment',
  done: '记下了，不是你申请的',
  isPossible: ({ mayDisown }: CaseView) => mayDisown,
  isDone: () => false,
  isGoneThen: true,
  // It is the reader's no more.
  onDone: () => void replacePage('tabs/case/my-cases', {}),
} as const

/** Others typed the reader's number: asked once more, because they see the case no more. */
export function Disowning({ view, onChanged }: { view: CaseView; onChanged: Reload }) {
  const change = useCaseChange(view, DISOWNING, onChanged)
  const disown = async () => {
    const sure = await ask({
      title: view.applicantKind === 'firm' ? '不是这家企业申请的？' : '不是你申请的？',
      words:
        view.applicantKind === 'firm'
          ? '告诉办的单位和提交申请的人：这家企业没有申请。这件不再算这家企业的，你以后看不到它。'
          : '告诉办的单位和提交申请的人：号码是你的，你没有申请。这件不再算你的，你以后看不到它。',
      confirm: '不是我申请的',
      cancel: '再看看',
      ends: true,
    })
    if (sure) await change.start()
  }
  return (
    <>
      <ChangeTroubleView
        change={change}
        title='没记下'
        unknown='不知道记下没有'
        instead={`再点也记不下。打 ${HOTLINE}，或者到窗口问。`}
      />
      {view.mayDisown && change.failed?.kind !== 'final' && (
        <CellGroup className='mt-3'>
          <Cell
            label={<View className='danger'>{change.isBusy ? '正在记' : '不是我申请的'}</View>}
            onPress={disown}
          />
        </CellGroup>
      )}
    </>
  )
}
