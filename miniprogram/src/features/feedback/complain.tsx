import { View } from '@tarojs/components'
import type { AboutCounty } from '#shared/contract/account'
import { platform } from '../../platform'
import { useRequest } from '../../platform/use-request'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Button } from '../../ui/form/button'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'

/** What can be dialled: a contact may be written with a name. */
const numberIn = (text: string) => /\+?\d[\d-]{2,}\d/.exec(text)?.[0]

function Way({ title, note, phone }: { title: string; note: string; phone: string | undefined }) {
  return (
    <Card className='mt-3' title={title}>
      <View className='muted mt-1'>{note}</View>
      {phone !== undefined && (
        <View className='mt-3'>
          <Button
            kind='quiet'
            block
            icon='phone'
            label={`${title}，打 ${phone}`}
            onPress={() => platform.makePhoneCall(phone)}
          >
            打 {phone}
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
      <Way
        title='个人信息的事'
        note='想看、想改、想删自己的信息，或者觉得被人乱看了。'
        phone={numberIn(about.dataContact)}
      />
      <Way title='谁管这个小程序' note={about.sponsor} phone={undefined} />
    </>
  )
}

export default function ComplainPage() {
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
