import { View } from '@tarojs/components'
import { linesOf } from '#shared/contract/document.labels'
import type { PublicNoticePage } from '#shared/contract/public-notice'
import { fullDay } from '#shared/domain/kernel/day-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { platform } from '../../platform'
import { askWithout } from '../../platform/api'
import { useIsDemo } from '../../platform/deployment'
import { usePageParameter } from '../../platform/navigation'
import { useLoaded } from '../../platform/use-request'
import { DemoMark } from '../../ui/feedback/demo-mark'
import { ErrorState } from '../../ui/feedback/error-state'
import { Skeleton } from '../../ui/feedback/skeleton'
import { TroubleView } from '../../ui/feedback/trouble'
import { Button } from '../../ui/form/button'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { Facts } from '../../ui/surface/facts'
import { dayWords } from '../../ui/words/dates'

import { ObjectionForm } from './parts/objection-form'

const TITLE = '公示'

const bring = (path: string) => askWithout<PublicNoticePage>('GET', path)

/** The words that hang, as they hang. */
function Hung({ notice }: { notice: PublicNoticePage }) {
  const isDemo = useIsDemo()
  return (
    <Card>
      <View className='heading center'>{notice.title}</View>
      <View className='small muted center figure mt-1'>{notice.number}</View>
      {linesOf(notice.paragraphs).map((line) => (
        <View key={line} className='mt-3'>
          {line}
        </View>
      ))}
      <View className='mt-3'>{notice.organName}</View>
      <View className='figure'>{fullDay(notice.publishedOn as PlainDate)}</View>
      <DemoMark isDemo={isDemo} />
    </Card>
  )
}

/** Where what is said against it is heard, and what becomes of it. */
function Objecting({ notice }: { notice: PublicNoticePage }) {
  const { organName, phone, number, lastOn } = notice
  return (
    <Card title='不同意，怎么提' className='mt-3'>
      <Facts
        facts={[
          { key: '最后一天', value: dayWords(lastOn) },
          { key: '跟谁提', value: organName },
          { key: '说哪一份', value: number },
        ]}
      />
      <View className='mt-3'>
        在下面写，打电话、写信、自己去说，都行。先核实你说的，再作决定。谁提的，不告诉申请人。
      </View>
      {phone !== null && (
        <View className='mt-3'>
          <Button block kind='secondary' onPress={() => platform.makePhoneCall(phone)}>
            打 {phone}
          </Button>
        </View>
      )}
    </Card>
  )
}

function NoticePage() {
  const id = usePageParameter('id')
  const { loaded, reload } = useLoaded<PublicNoticePage>(id && `/api/notices/${id}`, undefined, bring)
  return (
    <Page head={<NavBar title={TITLE} backTo='features/notice/notices' />}>
      {loaded.state === 'loading' && <Skeleton label='正在取这份公示' cards={2} rows={3} />}
      {loaded.state === 'failed' &&
        (loaded.trouble.code === 'notice.not-found' ? (
          <ErrorState title='这份公示撤下来了' note='公示期过了，或者有人提了异议，正在重新核实。' />
        ) : (
          <TroubleView trouble={loaded.trouble} onRetry={() => void reload()} />
        ))}
      {loaded.state === 'ready' && (
        <>
          <Hung notice={loaded.value} />
          <Objecting notice={loaded.value} />
          <ObjectionForm notice={loaded.value} />
        </>
      )}
    </Page>
  )
}

export default asPage(NoticePage)
