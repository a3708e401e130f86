import type { Account } from '#shared/contract/account'
import type { Trouble } from '../../../platform/api'
import { useRequest } from '../../../platform/use-request'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { Skeleton } from '../../../ui/feedback/skeleton'
import { TroubleView } from '../../../ui/feedback/trouble'

/** Of who never had a work identity, and of whose was ended while the page stood open. */
function WithoutWork() {
  return (
    <EmptyState
      title='你现在没有工作身份'
      note='刚停用的，原因在你的消息里。停错了，或者还没绑过，找管理员，请管理员发一个邀请。'
    />
  )
}

/** Whose work was ended meanwhile sees no case either: who they are is asked anew before it is said to be none. */
function NoCase() {
  const { loaded, reload } = useRequest<Account>('/api/account')
  if (loaded.state === 'loading') return <Skeleton label='正在看你的岗位' cards={1} rows={2} />
  if (loaded.state === 'failed') return <TroubleView trouble={loaded.trouble} onRetry={() => void reload()} />
  if (loaded.value.staffId === null) return <WithoutWork />
  return (
    <EmptyState
      title='没有这件办件'
      note='可能转给别的单位了，也可能是你自己或者你亲属的事，要回避，由别人办。'
    />
  )
}

/** Why a page shows nothing, and the way on. */
export function LoadFault({ trouble, onRetry }: { trouble: Trouble; onRetry: () => void }) {
  if (trouble.code === 'account.role-needed') return <WithoutWork />
  if (trouble.code === 'case.not-found') return <NoCase />
  return <TroubleView trouble={trouble} onRetry={onRetry} />
}
