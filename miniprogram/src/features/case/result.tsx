import { Text, View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { isOver } from '#shared/domain/case/outcome/outcome-words'
import { openPage, replacePage, usePageParameter } from '../../platform/navigation'
import { useRequest } from '../../platform/use-request'
import { useShownAgain } from '../../platform/use-shown-again'
import { EmptyState } from '../../ui/feedback/empty-state'
import { LoadedView } from '../../ui/feedback/loaded-view'
import { Notice } from '../../ui/feedback/notice'
import { Button } from '../../ui/form/button'
import { ActionBarSide, StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Lead, Page } from '../../ui/layout/page'
import { DueLight } from '../../ui/progress/due-light'
import { Cell, CellGroup } from '../../ui/surface/cell'
import { callOf } from '../service-item/parts/whom-to-call'
import { BookedLine } from '../time-limit/parts/booked'
import { isBooking } from '../time-limit/parts/booking-words'
import { outcomeLamp } from '../time-limit/parts/outcome-lamp'
import { AgainstHead } from './parts/against'
import { ApplyAgainBar } from './parts/apply-again'
import { DecisionDocument } from './parts/decision-document'
import { decisionWords, NOT_AS_ISSUED } from './parts/decision-words'
import { Delivery } from './parts/delivery'
import { Disowning } from './parts/disowning'
import { FailedCheck, failedCheckOf } from './parts/failed-check'
import { useFamilySheet } from './parts/family-sheet'
import { FormerCase } from './parts/former-case'
import { HeldCertificate } from './parts/held-certificate'
import { awayUnsaid } from './parts/holder'
import { KeepCells } from './parts/keep-cells'
import { OwnDecisions } from './parts/own-decision'
import { OnPaper, Pay } from './parts/pay'
import { RateCells } from './parts/rate-cells'
import { reexaminedLamp } from './parts/reexamined'
import { TakingBackDay, TakingBackNote } from './parts/taking-back'
import type { Reload } from './parts/use-case-change'
import { useSaveDocument } from './parts/use-save-document'
import './case.css'
import './result.css'

type Decision = NonNullable<CaseView['decision']>

const isTakingBack = ({ outcome }: CaseView) => outcome.key === 'taking-back'

function Document({ view, decision }: { view: CaseView; decision: Decision }) {
  const note = NOT_AS_ISSUED[decision.words]
  return (
    <>
      {isTakingBack(view) && (
        <Notice tone='late' title='这份决定撤销了，现在不算数' className='mt-2'>
          收回了，又算数。
        </Notice>
      )}
      <DecisionDocument words={decisionWords(decision)} isStruck={isTakingBack(view)} />
      {note !== null && <View className='small muted mt-3'>{note}</View>}
    </>
  )
}

/** Of one of several the others stand. */
const reexaminedNote = ({ revocation }: CaseView) =>
  revocation?.own
    ? `${revocation.own.unitName}的“${revocation.own.name}”可能有错，撤不撤，定下来告诉你。别的照样算数。`
    : '原来的决定可能有错，撤不撤，定下来告诉你。'

function Granted({ view, decision }: { view: CaseView; decision: Decision }) {
  const failed = failedCheckOf(view)
  const reexamined = reexaminedLamp(view)
  return (
    <>
      <Lead
        title={
          <>
            <DueLight {...(reexamined ?? outcomeLamp(view))} />
            <View className='mt-3'>
              <Text className='case-words'>{view.plainName}，</Text>
              <Text className='case-words'>
                {reexamined ? `${view.revocation?.own ? '有一样' : ''}准备撤销` : view.outcome.word}
              </Text>
            </View>
          </>
        }
        note={
          failed ? (
            <FailedCheck found={failed} />
          ) : reexamined ? (
            reexaminedNote(view)
          ) : isTakingBack(view) && view.takingBack ? (
            <>
              <TakingBackDay of={view.takingBack} className='strong' />
              <TakingBackNote of={view.takingBack} />
            </>
          ) : (
            decision.howToGet || undefined
          )
        }
      />
      {isBooking(view) && (
        <View className='mb-3'>
          <BookedLine of={view} />
        </View>
      )}
      <Pay view={view} />
      <Document view={view} decision={decision} />
      <HeldCertificate view={view} />
    </>
  )
}

/** What was decided before its documents were numbered stands here in full. */
function Decided({ view, decision }: { view: CaseView; decision: Decision }) {
  if (decision.kind === 'granted') return <Granted view={view} decision={decision} />
  if (view.outcome.documentId !== null) return null
  return (
    <View className='mt-3'>
      <Document view={view} decision={decision} />
    </View>
  )
}

/** Whoever took it back knows why. */
const noResultWords = ({ outcome }: CaseView) =>
  outcome.key === 'withdrawn'
    ? '撤回了，没有作决定。以后还要办，再申请。'
    : `${outcome.word}，没有作决定。为什么，看办到哪一步。`

/** Of several organs each has its own decision, before the whole is handed over. */
const comingWords = ({ lanes }: CaseView) =>
  lanes?.units.some(({ decision }) => decision)
    ? '各家定的，在“各部门办到哪了”里看。全定了，这里一起给你。'
    : '有结果了，第一时间在这里看得到。'

function Result({ view, reload, onTell }: { view: CaseView; reload: Reload; onTell: () => void }) {
  const { decision, against, id } = view
  if (view.viewer === 'former') return <FormerCase view={view} />
  if (!decision && !against) {
    const ways = view.disownedWays ? { title: view.nowText, note: view.disownedWays } : null
    const words =
      ways ??
      (isOver(view.outcome)
        ? { title: '这件没有结果', note: noResultWords(view) }
        : { title: '还没有结果', note: comingWords(view) })
    return (
      <EmptyState
        {...words}
        action={<Button onPress={() => replacePage('features/case/timeline', { id })}>看办到哪一步</Button>}
      />
    )
  }
  return (
    <>
      {against && <AgainstHead view={view} against={against} />}
      {decision && <Decided view={view} decision={decision} />}
      {decision && <OwnDecisions view={view} lanes={view.lanes} />}
      <Delivery view={view} onChanged={reload} />
      <KeepCells view={view} onTell={onTell} />
      <CellGroup className='mt-3'>
        {decision && <OnPaper view={view} decision={decision} />}
        {decision?.deliveredBy && <Cell icon='done' label='结果怎么给的' value={decision.deliveredBy} />}
        <RateCells view={view} />
        <Cell
          icon='cases'
          label='看怎么办的'
          note='一步一步，谁办的，哪天办的'
          onPress={() => openPage('features/case/timeline', { id })}
        />
      </CellGroup>
      <Disowning view={view} onChanged={reload} />
    </>
  )
}

function SaveBar({ view, decision }: { view: CaseView; decision: Decision }) {
  const issued = view.documents.find(({ documentNumber }) => documentNumber === decision.documentNumber)
  const save = useSaveDocument(view.plainName, decisionWords(decision), issued?.mark?.words ?? null)
  const { side, away, call } = callOf(view)
  return (
    <StickyActionBar note={awayUnsaid(view, away)}>
      <ActionBarSide icon='phone' name={side} onPress={call} />
      <Button kind={isTakingBack(view) ? 'secondary' : 'primary'} icon='download' onPress={save}>
        存到手机
      </Button>
    </StickyActionBar>
  )
}

function ResultBar({ view }: { view: CaseView }) {
  const { decision, applyAgain } = view
  if (applyAgain) return <ApplyAgainBar view={view} />
  return decision && <SaveBar view={view} decision={decision} />
}

function ResultPage() {
  const id = usePageParameter('id') ?? ''
  const { loaded, reload } = useRequest<CaseView>(`/api/cases/${encodeURIComponent(id)}`, 'result')
  useShownAgain(reload)
  const view = loaded.state === 'ready' ? loaded.value : undefined
  const family = useFamilySheet(view)
  return (
    <Page
      over={family.sheet}
      head={<NavBar title='办理结果' backTo='tabs/case/my-cases' />}
      foot={view && <ResultBar view={view} />}
    >
      <LoadedView loaded={loaded} label='正在取结果' onRetry={reload} cards={2} rows={1}>
        {(view) => <Result view={view} reload={reload} onTell={family.open} />}
      </LoadedView>
    </Page>
  )
}

export default asPage(ResultPage)
