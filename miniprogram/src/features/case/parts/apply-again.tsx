import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { isUnanswered, type Trouble } from '../../../platform/api'
import { Button } from '../../../ui/form/button'
import { ActionBarSide, StickyActionBar } from '../../../ui/layout/action-bar'
import { limitWords, sentence } from '../../../ui/words/waits'
import { callOf } from '../../service-item/parts/whom-to-call'
import { awayUnsaid } from './holder'
import { useApplyAgain } from './use-apply-again'

const BUSY = '正在打开'

function whyNot(trouble: Trouble) {
  if (trouble.code === 'request.rate-limited') return limitWords(trouble)
  return isUnanswered(trouble) ? '没有连上网，再点一次。' : sentence(trouble.detail ?? trouble.title)
}

/** What somebody else typed is typed again, and for another their numbers; what a notice asked for in vain is wanted anew. */
function keptWords({ filedByOther, enteredByStaff, outcome, helpedBy }: CaseView) {
  if (filedByOther || enteredByStaff) return '拍过的都留着，填的要自己再填'
  if (helpedBy) return '拍过的都留着，空着的要再填'
  return outcome.key === 'lapsed' ? '填过的都留着，上次要补的重新交' : '填过的、拍过的都留着，改了再交'
}

/** Below a case that ended without what was applied for. */
export function ApplyAgainBar({ view }: { view: CaseView }) {
  const { isBusy, trouble, applyAgain } = useApplyAgain(view.id)
  const { side, away, call } = callOf(view)
  const unsaid = awayUnsaid(view, away)
  const kept = (
    <>
      <View>{keptWords(view)}</View>
      {unsaid !== undefined && <View>{unsaid}</View>}
    </>
  )
  return (
    <StickyActionBar note={trouble ? `没打开。${whyNot(trouble)}` : kept} alert={trouble !== undefined}>
      <ActionBarSide icon='phone' name={side} onPress={call} />
      <Button loading={isBusy ? BUSY : undefined} onPress={applyAgain}>
        再申请
      </Button>
    </StickyActionBar>
  )
}
