import { Text, View } from '@tarojs/components'
import { useRef, useState } from 'react'
import type { ActOnCase } from '#shared/contract/act-on-case'
import type { CaseView } from '#shared/contract/case'
import { aria } from '../../platform/aria'
import { usePageParameter } from '../../platform/navigation'
import { useDraft } from '../../platform/use-draft'
import { useRequest } from '../../platform/use-request'
import { Notice } from '../../ui/feedback/notice'
import { Button } from '../../ui/form/button'
import { StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { calendarWords, dayWords } from '../../ui/words/dates'
import '../../ui/styles/desk'
import '../../ui/styles/staff.css'
import { Approvals } from './parts/approvals'
import './parts/case.css'
import { isReasoned, ReasonBox } from '../../ui/form/reason-box'
import {
  alertOf,
  askedIn,
  type CorrectionFormProps,
  correctionName,
  EMPTY_CORRECTION,
  joinedPicks,
  ownPicks,
  saidOtherwise,
} from './parts/correction-notes'
import type { CorrectionDraft } from './parts/correction-paper'
import { CorrectionPicks, keyOf } from './parts/correction-picks'
import { CorrectionSheet } from './parts/correction-sheet'
import { DeskCorrection } from './parts/desk-correction'
import { DraftForm } from './parts/draft-form'
import { Kbd } from './parts/kbd'
import { DepartmentsSay } from './parts/looks'
import { useReturnDraft } from './parts/return-draft'
import { departmentAt } from './parts/share'
import { InNameOf } from './parts/share-choice'
import { toQueue } from './parts/to-queue'
import { lateWords } from './parts/trouble-notice'
import { Unready } from './parts/unready'
import { ownAct, useAct } from './parts/use-act'
import { useDesk } from './parts/use-desk'
import { useKeys } from './parts/use-keys'
import { useLeave } from './parts/use-leave'
import { useReplies } from './parts/use-replies'
import { changedUnder, type CorrectionDraft as Draft, readAs, wordedOver } from './parts/worded-over'
import { answerWords } from './parts/words'

/** While nobody may ask there is no draft to say how long. */
const graceText = (draft: CorrectionDraft | undefined) => (draft ? ` ${draft.graceDays} 个工作日` : '几天')

const happened = (view: CaseView, type: string) => view.timeline.some((entry) => entry.type === type)

const SENDS = 'request-correction'

/** 一次性告知: the notice's own reason names what is asked; a second notice is answered for in words. */
function bodyOf(view: CaseView, draft: Draft, target: Pick<ActOnCase, 'stepKey' | 'unitId'>): ActOnCase {
  const asked = askedIn(view, draft.picks)
  const names = asked.map(({ label }) => label).join('、')
  return {
    action: SENDS,
    version: view.version,
    ...target,
    reason: draft.reason.trim() || `补 ${asked.length} 样，就接着办：${names}`.slice(0, 500),
    items: asked.map(({ kind, name, reason }) => ({ kind, name, reason })),
  }
}

function Once({ view, isSecond }: { view: CaseView; isSecond: boolean }) {
  if (isSecond && !happened(view, 'correction-requested'))
    return (
      <Notice tone='today' title='受理前各家都看过材料了'>
        再要，由你写理由，记在你的名下。
      </Notice>
    )
  return isSecond ? (
    <Notice tone='today' title='补正已经告知过一次'>
      再告知一次，由你写理由，记在你的名下。
    </Notice>
  ) : (
    <Notice tone='today' title='补正只能告知一次'>
      要补的一次勾全。再发第二次，要审批人写理由。
    </Notice>
  )
}

function PeriodWords({ draft }: { draft: CorrectionDraft | undefined }) {
  if (!draft) return <>现在不能补正了，回到这件看最新的</>
  const { dueOn, dueBecause } = draft
  if (dueBecause?.kind === 'calendar-missing') return <>{calendarWords(dueBecause.year)}</>
  if (dueOn === null) return null
  return (
    <>
      最晚 <Text className='strong nowrap'>{dayWords(dueOn)}</Text> 补齐
    </>
  )
}

/** What the departments ask stands in it, worded as whoever sends it has it. */
function useNoticeDraft(view: CaseView, unitId: string) {
  const name = correctionName({ caseId: view.id, unitId })
  const { draft: own, change, forget } = useDraft<Draft>(name, EMPTY_CORRECTION)
  const joined = joinedPicks(view)
  const draft = { ...own, picks: { ...joined, ...own.picks } }
  return {
    draft,
    change: (next: Draft) =>
      change({
        ...next,
        picks: ownPicks(next.picks, joined),
        over: wordedOver(draft, next.picks, joined),
      }),
    /** The departments have other words by now than those that were worded anew. */
    changed: changedUnder(draft, joined),
    keepOwn: () => change({ ...own, over: joined }),
    forget,
  }
}

const READ_ANEW = '要补的和你看过的不一样了，对一遍，再看告知书。'

/** What departments have changed under one's own words is put right by hand, or said to hold. */
function ChangedUnder({ labels, onKeep }: { labels: readonly string[]; onKeep: () => void }) {
  if (labels.length === 0) return null
  return (
    <Notice
      tone='today'
      title={`“${labels.join('”“')}”：各家写的和你写的不一样`}
      className='mt-3'
      action={{ words: '我写的照用', onPress: onKeep }}
    >
      你写那句的时候，各家还不是现在这样写的。和上面各家写的对一遍，在下面改好，再看告知书。
    </Notice>
  )
}

function useCorrection({ view, target, reload }: CorrectionFormProps) {
  const { draft, change, changed, keepOwn, forget } = useNoticeDraft(view, target.unitId)
  const [wasTried, setTried] = useState(false)
  const [looked, setLooked] = useState<string>()
  const act = useAct(view, reload)
  const leave = useLeave()
  const asked = Object.values(draft.picks)
  const offered = view.staff?.correctionDrafts.find(
    ({ stepKey, unitId }) => stepKey === target.stepKey && unitId === target.unitId,
  )
  const isSecond = happened(view, 'correction-requested') || (offered?.askedBefore ?? null) !== null
  const faults =
    asked.filter((reason) => !isReasoned(reason)).length + (isSecond && !isReasoned(draft.reason) ? 1 : 0)
  // What was looked through goes out and nothing else: where it would be another by now it is looked through anew.
  const words = JSON.stringify([askedIn(view, draft.picks), draft.reason, joinedPicks(view)])
  const read = readAs(looked, words, offered !== undefined)
  // Somebody was first while the notice was being looked through: what it would have been stays to be read.
  const shown = useRef(offered)
  if (offered) shown.current = offered
  const look = () => {
    setTried(true)
    setLooked(asked.length > 0 && faults === 0 && changed.length === 0 ? words : undefined)
  }
  const close = () => {
    ownAct(act, SENDS).forget()
    setLooked(undefined)
  }
  const send = async () => {
    if (await act.send('actions', bodyOf(view, draft, target), '补正发出了')) {
      forget()
      leave()
    }
  }
  return {
    draft,
    change,
    wasTried,
    act,
    isSecond,
    count: asked.length,
    faults,
    offered,
    paper: read === 'read' ? shown.current : undefined,
    isOther: read === 'other',
    changed,
    keepOwn,
    look,
    close,
    send,
  }
}

/** What the departments ask stands in what is picked. */
function Joined({ view }: { view: CaseView }) {
  if (Object.keys(joinedPicks(view)).length === 0) return null
  return (
    <View className='small muted mt-3'>
      {view.staff?.departmentDrafts?.looks
        ? '各家看了说还不行的都勾好了，不能少。怎么补可以改成一句话。'
        : '各家要的都勾好了，不能少；没写清楚的、不该要的，退给那家改。怎么补可以改成一句话。'}
    </View>
  )
}

const missingWords = (count: number, faults: number, changed: number) =>
  alertOf(count, faults) ?? (changed > 0 ? '各家写的变了，先对一遍' : undefined)

/** Why nothing was sent, or cannot be. */
function alertNow(
  view: CaseView,
  { act, paper, isOther }: Pick<ReturnType<typeof useCorrection>, 'act' | 'paper' | 'isOther'>,
  returns: string | undefined,
  missing: string | undefined,
) {
  const late = lateWords(view, act, returns ?? (paper && SENDS))
  return isOther ? `${late ?? ''}${READ_ANEW}` : (late ?? missing)
}

interface AskedProps {
  readonly view: CaseView
  readonly unitId: string
  readonly correction: ReturnType<typeof useCorrection>
}

/** What is asked, why once more, and what becomes of it. */
function Asked({ view, unitId, correction }: AskedProps) {
  const { draft, change, changed, keepOwn, wasTried, isSecond, offered } = correction
  const words = useReplies(unitId, view.serviceItemId)
  return (
    <>
      <Joined view={view} />
      <ChangedUnder
        labels={askedIn(view, draft.picks)
          .filter((choice) => changed.includes(keyOf(choice)))
          .map(({ label }) => label)}
        onKeep={keepOwn}
      />
      <CorrectionPicks
        view={view}
        unitId={unitId}
        picks={draft.picks}
        wasTried={wasTried}
        onChange={(picks) => change({ ...draft, picks })}
      />
      {isSecond && (
        <Card className='mt-3'>
          <ReasonBox
            label='为什么再告知一次'
            phrases={words('second-correction')}
            value={draft.reason}
            onChange={(reason) => change({ ...draft, reason })}
            error={wasTried && !isReasoned(draft.reason) ? '写明理由' : undefined}
          />
        </Card>
      )}
      <Card tone='tight' className='mt-3'>
        <View>
          会通知申请人，发《{offered?.title ?? (isSecond ? '再次补正告知书' : '一次性补正告知书')}》。
        </View>
        <View className='small muted mt-1'>
          {happened(view, 'accepted')
            ? `${answerWords(view)}。到期没补，就按现有材料定。`
            : `哪天补齐，承诺期限哪天重新起算。到期没补：提醒一次，再等${graceText(offered)}，还没补就先结束，填过的留着能再申请。`}
        </View>
      </Card>
    </>
  )
}

/** The notice as it is written by now. */
const paperOf = (view: CaseView, paper: CorrectionDraft, { picks, reason }: Draft) => ({
  draft: paper,
  items: askedIn(view, picks).map((each) => ({ ...each, said: saidOtherwise(view, each) })),
  reason,
})

function CorrectionForm(props: CorrectionFormProps) {
  const { view, target } = props
  const { unitId } = target
  const correction = useCorrection(props)
  const { draft, wasTried, isSecond, count, faults, offered, paper, look } = correction
  const isDesk = useDesk()
  const returning = useReturnDraft(props, correction.act)
  const alert = alertNow(
    view,
    correction,
    returning.sends,
    wasTried ? missingWords(count, faults, correction.changed.length) : undefined,
  )
  const over = paper && (
    <CorrectionSheet
      view={view}
      {...paperOf(view, paper, draft)}
      isStillAllowed={offered !== undefined}
      act={ownAct(correction.act, SENDS)}
      onSend={() => void correction.send()}
      onLeave={toQueue}
      onClose={correction.close}
    />
  )
  const button = (
    <Button disabled={!offered} onPress={look}>
      {count > 0 ? `看告知书，补 ${count} 样` : '看告知书'}
      {isDesk && <Kbd letter='g' />}
    </Button>
  )
  const note = alert ?? <PeriodWords draft={offered} />
  const approvals = (view.staff?.approvals ?? []).filter(
    (asked) => asked.for === 'request-correction' && asked.open,
  )
  if (isDesk) {
    return (
      <DeskCorrection
        view={view}
        paper={offered && paperOf(view, offered, draft)}
        bar={
          <View className='case__acts'>
            {button}
            {returning.button(true)}
            {alert === undefined ? (
              <View className='case__after'>{note}</View>
            ) : (
              <View className='late strong' {...aria({ role: 'alert' })}>
                {alert}
              </View>
            )}
          </View>
        }
        over={returning.over ?? over}
        onLook={look}
        onReturn={returning.onReturn}
      >
        <InNameOf name={departmentAt(view, target)} />
        {offered && <Once view={view} isSecond={isSecond} />}
        <Approvals approvals={approvals} />
        <Asked {...{ view, unitId, correction }} />
      </DeskCorrection>
    )
  }
  return (
    <Page
      className='staff-page'
      head={<NavBar title={isSecond ? '再次补正' : '一次性补正'} backTo='staff/case/queue' />}
      foot={
        <StickyActionBar note={note} alert={alert !== undefined}>
          {returning.button(false)}
          {button}
        </StickyActionBar>
      }
      over={
        <>
          {returning.over ?? over}
          <LeaveByKey />
        </>
      }
    >
      {offered && <Once view={view} isSecond={isSecond} />}
      <View className='small muted mt-3'>
        {view.plainName} · {view.applicantMasked}
      </View>
      <InNameOf name={departmentAt(view, target)} />
      <Approvals approvals={approvals} />
      <DepartmentsSay staff={view.staff} />
      <Asked {...{ view, unitId, correction }} />
    </Page>
  )
}

/** Of the page that is no desk; a desk has keys of its own. */
function LeaveByKey() {
  useKeys({ Escape: toQueue })
  return null
}

function StaffCorrection() {
  const id = usePageParameter('id')
  const action = usePageParameter('action')
  const target = { stepKey: usePageParameter('stepKey') ?? '', unitId: usePageParameter('unitId') ?? '' }
  const { loaded, reload } = useRequest<CaseView>(id && `/api/cases/${id}`)
  if (loaded.state === 'ready' && loaded.value.staff) {
    const Form = action === 'draft-correction' ? DraftForm : CorrectionForm
    return <Form view={loaded.value} target={target} reload={reload} />
  }
  return (
    <Unready
      title='一次性补正'
      {...{ loaded, reload }}
      notTheirs={{ title: '这件不归你补正', note: '自己的事由别人办，转走的归那边办。' }}
    />
  )
}

export default asPage(StaffCorrection)
