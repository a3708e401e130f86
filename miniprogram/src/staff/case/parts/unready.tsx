import type { CaseView } from '#shared/contract/case'
import type { useRequest } from '../../../platform/use-request'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { Skeleton } from '../../../ui/feedback/skeleton'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Page } from '../../../ui/layout/page'
import { BACK, useKeyBar } from './desk-shell'
import { LoadFault } from './load-fault'
import { toQueue } from './to-queue'
import { useKeyboardThere } from './use-desk'
import { type Keys, useKeys } from './use-keys'

interface UnreadyProps extends ReturnType<typeof useRequest<CaseView>> {
  title: string
  /** It is there, and not for this person. */
  notTheirs: { readonly title: string; readonly note: string }
  keys?: Keys
}

/** In place of a page of one case: it is on its way, did not come, or is not theirs. By key too there is a way back. */
export function Unready({ title, loaded, reload, notTheirs, keys = {} }: UnreadyProps) {
  const hasKeys = useKeyboardThere()
  const keyBar = useKeyBar([BACK])
  useKeys({ ...keys, Escape: toQueue })
  return (
    <Page
      className='staff-page'
      head={<NavBar title={title} backTo='staff/case/queue' />}
      foot={hasKeys && keyBar.bar}
      over={hasKeys && keyBar.over}
    >
      {loaded.state === 'loading' && <Skeleton label='正在取这一件' cards={1} rows={3} />}
      {loaded.state === 'failed' && <LoadFault trouble={loaded.trouble} onRetry={() => void reload()} />}
      {loaded.state === 'ready' && <EmptyState {...notTheirs} />}
    </Page>
  )
}
