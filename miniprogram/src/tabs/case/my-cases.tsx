import { type ReactNode, useLayoutEffect, useState } from 'react'
import type { CaseList } from '#shared/contract/case'
import { isInHand } from '#shared/domain/case/outcome/outcome-words'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { ResidentTabs } from '../../features/account/parts/resident-tabs'
import { tellWaiting } from '../../features/account/parts/waiting'
import { type DraftEntry, itemOfDraft, listDrafts } from '../../features/application/parts/drafts'
import { wasSent } from '../../features/application/parts/sent-of'
import { EndedCell, RunningCard, WaitingCard } from '../../features/case/parts/case-card'
import { openPage, openTab } from '../../platform/navigation'
import { usePages } from '../../platform/use-pages'
import { useShownAgain } from '../../platform/use-shown-again'
import { EmptyState } from '../../ui/feedback/empty-state'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { MorePages } from '../../ui/feedback/more-pages'
import { Button } from '../../ui/form/button'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Section } from '../../ui/layout/section'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { WithDays } from '../../ui/surface/day'
import { shortDayWords } from '../../ui/words/dates'

type Summary = CaseList['items'][number]

const LOGGED_OUT = {
  title: '登录了，看你的办件',
  note: '办到哪一步、要补什么，都在这里。',
  icon: 'cases',
  isTab: true,
} as const

function Drafts({ drafts }: { drafts: readonly DraftEntry[] }) {
  if (drafts.length === 0) return null
  return (
    <Section title='没填完'>
      <CellGroup>
        {drafts.map(({ key, plainName, savedAt, whose }) => {
          const of = itemOfDraft(key)
          const forWhom = of?.who === 'self' ? '' : `替${whose ?? '别人'}，`
          const state = wasSent(key) ? '点过提交，不知道交上没有' : `${shortDayWords(dayIn(savedAt))}存的`
          return (
            <Cell
              key={key}
              label={plainName}
              note={<WithDays words={`${forWhom}${state}`} />}
              way='接着填'
              onPress={() => of && openPage('features/case/application/form', { ...of, draft: key })}
            />
          )
        })}
      </CellGroup>
    </Section>
  )
}

interface GroupProps {
  title: string
  cases: readonly Summary[]
  children: (summary: Summary, isFirst: boolean) => ReactNode
}

function Group({ title, cases, children }: GroupProps) {
  if (cases.length === 0) return null
  return <Section title={title}>{cases.map((each, at) => children(each, at === 0))}</Section>
}

const RUNS_OUT: readonly Summary['waitsForMe'][] = ['correction', 'statement']
const runsOut = ({ waitsForMe }: Summary) => RUNS_OUT.includes(waitsForMe)

/** What runs out comes before what is only to be read, the nearest day first. */
function byUrgency(left: Summary, right: Summary) {
  if (runsOut(left) !== runsOut(right)) return runsOut(left) ? -1 : 1
  return (left.dueOn ?? '9999') < (right.dueOn ?? '9999') ? -1 : 1
}

/** Of what is in hand so many are drawn at once, what waits before all: a phone of former years takes long for more. */
const DRAWN_AT_ONCE = 8

const isWaiting = ({ waitsForMe }: Summary) => waitsForMe !== 'none'

/** What waits, what runs, what is over. */
const inOrder = (items: readonly Summary[]) => {
  const others = items.filter((each) => !isWaiting(each))
  return [
    ...items.filter(isWaiting).sort(byUrgency),
    ...others.filter(isInHand),
    ...others.filter((each) => !isInHand(each)),
  ]
}

function MyCasesPage() {
  const { loaded, reload, hasMore, more, ...pages } = usePages<CaseList>('/api/cases', 'my-cases')
  const [most, setMost] = useState(DRAWN_AT_ONCE)
  const [drafts, setDrafts] = useState(listDrafts)
  useShownAgain(() => setDrafts(listDrafts()))
  const items = loaded.state === 'ready' ? loaded.value.items : []
  const waits = items.filter(isWaiting).length
  const drawn = inOrder(items).slice(0, most)
  const ended = drawn.filter((each) => !isWaiting(each) && !isInHand(each))
  const readOn = () => {
    setMost(most + DRAWN_AT_ONCE)
    return most < items.length ? undefined : more()
  }
  // With the words themselves: after them the bar would be drawn once more.
  useLayoutEffect(() => {
    if (loaded.state !== 'ready') return
    const { unread } = loaded.value
    tellWaiting({ todos: waits, ...(unread === undefined ? {} : { unread }) })
  }, [loaded, waits])
  const ofItems = drafts.filter(({ key }) => /^(item|other):/.test(key))
  return (
    <Page head={<NavBar title='我的办件' />} foot={<ResidentTabs current='cases' />}>
      <LoadedView
        loaded={loaded}
        label='正在取你的办件'
        onRetry={reload}
        cards={2}
        rows={2}
        loggedOut={LOGGED_OUT}
      >
        {() => (
          <>
            {items.length === 0 && ofItems.length === 0 && (
              <EmptyState
                title='现在没有办件'
                note='申请以后，办到哪一步、哪天办好，都在这里看。'
                action={<Button onPress={() => openTab('features/service-item/home')}>找要办的事</Button>}
              />
            )}
            <Group title='等你做' cases={drawn.filter(isWaiting)}>
              {(each, isFirst) => <WaitingCard key={each.id} summary={each} isFirst={isFirst} />}
            </Group>
            <Group title='正在办' cases={drawn.filter((each) => !isWaiting(each) && isInHand(each))}>
              {(each, isFirst) => <RunningCard key={each.id} summary={each} isFirst={isFirst} />}
            </Group>
            <Drafts drafts={ofItems} />
            {ended.length > 0 && (
              <Section title='办完的'>
                <CellGroup>
                  {ended.map((each) => (
                    <EndedCell key={each.id} summary={each} />
                  ))}
                </CellGroup>
              </Section>
            )}
            <MorePages
              words='再看几件'
              {...pages}
              count={drawn.length}
              hasMore={hasMore || most < items.length}
              more={readOn}
            />
          </>
        )}
      </LoadedView>
      {loaded.state === 'failed' && <Drafts drafts={ofItems} />}
    </Page>
  )
}

export default asPage(MyCasesPage)
