import { View } from '@tarojs/components'
import { useState } from 'react'
import type { AccountChanged } from '#shared/contract/account'
import { call, type Trouble } from '../../platform/api'
import { openPage, replacePage, usePageParameter } from '../../platform/navigation'
import { useAction } from '../../platform/use-action'
import { Notice } from '../../ui/feedback/notice'
import { Button } from '../../ui/form/button'
import { StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import '../../ui/styles/staff.css'
import { useWorkReminders } from './parts/work-reminders'

type Step = 'asked' | 'bound'

const toWork = () => replacePage('staff/case/queue')

function useBinding(token: string | undefined) {
  const [step, setStep] = useState<Step>('asked')
  const { isBusy, trouble, run } = useAction()
  const redeem = () => call<AccountChanged>('POST', '/api/invitations/redemption', { token })
  return { step, isBusy, trouble, bind: () => run(redeem, () => setStep('bound')) }
}

const troubleWords = ({ code }: Trouble) => {
  if (code === 'account.invitation-invalid') return '邀请只能用一次，7 天内有效。让管理员再发一个。'
  if (code === 'account.already-staff') return '可以直接去办件。'
  if (code === 'account.confirm-first') return '办别人的事，要先知道你是谁。核完回到这里，再点一次绑定。'
  if (code === 'account.not-the-member') return '是你本人的，让管理员看看单位登记的号码对不对。'
  return '没有绑成，再点一次。'
}

function Invited({ trouble }: { trouble: Trouble | undefined }) {
  return (
    <>
      <Lead title='绑定工作身份' note='绑定以后，这个微信就能办你岗位上的件。换人了，管理员会收回。' />
      <Card>
        <View>邀请只给登记的那一位，本人点了才绑得上，只能用一次。</View>
        <View className='small muted mt-2'>你自己的事照样在「我的」里办，两边不混。</View>
      </Card>
      {trouble && (
        <Notice tone='late' title={trouble.title} className='mt-3'>
          {troubleWords(trouble)}
        </Notice>
      )}
    </>
  )
}

function Bound({ wasRefused }: { wasRefused: boolean }) {
  return (
    <>
      <Lead title='绑好了' note='还有一步：来了新办件、快到期，在微信里提醒你。' />
      <Card>
        <View>下面点一次，在微信的窗口里选「允许」。</View>
        <View className='small muted mt-2'>不打开也能办，新办件都在「办件」里。</View>
      </Card>
      {wasRefused && <Notice className='mt-3'>没有打开。以后在「办件」里还能开。</Notice>}
    </>
  )
}

interface FootProps {
  binding: ReturnType<typeof useBinding>
  reminders: ReturnType<typeof useWorkReminders>
}

function BoundFoot({ reminders }: Pick<FootProps, 'reminders'>) {
  if (!reminders.isOffered) {
    return (
      <StickyActionBar>
        <Button onPress={toWork}>去办件</Button>
      </StickyActionBar>
    )
  }
  return (
    <StickyActionBar>
      <Button kind='secondary' onPress={toWork}>
        去办件
      </Button>
      <Button onPress={() => void reminders.bind()}>打开提醒</Button>
    </StickyActionBar>
  )
}

function Foot({ binding, reminders }: FootProps) {
  const { step, isBusy, trouble, bind } = binding
  if (step === 'bound') return <BoundFoot reminders={reminders} />
  if (trouble?.code === 'account.already-staff') {
    return (
      <StickyActionBar>
        <Button onPress={toWork}>去办件</Button>
      </StickyActionBar>
    )
  }
  const isUnknown = trouble?.code === 'account.confirm-first'
  return (
    <StickyActionBar>
      {isUnknown && <Button onPress={() => openPage('features/account/register')}>去核身份</Button>}
      <Button
        kind={isUnknown ? 'secondary' : 'primary'}
        loading={isBusy ? '正在绑定' : undefined}
        onPress={() => void bind()}
      >
        绑定
      </Button>
    </StickyActionBar>
  )
}

function BindStaff() {
  const token = usePageParameter('token')
  const binding = useBinding(token)
  const reminders = useWorkReminders(binding.step === 'bound')
  const head = <NavBar title='绑定工作身份' backTo='tabs/account/me' />
  if (token === undefined) {
    return (
      <Page head={head}>
        <Lead title='缺邀请' note='从管理员发给你的邀请里打开这一页。' />
      </Page>
    )
  }
  return (
    <Page head={head} foot={<Foot binding={binding} reminders={reminders} />}>
      {binding.step === 'bound' ? (
        <Bound wasRefused={reminders.wasRefused} />
      ) : (
        <Invited trouble={binding.trouble} />
      )}
    </Page>
  )
}

export default asPage(BindStaff)
