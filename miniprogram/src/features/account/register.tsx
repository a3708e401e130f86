import { useState } from 'react'
import type { Account, AccountChanged } from '#shared/contract/account'
import { goBack } from '../../platform/navigation'
import { useRequest } from '../../platform/use-request'
import { EarlierNotice } from '../../ui/feedback/earlier-notice'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { showToast } from '../../ui/feedback/toast'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { IdentityStep } from './parts/identity-step'
import { PhoneStep } from './parts/phone-step'
import { RegisteredStep } from './parts/registered-step'

const HOME = 'features/service-item/home'

/** From the phone number to the real name, as far as the person wants to go; each step ends on the next one. */
function RegisterPage() {
  const { loaded, reload } = useRequest<Account>('/api/account')
  const [confirmed, setConfirmed] = useState<AccountChanged>()
  const finish = () => {
    showToast('登记好了')
    goBack(HOME)
  }
  const step = (account: Account) => {
    if (account.realNameLevel === 0) return <PhoneStep onDone={reload} onLater={() => goBack(HOME)} />
    if (account.realNameLevel === 3 || confirmed) {
      const lostWork = (confirmed?.unboundStaffId ?? null) !== null
      return <RegisteredStep account={account} lostWork={lostWork} onGoOn={finish} />
    }
    return (
      <IdentityStep
        account={account}
        notice={<EarlierNotice loaded={loaded} onRetry={reload} />}
        onChanged={reload}
        onConfirmed={async (changed) => {
          await reload()
          setConfirmed(changed)
        }}
        onTyped={finish}
      />
    )
  }
  if (loaded.state === 'ready') return step(loaded.value)
  return (
    <Page head={<NavBar title='登记' backTo={HOME} />}>
      <LoadedView loaded={loaded} label='正在打开登记' onRetry={reload} rows={0}>
        {() => null}
      </LoadedView>
    </Page>
  )
}

export default asPage(RegisterPage)
