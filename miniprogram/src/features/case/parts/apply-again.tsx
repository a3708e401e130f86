import type { CaseView } from '#shared/contract/case'
import { isUnanswered, type Trouble } from '../../../platform/api'
import { Button } from '../../../ui/form/button'
import { ActionBarSide, StickyActionBar } from '../../../ui/layout/action-bar'
import { limitWords, sentence } from '../../../ui/words/waits'
import { useApplyAgain } from './use-apply-again'

const BUSY = '正在打开'

function whyNot(trouble: Trouble) {
  if (trouble.code === 'request.rate-limited') return limitWords(trouble)
  return isUnanswered(trouble) ? '没有连上网，再点一次。' : sentence(trouble.detail ?? trouble.title)
}

interface ApplyAgainBarProps {
  view: Pick<CaseView, 'id' | 'filedByOther' | 'enteredByStaff' | 'outcome' | 'helper'>
  onPhone: () => void
}

/** What somebody else typed is typed again, and for another their numbers; what a notice asked for in vain is wanted anew. */
function keptWords({ filedByOther, enteredByStaff, outcome, helper }: ApplyAgainBarProps['view']) {
  if (filedByOther || enteredByStaff) return '拍过的都留着，填的要自己再填'
  if (helper) return '拍过的都留着，空着的要再填'
  return outcome.key === 'lapsed' ? '填过的都留着，上次要补的重新交' : '填过的、拍过的都留着，改了再交'
}

/** Below a case that ended without what was applied for. */
export function ApplyAgainBar({ view, onPhone }: ApplyAgainBarProps) {
  const { isBusy, trouble, applyAgain } = useApplyAgain(view.id)
  return (
    <StickyActionBar
      note={trouble ? `没打开。${whyNot(trouble)}` : keptWords(view)}
      alert={trouble !== undefined}
    >
      <ActionBarSide icon='phone' name='打电话' onPress={onPhone} />
      <Button loading={isBusy ? BUSY : undefined} onPress={applyAgain}>
        再申请
      </Button>
    </StickyActionBar>
  )
}
