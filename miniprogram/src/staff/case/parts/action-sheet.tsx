import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { isOtherwiseThanChosen } from '#shared/domain/case/delivery/delivery-words'
import { DELIVERY_METHODS, type DeliveryMethod } from '#shared/domain/service-item/delivery-methods'
import type { Trouble } from '../../../platform/api'
import { useDraft } from '../../../platform/use-draft'
import { Button } from '../../../ui/form/button'
import { ReasonBox } from '../../../ui/form/reason-box'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'
import { ActionFields } from './action-fields'
import {
  actionWords,
  bodyOf,
  emptyDraft,
  faultsOf,
  formOf,
  isWritten,
  type SheetAction,
  type SheetAllowed,
  sameTarget,
} from './action-forms'
import { answeringForm, phrasesOf } from './answering'
import { disownedFormOf } from './disowned-forms'
import { HeldBack } from './held-back'
import { notEnough } from './judged'
import { ReadBefore } from './read-before'
import { InWhoseName } from './share-choice'
import { SigningSheet } from './signing-sheet'
import { TroubleNotice } from './trouble-notice'
import type { Act } from './use-act'
import { useReplies } from './use-replies'
import { Warned } from './warned'
import { namedWords } from './words'

interface ActionSheetProps {
  view: CaseView
  allowed: SheetAllowed
  act: Act
  onClose: () => void
}

function leadOf({ action }: AllowedAction, { staff, pay }: CaseView, lead: string) {
  if (action === 'extend') return `延长 ${staff?.extensionDays ?? 0} 个工作日。${lead}`
  return action === 'pay' && pay ? `批的是${pay.amount}。${lead}` : lead
}

/** Who finds it otherwise after the decision speaks to the applicant too. */
const CHECK_FORM = {
  ...formOf('fail'),
  lead: '写明哪里不符。申请人和作决定的单位都看得到。',
  done: '记下了，情况不符',
}

/** A village says what is so, and decides nothing. */
const VILLAGE_FORM = {
  ...formOf('fail'),
  lead: '写明哪里不符。意见交上去，批不批由作决定的单位定；申请人也看得到。',
  phrases: ['人不在本村住', '情况和填的不一致', '上门看过，情况不符'],
  done: '情况不符，报上去了',
}

/** One of several organs that refuses its own part. */
const OWN_FORM = { ...formOf('fail'), lead: '写明为什么不准予。理由写进决定书，申请人看得到。' }

function formOfStep(view: CaseView, allowed: AllowedAction & { action: SheetAction }) {
  const { action, stepKey } = allowed
  const { staff } = view
  if (staff?.disowned) return disownedFormOf(action, view)
  const step = staff?.steps.find(({ key }) => key === stepKey)
  if (action !== 'fail' || !step) return formOf(action)
  if (step.followUp) return CHECK_FORM
  if (paperOf(view, allowed)) return OWN_FORM
  return step.kind === 'verify' ? VILLAGE_FORM : formOf(action)
}

const DAY_FAULTS: Readonly<Partial<Record<NonNullable<ReturnType<typeof formOf>['ask']>, string>>> = {
  'paid-on': '日子写在今天以后了，写已经到账的那天。',
}

/** The server answers a wrong day with the code of whatever it does not know. */
function explained(trouble: Trouble, ask: ReturnType<typeof formOf>['ask']): Trouble {
  const detail = ask && DAY_FAULTS[ask]
  return trouble.code === 'case.target-unknown' && detail
    ? { ...trouble, title: '日子不对', detail }
    : trouble
}

const heldBackBy = (view: CaseView, { action }: AllowedAction) => (action === 'accept' ? notEnough(view) : [])

/** What was found not to be enough is offered as a reason, and what was refused that a share rests on. */
function foundPhrases(view: CaseView, { action, stepKey, unitId }: AllowedAction): readonly string[] {
  if (action === 'decline') return notEnough(view).map((label) => `要补的“${label}”没有补好`)
  if (action !== 'fail') return []
  const reasons = (view.staff?.refusals ?? []).flatMap((each) => each.reasons)
  return [
    ...new Set(
      reasons
        .filter((each) => each.stepKey === stepKey && each.unitId === unitId)
        .map(({ reason }) => reason),
    ),
  ]
}

