import { View } from '@tarojs/components'
import type { CaseChanged, CaseView } from '#shared/contract/case'
import { platform } from '../../../platform'
import { call } from '../../../platform/api'
import { useAction } from '../../../platform/use-action'
import { showToast } from '../../../ui/feedback/toast'
import { TroubleView } from '../../../ui/feedback/trouble'
import { Cell, CellGroup } from '../../../ui/surface/cell'

/** Before the decision the applicant may take it back; asked once more, because it ends the case. */
export function Withdrawal({ view, onChanged }: { view: CaseView; onChanged: () => unknown }) {
  const { isBusy, trouble, run } = useAction()
  const withdraw = async () => {
    const sure = await platform.ask({
      title: '撤回这件申请？',
      words: '撤回就不办了。以后还要办，再申请一次。',
      confirm: '撤回',
      cancel: '不撤',
    })
    if (!sure) return
    await run(
      () => call<CaseChanged>('POST', `/api/cases/${view.id}/withdrawal`, { version: view.version }),
      async () => {
        await onChanged()
        showToast('撤回了')
      },
    )
  }
  // Somebody acted in between: the page shows what is there now.
  const retry = () => (trouble?.code === 'case.state-changed' ? onChanged() : withdraw())
  return (
    <>
      {trouble && (
        <View className='mt-3'>
          <TroubleView trouble={trouble} title='没撤回' onRetry={retry} />
        </View>
      )}
      <CellGroup className='mt-3'>
        <Cell label={<View className='danger'>{isBusy ? '正在撤回' : '撤回申请'}</View>} onPress={withdraw} />
      </CellGroup>
    </>
  )
}
