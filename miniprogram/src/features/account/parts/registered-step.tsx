import { View } from '@tarojs/components'
import type { Account } from '#shared/contract/account'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import { StickyActionBar } from '../../../ui/layout/action-bar'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Page } from '../../../ui/layout/page'
import { Card } from '../../../ui/surface/card'
import { Facts } from '../../../ui/surface/facts'
import { Icon } from '../../../ui/surface/icon'

interface RegisteredStepProps {
  account: Account
  /** Two accounts became one, and only one of their two work identities could stay. */
  lostWork: boolean
  onGoOn: () => void
}

/** Level 3: nothing more to give. */
export function RegisteredStep({ account, lostWork, onGoOn }: RegisteredStepProps) {
  const facts = [
    { key: '姓名', value: account.name },
    { key: '身份证号', value: account.idNumberMasked },
    { key: '手机号', value: account.phoneMasked },
  ].flatMap(({ key, value }) => (value === null ? [] : [{ key, value }]))
  return (
    <Page
      head={<NavBar title='登记' backTo='features/service-item/home' />}
      foot={
        <StickyActionBar>
          <Button onPress={onGoOn}>好</Button>
        </StickyActionBar>
      }
    >
      <View className='page__lead center'>
        <Icon name='done' size='huge' className='accent' />
        <View className='heading mt-2'>微信核过，是你</View>
        <View className='page__lead-note'>政府有的证件，不用你再交。</View>
      </View>
      <Card>
        <Facts facts={facts} />
      </Card>
      {lostWork && (
        <View className='mt-3'>
          <Notice>
            你的两个微信各有一个工作身份，只能留一个：先核过身份的那个留下了。还要用另一个，请管理员重新邀请。
          </Notice>
        </View>
      )}
    </Page>
  )
}