/** What goes out in the organ's name by this act, and is looked at before it does. */
const paperOf = ({ staff }: CaseView, { action, stepKey, unitId }: AllowedAction) =>
  SIGNED_HERE.includes(action)
    ? staff?.decisionDrafts.find(
        (each) => each.action === action && each.stepKey === stepKey && each.unitId === unitId,
      )
    : undefined

/** `pass` and `fail` have a paper only where the unit decides its own part. */
const SIGNED_HERE: readonly AllowedAction['action'][] = ['decline', 'pass', 'fail']

const isMethod = (method: string | undefined): method is DeliveryMethod =>
  method !== undefined && method in DELIVERY_METHODS

/** Whoever hands it over another way than the applicant asked for says why. */
function asked<Allowed extends AllowedAction>(
  { delivery }: CaseView,
  given: Allowed,
  method: string | undefined,
): Allowed {
  if (given.action !== 'deliver' || !isMethod(method)) return given
  return isOtherwiseThanChosen(delivery?.choice?.method, method) ? { ...given, reasonRequired: true } : given
}

export function ActionSheet({ view, allowed: given, act, onClose }: ActionSheetProps) {
  // A sheet is closed by a thumb beside it: what was written waits for it to open again.
  const {
    draft,
    change: write,
    forget,
  } = useDraft(`act:${view.id}:${given.action}:${given.stepKey}:${given.unitId}`, emptyDraft(view, given))
  const allowed = asked(view, given, draft.method)
  const offered = useReplies(allowed.unitId, view.serviceItemId)
  const held = heldBackBy(view, allowed)
  const [wasTried, setTried] = useState(false)
  const [isLooking, setLooking] = useState(false)
  if (!view.staff) return null
  const form = answeringForm(formOfStep(view, allowed), allowed, view)
  const phrases = [...foundPhrases(view, allowed), ...phrasesOf(allowed, draft.for, form, offered)]
  const faults = faultsOf(allowed, form, draft)
  const shown = wasTried ? faults : []
  const isStillAllowed = view.staff.allowed.some((each) => sameTarget(each, allowed))
  const change = (part: Partial<typeof draft>) => write({ ...draft, ...part })
  const paper = paperOf(view, allowed)
  const send = async () => {
    setTried(true)
    if (faults.length > 0) return
    if (paper && !isLooking) return setLooking(true)
    if (!(await act.send('actions', bodyOf(allowed, form, draft, view.version), form.done))) return
    forget()
    onClose()
  }
  if (isLooking && paper) {
    const back = () => {
      act.forget()
      setLooking(false)
    }
    return (
      <SigningSheet
        {...{ view, allowed, act }}
        draft={paper}
        reason={draft.reason.trim()}
        onSign={() => void send()}
        onClose={back}
      />
    )
  }
  return (
    <Sheet title={actionWords(allowed, view)} onClose={onClose}>
      <View className='small muted mt-1'>
        {view.plainName} · {namedWords(view)} · {allowed.stepName}
      </View>
      <InWhoseName view={view} allowed={allowed} />
      <View className='mt-3'>{leadOf(allowed, view, form.lead)}</View>
      <ReadBefore view={view} allowed={allowed} />
      <View className='mt-4'>
        <ActionFields
          form={form}
          faults={shown}
          staff={view.staff}
          choice={view.delivery?.choice ?? null}
          allowed={allowed}
          draft={draft}
          onChange={change}
        />
        {(allowed.reasonRequired || phrases.length > 0) && (
          <ReasonBox
            label={allowed.reasonRequired ? '理由' : '写一句'}
            optional={!allowed.reasonRequired}
            phrases={phrases}
            value={draft.reason}
            onChange={(reason) => change({ reason })}
            error={shown.find(({ field }) => field === 'reason')?.words}
          />
        )}
      </View>
      <TroubleNotice
        trouble={act.trouble && explained(act.trouble, form.ask)}
        view={view}
        isWritten={isWritten(form, draft)}
      />
      <SheetActions>
        <HeldBack labels={held} />
        {isStillAllowed && <Warned allowed={allowed} />}
        {isStillAllowed ? (
          <Button
            block
            disabled={held.length > 0}
            loading={act.isBusy ? '正在交，别关' : undefined}
            onPress={send}
          >
            {paper ? `看一遍${paper.title}` : actionWords(allowed, view)}
          </Button>
        ) : (
          <Button block kind='secondary' onPress={onClose}>
            现在不能这样办了，看最新的
          </Button>
        )}
      </SheetActions>
    </Sheet>
  )
}
