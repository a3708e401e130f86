import { View } from '@tarojs/components'
import type { AboutCounty } from '#shared/contract/account'
import { platform } from '../../platform'
import { useRequest } from '../../platform/use-request'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Button } from '../../ui/form/button'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { callOf } from '../service-item/parts/whom-to-call'

/** Nothing to dial where nobody is named. */
function AboutData({ dataAsk, dataContact }: AboutCounty) {
  const title = '个人信息的事'
  // A server of before tells the number alone.
  const { number, away, call } = callOf({ ask: dataAsk, phone: dataContact || null })
  return (
    <Card className='mt-3' title={title}>
      <View className='muted mt-1'>想看、想改、想删自己的信息，或者觉得被人乱看了。</View>
      {away !== undefined && <View className='muted mt-1'>{away}。</View>}
      {(dataAsk?.phone || dataContact) && (
        <View className='mt-3'>
          <Button kind='quiet' block icon='phone' label={`${title}，打 ${number}`} onPress={call}>
            打 {number}
          </Button>
        </View>
      )}
    </Card>
  )
}

function Ways({ about }: { about: AboutCounty }) {
  return (
    <>
      <Card title='办不成、不满意、有主意'>
        <View className='muted mt-1'>
          说说哪件事、卡在哪。会记下来，转给管的单位，再回复你。白天晚上都能打。
        </View>
        <View className='mt-4'>
          <Button block icon='phone' onPress={() => platform.makePhoneCall(about.hotline)}>
            打 {about.hotline}
          </Button>
        </View>
      </Card>
      <AboutData {...about} />
      <Card className='mt-3' title='谁管这个小程序'>
        <View className='muted mt-1'>{about.sponsor}</View>
      </Card>
    </>
  )
}

function ComplainPage() {
  const { loaded, reload } = useRequest<AboutCounty>('/api/about', 'about')
  return (
    <Page head={<NavBar title='投诉建议' backTo='tabs/account/me' />}>
      <Lead title='有话直说' note='打电话说得最清楚，不用写材料。' />
      <LoadedView loaded={loaded} label='正在取电话' onRetry={reload} cards={2} rows={0}>
        {(about) => <Ways about={about} />}
      </LoadedView>
    </Page>
  )
}

export default asPage(ComplainPage)
