import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import type { AccountChanged } from '#shared/contract/account'
import { platform } from '../../../platform'
import { call } from '../../../platform/api'
import { openPage } from '../../../platform/navigation'
import type { CodeAnswer } from '../../../platform/platform'
import { useAction } from '../../../platform/use-action'
import { Notice } from '../../../ui/feedback/notice'
import { TroubleView } from '../../../ui/feedback/trouble'
import { Button } from '../../../ui/form/button'
import { StickyActionBar } from '../../../ui/layout/action-bar'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Lead, Page } from '../../../ui/layout/page'
import { Card } from '../../../ui/surface/card'
import { Icon, type IconName } from '../../../ui/surface/icon'
import { useTicked } from './use-ticked'

const REASONS = [
  { icon: 'idcard', title: '政府有的材料，不用你交', note: '身份证、户口簿、社保卡，我们去查' },
  { icon: 'bell', title: '办到哪了，告诉你', note: '要补材料、办好了，微信提醒' },
  { icon: 'pen', title: '填过一次，不再填', note: '姓名、手机号、住哪个村，下次都填好' },
] as const satisfies readonly { icon: IconName; title: string; note: string }[]

function Reasons() {
  return (
    <Card>
      {REASONS.map(({ icon, title, note }, at) => (
        <View key={icon} className={at === 0 ? 'row row--top gap-3' : 'row row--top gap-3 mt-4'}>
          <Icon name={icon} className='accent' />
          <View className='grow'>
            <View className='strong'>{title}</View>
            <View className='small muted'>{note}</View>
          </View>
        </View>
      ))}
    </Card>
  )
}

interface PhoneStepProps {
  onDone: () => unknown
  onLater: () => void
}

/** Level 1. One press agrees and registers, beside the words that say to what: 个人信息保护法 第13条、第14条. */
export function PhoneStep({ onDone, onLater }: PhoneStepProps) {
  const consentsTo = useTicked()
  const [hint, setHint] = useState('')
  const { isBusy, trouble, run, forget } = useAction()
  const onAnswer = (answer: CodeAnswer) => {
    if (answer.kind === 'refused') return setHint('没有给手机号也行，可以先看看，要办的时候再登记。')
    if (answer.kind === 'unavailable') return setHint(answer.sentence)
    setHint('')
    void run(
      () =>
        call<AccountChanged>('POST', '/api/account/phone', {
          code: answer.code,
          consents: consentsTo(['phone']),
        }),
      onDone,
    )
  }
  return (
    <Page
      head={<NavBar title='登记' backTo='features/service-item/home' />}
      foot={
        <StickyActionBar>
          <Button loading={isBusy ? '正在登记' : undefined} open={platform.phoneButton(onAnswer)}>
            同意，用微信手机号登记
          </Button>
        </StickyActionBar>
      }
    >
      <Lead
        title={
          <>
            <View>登记一次，</View>
            <View>以后少填、少交、少跑</View>
          </>
        }
      />
      <Reasons />
      <Card tone='quiet' className='mt-3'>
        <View className='row row--top gap-3'>
          <Icon name='lock' className='muted' />
          <View className='grow small'>
            点下面的“同意”，就是同意用手机号登记。手机号<Text className='strong'>只用来联系你办的事</Text>
            ，不推销，不卖。不想给了，随时在“我的 - 协议和授权”里收回。
          </View>
        </View>
        <View className='mt-2'>
          <Button
            kind='quiet'
            small
            onPress={() => openPage('features/account/agreement', { kind: 'privacy' })}
          >
            看隐私保护说明
          </Button>
        </View>
      </Card>
      {hint !== '' && (
        <View className='mt-3'>
          <Notice>{hint}</Notice>
        </View>
      )}
      {trouble && (
        <View className='mt-3'>
          <TroubleView
            trouble={trouble}
            title='没登记上'
            otherwise='不想等，先看看，要办的时候再登记。'
            onRetry={forget}
            instead={{ words: '知道了', onPress: forget }}
          />
        </View>
      )}
      <View className='row--center mt-3'>
        <Button kind='text' onPress={onLater}>
          先看看，不登记
        </Button>
      </View>
    </Page>
  )
}
