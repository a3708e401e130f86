import { View } from '@tarojs/components'
import { useState } from 'react'
import type { ActOnCase } from '#shared/contract/act-on-case'
import type { CaseView } from '#shared/contract/case'
import { useDraft } from '../../../platform/use-draft'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import { isReasoned } from '../../../ui/form/reason-box'
import { StickyActionBar } from '../../../ui/layout/action-bar'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Page } from '../../../ui/layout/page'
import { dayWords } from '../../../ui/words/dates'
import { alertOf, askedIn, type CorrectionFormProps, EMPTY_CORRECTION, picksOf } from './correction-notes'
import { CorrectionPicks } from './correction-picks'
import { DepartmentDrafts } from './department-drafts'
import { Looks } from './looks'
import { toQueue } from './to-queue'
import { lateWords } from './trouble-notice'
import { ownAct, useAct } from './use-act'
import { useKeys } from './use-keys'
import { useLeave } from './use-leave'

const SENDS = 'draft-correction'

const looksOf = ({ staff }: CaseView, unitId: string) =>
  staff?.departmentDrafts?.looks?.units.find((unit) => unit.unitId === unitId)

/** What the department said last: it goes on from there. Of what came to the notice it begins with nothing. */
const formerPicks = (view: CaseView, unitId: string) =>
  picksOf(
    view.staff?.departmentDrafts?.looks
      ? (looksOf(view, unitId)?.items ?? []).filter(({ isEnough }) => isEnough === false)
      : (view.staff?.departmentDrafts?.units.find((unit) => unit.unitId === unitId)?.items ?? []),
  )

const WRITES = {
  needs: {
    title: '写要补的',
    head: '要补的一次写全',
    lead: '先交给受理的人，和别家的合成一张告知书，一次发给申请人。发出前你还能改；发出后哪家都不能再要。',
    over: '补正已经发出，不能再改了',
    done: '要补的写好了',
    send: (count: number) => (count > 0 ? `交草稿，补 ${count} 样` : '交草稿'),
  },
  looks: {
    title: '哪样还不行',
    head: '只看补来的',
    lead: '挑还不行的，写清哪里不行，受理的人看得到。没挑的就是够了。当初没要的，不能再要。',
    over: '已经受理了，或者又发了补正，不能再改了',
    done: '记下了',
    send: (count: number) => (count > 0 ? `${count} 样还不行` : '挑还不行的'),
  },
} as const

function useDrafting({ view, target, reload }: CorrectionFormProps) {
  const of = view.staff?.departmentDrafts?.looks ? 'looks' : 'needs'
  const { draft, change, forget } = useDraft(
    `${of === 'looks' ? 'looking' : 'drafting'}:${view.id}:${target.unitId}`,
    {
      ...EMPTY_CORRECTION,
      picks: formerPicks(view, target.unitId),
    },
  )
  const [wasTried, setTried] = useState(false)
  const act = useAct(view, reload)
  const leave = useLeave()
  const asked = askedIn(view, draft.picks)
  const faults = asked.filter(({ reason }) => !isReasoned(reason)).length
  const send = async () => {
    setTried(true)
    if (asked.length === 0 || faults > 0) return
    const body: ActOnCase = {
      action: SENDS,
      version: view.version,
      ...target,
      items: asked.map(({ kind, name, reason }) => ({ kind, name, reason })),
    }
    if (await act.send('actions', body, WRITES[of].done)) {
      forget()
      leave()
    }
  }
  return {
    words: WRITES[of],
    picks: draft.picks,
    change: (picks: typeof draft.picks) => change({ ...draft, picks }),
    wasTried,
    act,
    asked,
    faults,
    send,
  }
}

/** What one department finds missing: not sent to the applicant, but to whoever accepts. */
export function DraftForm(props: CorrectionFormProps) {
  const { view, target } = props
  const { words, picks, change, wasTried, act, asked, faults, send } = useDrafting(props)
  useKeys({ Escape: toQueue })
  const late = lateWords(view, act, SENDS)
  const alert =
    late ?? ownAct(act, SENDS).trouble?.title ?? (wasTried ? alertOf(asked.length, faults) : undefined)
  const drafts = view.staff?.departmentDrafts
  const department = drafts?.units.find(({ unitId }) => unitId === target.unitId)
  const returned = department?.returned
  const dueOn =
    (drafts?.looks ? looksOf(view, target.unitId)?.dueOn : (returned?.dueOn ?? drafts?.dueOn)) ?? null
  const mayDraft = view.staff?.allowed.some(
    ({ action, unitId }) => action === SENDS && unitId === target.unitId,
  )
  return (
    <Page
      className='staff-page'
      head={<NavBar title={words.title} backTo='staff/case/queue' />}
      foot={
        <StickyActionBar
          note={alert ?? (mayDraft ? dueOn !== null && `最晚 ${dayWords(dueOn)} 交` : words.over)}
          alert={alert !== undefined}
        >
          <Button disabled={!mayDraft} onPress={() => void send()}>
            {words.send(asked.length)}
          </Button>
        </StickyActionBar>
      }
    >
      {returned ? (
        <Notice tone='today' title='退回来了，改好再交'>
          <View>{[returned.who, returned.reason].filter(Boolean).join('：')}</View>
          <View className='small'>没改好以前，你们原来要的还在单子里，可能先发出去。</View>
        </Notice>
      ) : (
        <Notice tone='today' title={words.head}>
          {words.lead}
        </Notice>
      )}
      <View className='small muted mt-3'>
        {[view.plainName, view.applicantMasked, department?.shortName].filter(Boolean).join(' · ')}
      </View>
      <CorrectionPicks
        view={view}
        unitId={target.unitId}
        picks={picks}
        wasTried={wasTried}
        onChange={change}
      />
      {drafts?.looks ? <Looks staff={view.staff} /> : <DepartmentDrafts staff={view.staff} />}
    </Page>
  )
}
