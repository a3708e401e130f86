import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { hasResult, isOver } from '#shared/domain/case/outcome/outcome-words'
import { openPage, usePageParameter } from '../../platform/navigation'
import { useRequest } from '../../platform/use-request'
import { useShownAgain } from '../../platform/use-shown-again'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Button } from '../../ui/form/button'
import { ActionBarSide, StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { Timeline, type TimelineItem } from '../../ui/progress/timeline'
import { Card } from '../../ui/surface/card'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { Day, Doubt } from '../../ui/surface/day'
import { momentWords } from '../../ui/words/dates'
import { IdentityAwaited } from '../application/parts/identity-awaited'
import { callOf } from '../service-item/parts/whom-to-call'
import { isExplained } from '../time-limit/parts/due-explanation'
import { NewDay } from '../time-limit/parts/due-words'
import { AgainstHead, whoseWords } from './parts/against'
import { ApplyAgainBar } from './parts/apply-again'
import { answersIt } from './parts/because'
import { CaseContent } from './parts/case-content'
import { Delivery } from './parts/delivery'
import { Disowning } from './parts/disowning'
import { CountedDays, DueCard } from './parts/due-card'
import { useFamilySheet } from './parts/family-sheet'
import { useForgetArrived } from './parts/forget-arrived'
import { FormerCase } from './parts/former-case'
import { awayUnsaid } from './parts/holder'
import { KeepCells } from './parts/keep-cells'
import { isNudgeable, NOBODY_THERE, NudgeButton, useNudge } from './parts/nudge'
import { RefusedSoFar } from './parts/own-decision'
import { RateCells } from './parts/rate-cells'
import { Speak } from './parts/speak'
import { TakeOver } from './parts/take-over'
import type { Reload } from './parts/use-case-change'
import { Withdrawal } from './parts/withdrawal'
import './case.css'

const ADDING = { label: '补交一样东西', note: '想起来少交了什么，现在补也行，期限不变' }
/** What is asked for is brought by its own button, and by its own day. */
const BESIDES = { label: '另外再交一样', note: '上面要补的点“现在补”；别的还少什么，在这里交' }

function itemsOf(view: CaseView): readonly TimelineItem[] {
  const { next, nowText, timeline } = view
  const coming: TimelineItem[] = next
    ? [
        {
          key: 'next',
          state: 'next',
          what: `下一步：${next.title}`,
          who: next.who,
          ...(view.outcome.key === 'late' && view.newDueOn != null
            ? { when: <NewDay on={view.newDueOn} isDoubted={view.dueDoubted} /> }
            : {}),
          // A day that is past, or that something still moves, is told above as what it is.
          ...(next.dueOn === null || view.apart !== null || view.outcome.key === 'late'
            ? {}
            : {
                when: (
                  <View>
                    最晚 <Day on={next.dueOn} />
                    <Doubt isDoubted={view.dueDoubted} />
                  </View>
                ),
              }),
        },
      ]
    : []
  // What has just happened is not said twice.
  const now: TimelineItem[] =
    isOver(view.outcome) || timeline[0]?.title === nowText
      ? []
      : [
          {
            key: 'now',
            state: view.status === 'correcting' ? 'todo' : 'now',
            what: nowText,
            ...(view.decisionAwaits === undefined ? {} : { said: view.decisionAwaits }),
          },
        ]
  return [
    ...coming,
    ...now,
    ...timeline.map(
      (entry): TimelineItem => ({
        key: entry.id,
        state: entry.isNo ? 'no' : 'done',
        what: entry.title,
        who: entry.who,
        when: momentWords(entry.at),
        ...(entry.note === null ? {} : { said: entry.note }),
      }),
    ),
  ]
}

/** What was decided against somebody stands here too. */
const leadsToResult = ({ outcome, against }: CaseView) => hasResult(outcome) && !against

/** The one thing to do, if there is one; waiting asks for nothing, and whoever has it may be asked to go on. */
function MainAction({ view, onNudge }: { view: CaseView; onNudge: () => void }) {
  const { id } = view
  if (answersIt(view)) {
    return <Button onPress={() => openPage('features/case/correction', { id })}>现在补</Button>
  }
  if (leadsToResult(view)) {
    // What waits for them has the filled button.
    const kind = view.revocation?.maySpeak ? 'secondary' : 'primary'
    return (
      <Button kind={kind} onPress={() => openPage('features/case/result', { id })}>
        看结果
      </Button>
    )
  }
  if (isNudgeable(view)) return <NudgeButton nudge={view.nudge} onPress={onNudge} />
  const { words, call } = callOf(view)
  return (
    <Button kind='secondary' icon='phone' onPress={call}>
      {words}
    </Button>
  )
}

function CaseBar({ view, onNudge }: { view: CaseView; onNudge: () => void }) {
  if (view.applyAgain) return <ApplyAgainBar view={view} />
  const { side, away, call } = callOf(view)
  const isQuiet = !answersIt(view) && !leadsToResult(view)
  const isCalled = isQuiet && !isNudgeable(view)
  const unheard = isQuiet && view.nudge?.to === null ? NOBODY_THERE : undefined
  return (
    <StickyActionBar note={awayUnsaid(view, away) ?? unheard}>
      {!isCalled && !(leadsToResult(view) && isNudgeable(view)) && (
        <ActionBarSide icon='phone' name={side} onPress={call} />
      )}
      {leadsToResult(view) && isNudgeable(view) && <NudgeButton nudge={view.nudge} onPress={onNudge} />}
      <MainAction view={view} onNudge={onNudge} />
    </StickyActionBar>
  )
}

/** What is asked of the reader stands before how it stands. */
function Opening({ view, onChanged }: { view: CaseView; onChanged: Reload }) {
  if (!view.against) {
    return (
      <>
        <Lead title={view.plainName} note={whoseWords(view)} />
        <Speak view={view} onChanged={onChanged} />
        <DueCard view={view} />
        <RefusedSoFar view={view} />
      </>
    )
  }
  return (
    <>
      <Speak view={view} onChanged={onChanged} />
      <AgainstHead view={view} against={view.against} />
      {hasResult(view.outcome) && isExplained(view.explanation) && (
        <Card tone='tight' className='mt-3'>
          <CountedDays view={view} />
        </Card>
      )}
    </>
  )
}

function TimelinePage() {
  const id = usePageParameter('id') ?? ''
  const { loaded, reload } = useRequest<CaseView>(`/api/cases/${encodeURIComponent(id)}`, 'timeline')
  useShownAgain(reload)
  const seen = loaded.state === 'ready' ? loaded.value : undefined
  useForgetArrived(seen)
  const family = useFamilySheet(seen)
  const nudge = useNudge(seen, reload)
  return (
    <Page
      over={nudge.sheet || family.sheet}
      head={<NavBar title={seen?.against ? '办理结果' : '办到哪了'} backTo='tabs/case/my-cases' />}
      foot={
        loaded.state === 'ready' &&
        loaded.value.viewer !== 'former' && <CaseBar view={loaded.value} onNudge={nudge.open} />
      }
    >
      <LoadedView loaded={loaded} label='正在取办件' onRetry={reload} cards={2} rows={2}>
        {(view) =>
          view.viewer === 'former' ? (
            <FormerCase view={view} />
          ) : (
            <>
              <Opening view={view} onChanged={reload} />
              <TakeOver view={view} onChanged={reload}>
                <IdentityAwaited view={view} />
              </TakeOver>
              <Card className='mt-3'>
                <Timeline items={itemsOf(view)} />
              </Card>
              {view.against && (
                <CellGroup className='mt-3'>
                  <RateCells view={view} />
                </CellGroup>
              )}
              <Delivery view={view} onChanged={reload} />
              <KeepCells view={view} onTell={family.open} />
              <CaseContent view={view} />
              {view.mayAdd && (
                <CellGroup className='mt-3'>
                  <Cell
                    icon='camera'
                    {...(view.correction ? BESIDES : ADDING)}
                    onPress={() => openPage('features/case/addition', { id })}
                  />
                </CellGroup>
              )}
              <Withdrawal view={view} onChanged={reload} />
              <Disowning view={view} onChanged={reload} />
            </>
          )
        }
      </LoadedView>
    </Page>
  )
}

export default asPage(TimelinePage)
