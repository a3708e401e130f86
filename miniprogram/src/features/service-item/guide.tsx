import { View } from '@tarojs/components'
import type { ServiceGuide } from '#shared/contract/service-item'
import { openPage, usePageParameter } from '../../platform/navigation'
import { useRecognition } from '../../platform/session'
import { useRequest } from '../../platform/use-request'
import { useShownAgain } from '../../platform/use-shown-again'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Notice } from '../../ui/feedback/notice'
import { Button } from '../../ui/form/button'
import { ActionBarSide, StickyActionBar } from '../../ui/layout/action-bar'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { FOR_CHILD } from '../account/parts/guardian-words'
import { GuideAnswers } from './parts/guide-answers'
import { GuideFacts } from './parts/guide-facts'
import { GuidePapers } from './parts/guide-papers'
import { GuideSteps } from './parts/guide-steps'
import { closedWords, windowWords } from './parts/open-window-words'
import { callOf } from './parts/whom-to-call'
import './guide.css'

const GUARDIAN_WORDS = `登记的是不满 14 岁的孩子的号码，还不能申请。${FOR_CHILD}。`

/** Filing is refused outside of the window; the guide says so before anybody starts. */
function OpenWindow({ openWindow }: { openWindow: ServiceGuide['openWindow'] }) {
  if (openWindow === null) return null
  if (openWindow.open) return <Notice icon='calendar'>{windowWords(openWindow)}，现在能办。</Notice>
  return (
    <Notice tone='soon' icon='calendar'>
      {closedWords(openWindow)}
    </Notice>
  )
}

const seeCase = (id: string) => openPage('features/case/timeline', { id })

/** Said before anything is filled in: a second one would be turned away, or somebody else has filed the first. */
function OwnCase({ ownCaseId, helpedCaseId }: Pick<ServiceGuide, 'ownCaseId' | 'helpedCaseId'>) {
  if (ownCaseId !== null)
    return (
      <Notice tone='soon' icon='info' title='这件事你已经在办了'>
        自己的不用再交一次。
      </Notice>
    )
  if (helpedCaseId === null) return null
  return (
    <Notice
      tone='soon'
      icon='info'
      title='有人替你申请了这件'
      action={{ words: '去看看', onPress: () => seeCase(helpedCaseId) }}
    >
      正在办。写得对，接过来就行，不用再交一次。
    </Notice>
  )
}

/** Said before anything is begun, of whoever reads; the conditions below say it of each. */
function NotYet({ acceptConditions, openWindow, ownCaseId, forOthers }: ServiceGuide) {
  const whys = acceptConditions.flatMap(({ state, why }) => (state === 'unmet' && why !== null ? [why] : []))
  // The window has its own words, and who has filed has asked already.
  if (whys.length === 0 || openWindow?.open === false || ownCaseId !== null) return null
  return (
    <Notice tone='soon' icon='info' title='你自己还不符合'>
      {whys.join('；')}。{forOthers && '帮别人办，从下面开始。'}
    </Notice>
  )
}

const calledFor = ({ ask, organPhone, hotline }: ServiceGuide) =>
  callOf({ ask, phone: organPhone ?? hotline })

function Guide({ guide }: { guide: ServiceGuide }) {
  const { away } = calledFor(guide)
  return (
    <>
      <Lead title={guide.plainName} note={<View className='guide-line'>{guide.oneLine}</View>} />
      <View className='stack'>
        {guide.guardianUntil !== null && <Notice icon='family'>{GUARDIAN_WORDS}</Notice>}
        <OpenWindow openWindow={guide.openWindow} />
        <OwnCase {...guide} />
        <NotYet {...guide} />
        <GuideAnswers guide={guide} />
        <GuidePapers {...guide} />
        <GuideSteps guide={guide} />
        <GuideFacts guide={guide} />
      </View>
      <View className='foot-note'>
        <View>正式名称：{guide.name}</View>
        <View>办理单位：{guide.organName}</View>
        <View>主管部门：{guide.departmentName}</View>
        {away !== undefined && <View>{away}</View>}
        {guide.demo && <View>示例内容，以县里公布的为准</View>}
      </View>
    </>
  )
}

function GuideBar({ guide }: { guide: ServiceGuide }) {
  const { id, openWindow, ownCaseId, forOthers, guardianUntil } = guide
  const { words, side, call } = calledFor(guide)
  // Nothing is begun before it opens.
  if (openWindow?.open === false)
    return (
      <StickyActionBar note='现在不在办理时间里'>
        <Button kind='secondary' icon='phone' onPress={call}>
          {words}
        </Button>
      </StickyActionBar>
    )
  const begin = () => openPage('features/application/form', { id })
  const isNew = ownCaseId === null
  const note = isNew && guardianUntil !== null ? '要由监护人来办' : undefined
  return (
    <StickyActionBar note={note}>
      {isNew || !forOthers ? (
        <ActionBarSide icon='phone' name={side} onPress={call} />
      ) : (
        <ActionBarSide icon='family' name='帮别人办' onPress={begin} />
      )}
      <Button disabled={note !== undefined} onPress={isNew ? begin : () => seeCase(ownCaseId)}>
        {isNew ? '开始办理' : '看办到哪'}
      </Button>
    </StickyActionBar>
  )
}

export default function GuidePage() {
  const id = usePageParameter('id') ?? ''
  const { loaded, reload } = useRequest<ServiceGuide>(`/api/service-items/${encodeURIComponent(id)}`, 'guide')
  // A session that has ended is nobody's: the server answers as to whoever has none.
  const isNobody = loaded.state === 'ready' && loaded.value.realNameLevel === null
  useRecognition(isNobody && loaded.savedAt === undefined, reload)
  useShownAgain(reload)
  return (
    <Page
      head={<NavBar title='怎么办' backTo='features/service-item/home' />}
      foot={loaded.state === 'ready' && <GuideBar guide={loaded.value} />}
    >
      <LoadedView loaded={loaded} label='正在取办事指南' onRetry={reload} cards={3} rows={0}>
        {(guide) => <Guide guide={guide} />}
      </LoadedView>
    </Page>
  )
}
