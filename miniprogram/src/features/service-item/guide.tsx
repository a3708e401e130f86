import { View } from '@tarojs/components'
import type { FiledBefore, ServiceGuide } from '#shared/contract/service-item'
import { today } from '../../platform/clock'
import { openPage, usePageParameter } from '../../platform/navigation'
import { useRecognition } from '../../platform/session'
import { useRequest } from '../../platform/use-request'
import { useShownAgain } from '../../platform/use-shown-again'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Notice } from '../../ui/feedback/notice'
import { Button } from '../../ui/form/button'
import { ActionBarSide, StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { WithDays } from '../../ui/surface/day'
import { FOR_CHILD } from '../account/parts/guardian-words'
import { ClosingNotice, takesNothing } from './parts/closing-notice'
import {
  filedAllTold,
  filedIn,
  isMine,
  isTheirs,
  leadingOf,
  MORE_FILED,
  takesAnother,
} from './parts/filed-words'
import { GuideAnswers } from './parts/guide-answers'
import { GuideFacts } from './parts/guide-facts'
import { GuidePapers } from './parts/guide-papers'
import { GuideSteps } from './parts/guide-steps'
import { type JustFiled, justFiledOf } from './parts/just-filed'
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

interface Shown {
  readonly guide: ServiceGuide
  /** A case that the guide does not know yet. */
  readonly justFiled: JustFiled | undefined
}

/** To what is one's own, as it was filed last; else to what was filed for somebody. */
const leadingIn = ({ guide, justFiled }: Shown): Pick<FiledBefore, 'caseId'> | undefined => {
  if (guide.openWindow?.open === false) return undefined
  if (justFiled?.isOwn) return justFiled
  const { filed } = filedIn(guide)
  return filed.find(isTheirs) ?? justFiled ?? leadingOf({ filed }, today())
}

/** As the server takes it: of the confirmed what was just filed bars another, which the guide cannot know yet. */
const takesMore = ({ guide, justFiled }: Shown) => {
  const told = filedIn(guide)
  const isBarred = justFiled?.isOwn && told.toldApartBy === null && guide.realNameLevel === 3
  return !isBarred && takesAnother(told)
}

/** Where the guide does not come anew: what it does not know, and says nothing of. */
function justFiledBeside(guide: ServiceGuide, readAt: string | undefined): JustFiled | undefined {
  const { filed, toldApartBy } = filedIn(guide)
  const found = justFiledOf(guide.id, readAt)
  const isTold = filed.some(
    (each) => each.caseId === found?.caseId || (found?.isOwn && toldApartBy === null && isMine(each)),
  )
  return isTold ? undefined : found
}

/** Said before anything is filled in: a second one would be turned away, or what was filed is forgotten. */
function Filed({ guide, justFiled }: Shown) {
  const told = filedIn(guide)
  const leading = leadingIn({ guide, justFiled })
  const isOnly = told.filed.length === 1 && told.filed[0]?.caseId === leading?.caseId
  return (
    <>
      {filedAllTold(told.filed, told, `点“${otherWordsOf({ guide, justFiled })}”`).map(
        ({ caseId, see, title, words }) => {
          const action = { words: see, onPress: () => seeCase(caseId) }
          return (
            <Notice key={caseId} tone='soon' icon='info' title={title} {...(isOnly ? {} : { action })}>
              <WithDays words={words} />
            </Notice>
          )
        },
      )}
      {justFiled !== undefined && (
        <Notice
          tone='soon'
          icon='info'
          {...(leading?.caseId === justFiled.caseId
            ? {}
            : { action: { words: '看办到哪', onPress: () => seeCase(justFiled.caseId) } })}
        >
          {justFiled.isOwn ? '刚交过一件，先看办到哪。' : '刚替别人交过一件。'}
        </Notice>
      )}
      {guide.hasMoreFiled && <Notice icon='info'>{MORE_FILED}</Notice>}
    </>
  )
}

/** Why whoever reads is not let to apply for themselves; who has filed has asked already. */
const obstaclesIn = ({ acceptConditions, filed }: ServiceGuide) =>
  (filed ?? []).some(isMine)
    ? []
    : acceptConditions.flatMap(({ state, why }) => (state === 'unmet' && why !== null ? [why] : []))

const FOR_OTHERS = '帮别人办'

/** How the way to another one is called: nothing leads elsewhere yet, or something does. */
function otherWordsOf(shown: Shown) {
  if (leadingIn(shown) === undefined) return '开始办理'
  return shown.guide.forOthers && obstaclesIn(shown.guide).length > 0 ? FOR_OTHERS : '再办一件'
}

/** Said before anything is begun, of whoever reads; the conditions below say it of each. */
function NotYet({ guide }: { guide: ServiceGuide }) {
  const { openWindow, forOthers } = guide
  const whys = obstaclesIn(guide)
  // The window has its own words.
  if (whys.length === 0 || openWindow?.open === false) return null
  return (
    <Notice tone='soon' icon='info' title='你自己还不符合'>
      {whys.join('；')}。{forOthers && `${FOR_OTHERS}，从下面开始。`}
    </Notice>
  )
}

const calledFor = ({ ask, organPhone, hotline }: ServiceGuide) =>
  callOf({ ask, phone: organPhone ?? hotline })

const footOf = ({ name, organName, departmentName, demo }: ServiceGuide, away: string | undefined) => [
  `正式名称：${name}`,
  `办理单位：${organName}`,
  `主管部门：${departmentName}`,
  ...(away === undefined ? [] : [away]),
  ...(demo ? ['示例内容，以县里公布的为准'] : []),
]

function Guide({ guide, justFiled }: Shown) {
  const { away } = calledFor(guide)
  return (
    <>
      <Lead title={guide.plainName} note={guide.oneLine} noteClass='guide-line' />
      <View className='stack'>
        {guide.guardianUntil !== null && <Notice icon='family'>{GUARDIAN_WORDS}</Notice>}
        <ClosingNotice endsOn={guide.endsOn} hotline={guide.hotline} />
        <OpenWindow openWindow={guide.openWindow} />
        <Filed guide={guide} justFiled={justFiled} />
        <NotYet guide={guide} />
        <GuideAnswers guide={guide} />
        <GuidePapers {...guide} />
        <GuideSteps guide={guide} />
        <GuideFacts guide={guide} />
      </View>
      <View className='foot-note'>{footOf(guide, away).join('\n')}</View>
    </>
  )
}

/** What may be begun beside what is led to; undefined where nothing may. */
function anotherOf(shown: Shown): { readonly icon: 'pen' | 'family'; readonly name: string } | undefined {
  const { forOthers, guardianUntil } = shown.guide
  if (guardianUntil !== null) return undefined
  const name = takesMore(shown) ? otherWordsOf(shown) : FOR_OTHERS
  if (name !== FOR_OTHERS) return { icon: 'pen', name }
  return forOthers ? { icon: 'family', name } : undefined
}

function GuideBar({ guide, justFiled }: Shown) {
  const { id, openWindow, guardianUntil, endsOn } = guide
  const { words, side, call } = calledFor(guide)
  const isOver = takesNothing(endsOn)
  // Nothing is begun before it opens, nor after the last day of all.
  if (isOver || openWindow?.open === false)
    return (
      <StickyActionBar note={isOver ? '这里停用了，到窗口办' : '现在不在办理时间里'}>
        <Button kind='secondary' icon='phone' onPress={call}>
          {words}
        </Button>
      </StickyActionBar>
    )
  const begin = () => openPage('features/case/application/form', { id })
  const note = guardianUntil !== null ? '要由监护人来办' : undefined
  const leading = leadingIn({ guide, justFiled })
  if (leading !== undefined) {
    const another = anotherOf({ guide, justFiled })
    return (
      <StickyActionBar note={note}>
        {another === undefined ? (
          <ActionBarSide icon='phone' name={side} onPress={call} />
        ) : (
          <ActionBarSide {...another} onPress={begin} />
        )}
        <Button onPress={() => seeCase(leading.caseId)}>看办到哪</Button>
      </StickyActionBar>
    )
  }
  return (
    <StickyActionBar note={note}>
      <ActionBarSide icon='phone' name={side} onPress={call} />
      <Button disabled={note !== undefined} onPress={begin}>
        开始办理
      </Button>
    </StickyActionBar>
  )
}

function GuidePage() {
  const id = usePageParameter('id') ?? ''
  const { loaded, reload } = useRequest<ServiceGuide>(`/api/service-items/${encodeURIComponent(id)}`, 'guide')
  // A session that has ended is nobody's: the server answers as to whoever has none.
  const isNobody = loaded.state === 'ready' && loaded.value.realNameLevel === null
  useRecognition(isNobody && loaded.savedAt === undefined, reload)
  useShownAgain(reload)
  const justFiled =
    loaded.state === 'ready' && loaded.trouble ? justFiledBeside(loaded.value, loaded.savedAt) : undefined
  return (
    <Page
      head={<NavBar title='怎么办' backTo='features/service-item/home' />}
      foot={loaded.state === 'ready' && <GuideBar guide={loaded.value} justFiled={justFiled} />}
    >
      <LoadedView loaded={loaded} label='正在取办事指南' onRetry={reload} cards={3} rows={0}>
        {(guide) => <Guide guide={guide} justFiled={justFiled} />}
      </LoadedView>
    </Page>
  )
}

export default asPage(GuidePage)
