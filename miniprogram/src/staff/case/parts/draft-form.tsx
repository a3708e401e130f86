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
import { toQueue } from './to-queue'
import { lateWords } from './trouble-notice'
import { ownAct, useAct } from './use-act'
import { useKeys } from './use-keys'
import { useLeave } from './use-leave'

const SENDS = 'draft-correction'

/** What the department said last: it goes on from there. */
const formerPicks = ({ staff }: CaseView, unitId: string) =>
  picksOf(staff?.departmentDrafts?.units.find((unit) => unit.unitId === unitId)?.items ?? [])

function useDrafting({ view, target, reload }: CorrectionFormProps) {
  const { draft, change, forget } = useDraft(`drafting:${view.id}:${target.unitId}`, {
    ...EMPTY_CORRECTION,
    picks: formerPicks(view, target.unitId),
  })
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
    if (await act.send('actions', body, '要补的写好了')) {
      forget()
      leave()
    }
  }
  return {
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
  const { picks, change, wasTried, act, asked, faults, send } = useDrafting(props)
  useKeys({ Escape: toQueue })
  const late = lateWords(view, act, SENDS)
  const alert =
    late ?? ownAct(act, SENDS).trouble?.title ?? (wasTried ? alertOf(asked.length, faults) : undefined)
  const dueOn = view.staff?.departmentDrafts?.dueOn ?? null
  const mayDraft = view.staff?.allowed.some(
    ({ action, unitId }) => action === SENDS && unitId === target.unitId,
  )
  return (
    <Page
      className='staff-page'
      head={<NavBar title='写要补的' backTo='staff/case/queue' />}
      foot={
        <StickyActionBar
          note={
            alert ?? (mayDraft ? dueOn !== null && `最晚 ${dayWords(dueOn)} 交` : '补正已经发出，不能再改了')
          }
          alert={alert !== undefined}
        >
          <Button disabled={!mayDraft} onPress={() => void send()}>
            {asked.length > 0 ? `交草稿，补 ${asked.length} 样` : '交草稿'}
          </Button>
        </StickyActionBar>
      }
    >
      <Notice tone='today' title='要补的一次写全'>
        先交给受理的人，和别家的合成一张告知书，一次发给申请人。发出前你还能改；发出后哪家都不能再要。
      </Notice>
      <View className='small muted mt-3'>
        {view.plainName} · {view.applicantMasked}
      </View>
      <CorrectionPicks view={view} picks={picks} wasTried={wasTried} onChange={change} />
      <DepartmentDrafts staff={view.staff} />
    </Page>
  )
}
