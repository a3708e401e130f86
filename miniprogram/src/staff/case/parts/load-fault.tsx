import type { Trouble } from '../../../platform/api'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { TroubleView } from '../../../ui/feedback/trouble'

/** Why a page shows nothing, and the way on. */
export function LoadFault({ trouble, onRetry }: { trouble: Trouble; onRetry: () => void }) {
  if (trouble.code === 'account.role-needed') {
    return <EmptyState title='你还没有工作身份' note='让管理员发一个邀请，打开就能绑定。' />
  }
  if (trouble.code === 'case.not-found') {
    return (
      <EmptyState
        title='没有这件办件'
        note='可能转给别的单位了，也可能是你自己或者你亲属的事，要回避，由别人办。'
      />
    )
  }
  return <TroubleView trouble={trouble} onRetry={onRetry} />
}
