import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { ON_SITE, type OnSite } from '#shared/domain/case/visit/visit-record'
import { PhotosTold } from '../../features/application/parts/photos-told'
import { today } from '../../platform/clock'
import { usePageParameter } from '../../platform/navigation'
import { scrollToField } from '../../platform/scroll'
import { Notice } from '../../ui/feedback/notice'
import { Button } from '../../ui/form/button'
import { CheckList, RadioList } from '../../ui/form/choice-list'
import { Field } from '../../ui/form/field'
import { DateRow } from '../../ui/form/picker-row'
import { ReasonBox } from '../../ui/form/reason-box'
import { StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import { dayWords } from '../../ui/words/dates'
import '../../ui/styles/desk'
import '../../ui/styles/staff.css'
import '../../ui/styles/upload.css'
import './parts/case.css'
import { InNameOf } from './parts/share-choice'
import { toQueue } from './parts/to-queue'
import { TroubleNotice } from './parts/trouble-notice'
import { Unready } from './parts/unready'
import { ownAct, useAct } from './parts/use-act'
import { useKeys } from './parts/use-keys'
import { useLeave } from './parts/use-leave'
import { hasWords, isWhyAsked, mendsOf, useVisitDraft, type VisitWriting } from './parts/visit-draft'
import { VisitPoints } from './parts/visit-points'
import { VisitRecord } from './parts/visit-record'
import { useVisitSheet, type VisitPlace, type VisitSheet } from './parts/visit-sheet'

const TITLE = '现场核查'
const WHY_PHRASES = ['写错了', '漏了一条', '照片没带上']

const Head = ({ sheet }: { sheet: VisitSheet }) => (
  <>
    <View className='small muted'>
      {sheet.plainName} · {sheet.applicantMasked} · {sheet.visit.stepName}
    </View>
    <InNameOf name={sheet.department} />
  </>
)

function Officers({ sheet, writing }: { sheet: VisitSheet; writing: VisitWriting }) {
  return (
    <Card className='mt-3'>
      <Field
        id='officers'
        label='谁到的现场'
        hint='两人以上，要有你自己。每个人都用自己的手机签名，签齐才算数'
        error={writing.errorOf('officers')}
      >
        <View className='mt-2'>
          <CheckList
            label='谁到的现场'
            options={sheet.colleagues.map(({ staffId, name }) => ({ value: staffId, label: name }))}
            values={writing.draft.officerIds}
            onChange={(officerIds) => writing.change({ officerIds })}
          />
        </View>
      </Field>
    </Card>
  )
}

const ON_SITE_OPTIONS = (Object.keys(ON_SITE) as readonly OnSite[]).map((value) => ({
  value,
  label: ON_SITE[value],
}))

/** The applicant reads it on the officer's phone, and may say something or not sign: either is written down. */
function ByApplicant({ writing }: { writing: VisitWriting }) {
  const { draft } = writing
  return (
    <Card className='mt-3'>
      <Field
        id='on-site'
        label='申请人怎么说'
        hint='把上面记的给申请人看一遍。有话可以记，不签也可以，都写进记录'
        error={writing.errorOf('on-site')}
      >
        <View className='mt-2'>
          <RadioList
            label='申请人怎么说'
            options={ON_SITE_OPTIONS}
            value={draft.onSite}
            onChange={(onSite) => writing.change({ onSite: onSite as OnSite })}
          />
        </View>
      </Field>
      {hasWords(draft.onSite) && (
        <ReasonBox
          id='on-site-words'
          label={draft.onSite === 'refused' ? '为什么不签' : '申请人的话'}
          optional={draft.onSite === 'refused'}
          phrases={[]}
          value={draft.onSiteWords}
          onChange={(onSiteWords) => writing.change({ onSiteWords })}
          error={writing.errorOf('on-site-words')}
        />
      )}
    </Card>
  )
}

interface PageProps {
  place: VisitPlace
  sheet: VisitSheet
  isAway: boolean
  reload: () => Promise<unknown>
}

const BEFORE = {
  open: { title: '这一次已经记过', words: '改了再交，原来的签名都作废，到场的人要重新签。' },
  signed: {
    title: '这一次已经签齐了',
    words: '重记要写原因。原来那份标成“不再算数”，到场的人重新签，签齐了发新的。',
  },
} as const

/** What becomes of what was written before, where this takes its place; what was signed of another visit stands. */
function Before({ sheet, writing }: { sheet: VisitSheet; writing: VisitWriting }) {
  const { visit } = sheet
  const mends = mendsOf(sheet, writing.draft)
  if (mends !== null) {
    const { title, words } = BEFORE[mends]
    return (
      <Notice tone='today' className='mt-3' title={title}>
        {words}
      </Notice>
    )
  }
  return visit.record ? (
    <Notice className='mt-3' title='这是另一次核查'>
      {dayWords(visit.record.visitedOn)} 去的那次照样留着，这次从头记。
    </Notice>
  ) : null
}

function VisitedOn({ sheet, writing }: { sheet: VisitSheet; writing: VisitWriting }) {
  const { visitedOn = today() } = writing.draft
  return (
    <Card className='mt-3'>
      <Field id='visited-on' label='哪天到的现场' hint='过后才交的，写去的那天' error={undefined}>
        <DateRow
          id='visited-on'
          label='哪天到的现场'
          value={visitedOn}
          words={dayWords(visitedOn)}
          start={sheet.visit.notBefore}
          end={today()}
          onChange={(next) => writing.change({ visitedOn: next })}
        />
      </Field>
    </Card>
  )
}

/** Begun from what is not so any more: nobody signs by mistake what was seen another time. */
function Stale({ sheet, writing }: { sheet: VisitSheet; writing: VisitWriting }) {
  const { visitedOn } = writing.draft
  return (
    <Page className='staff-page' head={<NavBar title={TITLE} backTo='staff/case/queue' />}>
      <Head sheet={sheet} />
      <Notice tone='today' className='mt-3' title='这台手机上有一份没交的'>
        {visitedOn === undefined ? '以前' : `${dayWords(visitedOn)} `}
        写的。那以后这里又有人记过，或者改成了另一次核查。
      </Notice>
      <View className='stack mt-3'>
        <Button block onPress={writing.beginAnew}>
          不要它，照现在的记
        </Button>
        <Button block kind='secondary' onPress={writing.carryOn}>
          接着写我的
        </Button>
      </View>
    </Page>
  )
}

const Away = () => (
  <Notice tone='soon' icon='offline' className='mb-3'>
    没有网络。写的、拍的都存在这台手机上，有了网再交。
  </Notice>
)

function Recording({ place, sheet, isAway, reload }: PageProps) {
  const writing = useVisitDraft(place, sheet)
  const act = useAct(sheet, reload)
  const leave = useLeave()
  useKeys({ Escape: toQueue })
  const { faults, unsent, wasTried, box } = writing
  const [isSending, setSending] = useState(false)
  const { trouble } = ownAct(act, 'record-visit')
  const isGone = trouble?.code === 'upload.missing'
  // What had arrived is with the office no more; the phone has it still.
  useEffect(() => {
    if (isGone) box.sendAllAnew()
  }, [isGone, box])
  const send = async () => {
    writing.tryIt()
    const [first] = faults
    if (first) return scrollToField(first.id)
    if (unsent !== undefined) return
    // What is read anew with the answer is the record that was just written.
    setSending(true)
    if (await act.send('actions', writing.body(), '现场记好了，你签了名')) {
      writing.forget()
      leave()
    } else setSending(false)
  }
  const alert = wasTried ? (faults.length > 0 ? `还有 ${faults.length} 处没写` : unsent) : undefined
  const { checklist } = sheet.visit
  if (writing.isStale && !isSending) return <Stale {...{ sheet, writing }} />
  return (
    <Page
      className='staff-page'
      head={<NavBar title={TITLE} backTo='staff/case/queue' />}
      foot={
        <StickyActionBar note={alert ?? '交了就是你签了名，再由同去的人签'} alert={alert !== undefined}>
          <Button loading={act.isBusy ? '正在交，别关' : undefined} onPress={() => void send()}>
            记好了，我签名
          </Button>
        </StickyActionBar>
      }
    >
      {isAway && <Away />}
      <Head sheet={sheet} />
      <PhotosTold photos={writing.box} />
      {writing.lost > 0 && (
        <Button kind='secondary' className='mb-3' onPress={writing.box.forgetLost}>
          没留住的照片不要了
        </Button>
      )}
      <Before {...{ sheet, writing }} />
      {isWhyAsked(sheet, writing.draft) && (
        <Card className='mt-3'>
          <ReasonBox
            id='why-anew'
            label='为什么重记'
            phrases={WHY_PHRASES}
            value={writing.draft.whyAnew ?? ''}
            onChange={(whyAnew) => writing.change({ whyAnew })}
            error={writing.errorOf('why-anew')}
          />
        </Card>
      )}
      <VisitedOn sheet={sheet} writing={writing} />
      <Officers sheet={sheet} writing={writing} />
      {checklist && (
        <View className='small muted mt-3'>
          核查清单 {checklist.points.length} 条，{checklist.source}
        </View>
      )}
      <VisitPoints writing={writing} points={checklist?.points ?? []} />
      <Card className='mt-3'>
        <ReasonBox
          id='note'
          label='还看到什么'
          optional
          phrases={[]}
          value={writing.draft.note}
          onChange={(note) => writing.change({ note })}
          error={writing.errorOf('note')}
        />
      </Card>
      <ByApplicant writing={writing} />
      <TroubleNotice trouble={trouble} isWritten />
    </Page>
  )
}

function Signing({ view, place, sheet, isAway, reload }: PageProps & { view: CaseView }) {
  const act = useAct(sheet, reload)
  const leave = useLeave()
  useKeys({ Escape: toQueue })
  const { stepKey, unitId } = place
  const send = async () => {
    const body = {
      action: 'sign-visit',
      version: sheet.version,
      stepKey,
      unitId,
      record: sheet.visit.record?.digest,
    }
    if (await act.send('actions', body, '你签了现场记录')) leave()
  }
  return (
    <Page
      className='staff-page'
      head={<NavBar title='签现场记录' backTo='staff/case/queue' />}
      foot={
        <StickyActionBar note='签的就是上面这份。有不对的，先别签，和同事改了再签'>
          <Button loading={act.isBusy ? '正在交，别关' : undefined} onPress={() => void send()}>
            我看过了，签名
          </Button>
        </StickyActionBar>
      }
    >
      {isAway && <Away />}
      <Head sheet={sheet} />
      {sheet.visit.record && <VisitRecord {...{ view, visit: sheet.visit, record: sheet.visit.record }} />}
      <TroubleNotice trouble={ownAct(act, 'sign-visit').trouble} isSigned isWritten={false} />
    </Page>
  )
}

function StaffVisit() {
  const place = {
    caseId: usePageParameter('id') ?? '',
    stepKey: usePageParameter('stepKey') ?? '',
    unitId: usePageParameter('unitId') ?? '',
  }
  const isSigning = usePageParameter('action') === 'sign-visit'
  const { sheet, isAway, view, loaded, reload } = useVisitSheet(place)
  if (isSigning && sheet?.maySign && view) return <Signing {...{ view, place, sheet, isAway, reload }} />
  if (!isSigning && sheet?.mayRecord) return <Recording {...{ place, sheet, isAway, reload }} />
  return (
    <Unready
      title={TITLE}
      {...{ loaded, reload }}
      notTheirs={{ title: '这里现在不用你记，也不用你签', note: '记录改过或者签齐了，回到这件看最新的。' }}
    />
  )
}

export default asPage(StaffVisit)
