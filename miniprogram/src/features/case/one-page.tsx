import { Text, View } from '@tarojs/components'
import type { Account } from '#shared/contract/account'
import type { CaseView } from '#shared/contract/case'
import { platform } from '../../platform'
import { today } from '../../platform/clock'
import { useIsDemo } from '../../platform/deployment'
import { usePageParameter } from '../../platform/navigation'
import { useRequest } from '../../platform/use-request'
import { useShownAgain } from '../../platform/use-shown-again'
import { DEMO_MARK } from '../../ui/feedback/demo-mark'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Button } from '../../ui/form/button'
import { ActionBarSide, StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { WithDays } from '../../ui/surface/day'
import { momentDay } from '../../ui/words/dates'
import { useFamilySheet } from './parts/family-sheet'
import { FormerCase } from './parts/former-case'
import { onePagePicture } from './parts/one-page-picture'
import { type OnePage, onePageOf } from './parts/one-page-words'
import { useSavePicture } from './parts/use-save-document'
import './case.css'
import './one-page.css'

function Sheet({ page }: { page: OnePage }) {
  const isDemo = useIsDemo()
  return (
    <View className='one-page'>
      <View className='one-page__name'>{page.name}</View>
      <View className='one-page__whose'>{page.whose}</View>
      {page.rows.map(({ key, value, note }) => (
        <View key={key} className='one-page__row'>
          <View className='one-page__key'>{key}</View>
          <View className='one-page__body'>
            <View className='one-page__value'>{value}</View>
            {note !== undefined && (
              <View className='one-page__note'>
                <WithDays words={note} />
              </View>
            )}
          </View>
        </View>
      ))}
      <View className='one-page__row one-page__row--long'>
        <View className='one-page__key'>走到这里</View>
        <View className='one-page__body'>
          {page.history.map((each) => (
            <View key={each} className='one-page__note one-page__note--hanging'>
              {each}
            </View>
          ))}
        </View>
      </View>
      <View className='one-page__row one-page__foot'>
        <View className='figure'>
          办件编号 <Text className='nowrap'>{page.number}</Text>
        </View>
        <View>{page.asOf} 的情况，最新的看手机</View>
        {isDemo && <View>{DEMO_MARK}</View>}
      </View>
    </View>
  )
}

function OnePageBar({ view, page, onTell }: { view: CaseView; page: OnePage; onTell: () => void }) {
  const save = useSavePicture((mark) => onePagePicture(page, mark))
  return (
    <StickyActionBar>
      {platform.host === 'browser' ? (
        <ActionBarSide icon='paper' name='打印' onPress={() => platform.printPage()} />
      ) : (
        view.viewer === 'applicant' && <ActionBarSide icon='family' name='告诉家里' onPress={onTell} />
      )}
      <Button icon='download' onPress={save}>
        存成图片
      </Button>
    </StickyActionBar>
  )
}

/** The whole case in large letters, to keep, to hang beside the door or to print. */
function OnePagePage() {
  const id = usePageParameter('id') ?? ''
  const { loaded, reload } = useRequest<CaseView>(`/api/cases/${encodeURIComponent(id)}`, 'one-page')
  useShownAgain(reload)
  const view = loaded.state === 'ready' && loaded.value.viewer !== 'former' ? loaded.value : undefined
  const account = useRequest<Account>('/api/account').loaded
  const readerName = account.state === 'ready' ? account.value.name : null
  const { open, sheet } = useFamilySheet(view)
  // Without a network it is as of the day on which the phone has seen it.
  const savedAt = loaded.state === 'ready' ? loaded.savedAt : undefined
  const asOf = savedAt === undefined ? today() : momentDay(savedAt)
  const pageOf = (each: CaseView) => onePageOf(each, asOf, readerName)
  return (
    <Page
      className='one-page-page'
      head={<NavBar title='一页纸' backTo='tabs/case/my-cases' />}
      foot={view && <OnePageBar view={view} page={pageOf(view)} onTell={open} />}
      over={sheet}
    >
      <LoadedView loaded={loaded} label='正在取办件' onRetry={reload} cards={1} rows={3}>
        {(each) =>
          each.viewer === 'former' ? (
            <FormerCase view={each} />
          ) : (
            <>
              <Sheet page={pageOf(each)} />
              <View className='one-page-safe small muted mt-3'>不写身份证号和卡号，贴在门边也放心。</View>
            </>
          )
        }
      </LoadedView>
    </Page>
  )
}

export default asPage(OnePagePage)
