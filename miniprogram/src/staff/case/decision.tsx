import { View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { platform } from '../../platform'
import { aria } from '../../platform/aria'
import { useElderMode } from '../../platform/elder-mode'
import { usePageParameter } from '../../platform/navigation'
import { writeIn } from '../../platform/scroll'
import { useDraft } from '../../platform/use-draft'
import { useRequest } from '../../platform/use-request'
import { Button } from '../../ui/form/button'
import { RadioList } from '../../ui/form/choice-list'
import { StickyActionBar } from '../../ui/layout/action-bar'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Card } from '../../ui/surface/card'
import '../../ui/styles/desk'
import '../../ui/styles/staff.css'
import { hasSheet, only, type SheetAllowed } from './parts/action-forms'
import { ActionSheet } from './parts/action-sheet'
import { Approvals } from './parts/approvals'
import { Answers, CaseHead, ChangedSince, Declared, Past, Steps, Unconfirmed } from './parts/case-cards'
import './parts/case.css'
import { ReasonBox } from '../../ui/form/reason-box'
import { AmountField, useAmount } from './parts/amount-field'
import { choiceWords, isJoining } from './parts/choice-words'
import { nearestWords } from './parts/clocks'
import { useDecisionPapers } from './parts/decision-papers'
import { type DecisionActs, DecisionKeys, DeskDecision } from './parts/desk-decision'
import { DisownedNotice } from './parts/disowned-notice'
import { IdentitySheet } from './parts/identity-sheet'
import { Kbd } from './parts/kbd'
import { Opinions } from './parts/opinions'
import { Papers } from './parts/papers'
import { askedReason, awaitReason, type Choice, isChoice, reasonIdOf, reasonNameOf } from './parts/reasons'
import { SigningSheet } from './parts/signing-sheet'
import { Supplement } from './parts/supplement'
import { lateWords } from './parts/trouble-notice'
import { Unready } from './parts/unready'
import { IDENTITY_DOOR, ownAct, useAct } from './parts/use-act'
import { useAskedAhead } from './parts/use-asked-ahead'
import { useDesk, useKeyboardThere } from './parts/use-desk'
import { useLeave } from './parts/use-leave'
import { useReplies } from './parts/use-replies'
import { Warned } from './parts/warned'

/** What a choice asks for is said before it is chosen. */
const optionOf = (view: CaseView) => (one: AllowedAction) => {
  const { label, note } = choiceWords(view, actionOf(one))
  const isAgainst = one.action === 'grant' && one.reasonRequired
  return { value: one.action, label, note: isAgainst ? '前面有一步不同意，要写理由' : note }
}

/** In place of a decision: more time, or back to the step before. */
const isBeside =
  (stepKey: string | undefined) =>
  ({ action, stepKey: at }: AllowedAction) =>
    (action === 'return' || action === 'extend') && (stepKey === undefined || at === stepKey)

const isDecision = ({ action }: AllowedAction) => isChoice(action)

/** Written for 不予, and only where a step before said no for 准予 too. */
function useReasons(caseId: string) {
  const drafts = {
    grant: useDraft(reasonNameOf(caseId, 'grant'), ''),
    refuse: useDraft(reasonNameOf(caseId, 'refuse'), ''),
  }
  // A former version kept one reason for either choice: whose it was is not known, so it is put before no decision.
  useEffect(() => platform.remove(`decision:${caseId}`), [caseId])
  return {
    drafts,
    /** What is sent with it, and so what is read before it is signed. */
    sentWith: (one: AllowedAction | undefined) =>
      one?.reasonRequired ? drafts[actionOf(one)].draft.trim() : '',
    forget() {
      drafts.grant.forget()
      drafts.refuse.forget()
    },
  }
}

interface FormProps {
  view: CaseView
  stepKey: string | undefined
  asked: string | undefined
  reload: () => Promise<unknown>
}

function useDecision({ view, stepKey, asked, reload }: FormProps) {
  const choices = (view.staff?.allowed ?? []).filter(
    (each) => isDecision(each) && (stepKey === undefined || each.stepKey === stepKey),
  )
  const reasons = useReasons(view.id)
  const needsReason = (action: string | undefined) =>
    choices.some((each) => each.action === action && each.reasonRequired)
  // What was being written when one left.
  const [chosen, setChosen] = useState(asked ?? only(choices.filter(reasons.sentWith))?.action)
  // Each time that a choice comes by a key: what follows is meant for its reason, and no letter of it for the page.
  const [askedFor, setAskedFor] = useState(needsReason(asked) ? 1 : 0)
  const hasKeys = useKeyboardThere()
  const reasonId = reasonIdOf(view.id)
  const wasAsked = asked !== undefined
  useEffect(() => {
    // Asked for by key, and no reason after all: what waited for it is let go.
    if (hasKeys && (askedFor > 0 || wasAsked)) writeIn(reasonId)
  }, [hasKeys, askedFor, wasAsked, reasonId])
  const [wasTried, setTried] = useState(false)
  const [signing, setSigning] = useState<AllowedAction>()
  const [isChecking, setChecking] = useState(false)
  const [other, setOther] = useState<SheetAllowed>()
  const act = useAct(view, reload)
  const leave = useLeave()
  const allowed = choices.find(({ action }) => action === chosen)
  const others = (view.staff?.allowed ?? []).filter(hasSheet).filter(isBeside(stepKey))
  const amount = useAmount(view.id, allowed)
  const isMissing = allowed?.reasonRequired === true && reasons.sentWith(allowed).length < 2
  const look = () => {
    setTried(true)
    if (isMissing) return writeIn(reasonId)
    if (allowed && !amount.isMissing) setSigning(allowed)
  }
  /** By key: the second stroke of the same goes to what is still to be written, or looks it through. */
  const choose = (action: Choice) => {
    if (action === chosen) return isMissing ? writeIn(reasonId) : look()
    setChosen(action)
    if (!needsReason(action)) return
    setAskedFor(askedFor + 1)
    if (hasKeys) awaitReason(view.id, action)
  }
  const sign = async () => {
    if (!signing) return
    const { action, unitId, stepKey: at } = signing
    const text = reasons.sentWith(signing)
    const body = {
      action,
      unitId,
      stepKey: at,
      version: view.version,
      ...(text ? { reason: text } : {}),
      ...amount.sent,
    }
    if (await act.send('actions', body, choiceWords(view, actionOf(signing)).done)) {
      reasons.forget()
      amount.forget()
      setSigning(undefined)
      leave()
    }
  }
  const front = signing?.action ?? other?.action ?? (isChecking ? IDENTITY_DOOR : undefined)
  const own = ownAct(act, front)
  const close = () => {
    own.forget()
    setOther(undefined)
    setSigning(undefined)
    setChecking(false)
  }
  return {
    choices,
    others,
    other,
    setOther,
    chosen,
    setChosen,
    reasons,
    wasTried,
    signing,
    isChecking,
    check: view.staff?.mayConfirmIdentity ? () => setChecking(true) : undefined,
    act,
    front,
    own,
    allowed,
    isMissing,
    amount,
    look,
    choose,
    sign,
    close,
    leave,
  }
}

type DecisionState = ReturnType<typeof useDecision>

function ChoiceCard({ view, decision }: { view: CaseView; decision: DecisionState }) {
  const { allowed, choices, chosen, reasons, wasTried, isMissing, amount } = decision
  const written = reasons.drafts[actionOf(allowed)]
  const offered = useReplies(allowed?.unitId ?? '', view.serviceItemId)
  const isElder = useElderMode((mode) => mode.elder)
  // In large letters the days stand further down.
  const hasDaysBelow = useDesk() && isElder
  const title = isJoining(view) ? '统一出件' : '你的决定'
  return (
    <Card
      title={title}
      className='mt-3 decide'
      side={hasDaysBelow && <View className='small muted'>{nearestWords(view)}</View>}
    >
      {choices.length === 0 ? (
        <View>现在不能在这里决定，回去看最新的。</View>
      ) : (
        <RadioList
          label={title}
          options={choices.map(optionOf(view))}
          value={chosen}
          onChange={decision.setChosen}
        />
      )}
      <Warned allowed={allowed ?? choices[0]} />
      {allowed?.amountAsked && (
        <AmountField
          allowed={{ ...allowed, amountAsked: allowed.amountAsked }}
          amount={amount}
          wasTried={wasTried}
        />
      )}
      {allowed?.reasonRequired === true && choices.length > 0 && (
        <View className='mt-4'>
          <ReasonBox
            key={allowed.action}
            id={reasonIdOf(view.id)}
            {...askedReason(view, actionOf(allowed))}
            phrases={offered(allowed.action, askedReason(view, actionOf(allowed)).phrases)}
            value={written.draft}
            onChange={written.change}
            error={wasTried && isMissing ? '写明理由，至少 2 个字' : undefined}
          />
        </View>
      )}
    </Card>
  )
}

const alertOf = (decision: DecisionState, view: CaseView) => {
  const { front, act, wasTried, isMissing, amount, allowed, choices } = decision
  const late = lateWords(view, act, front)
  if (late !== undefined) return late
  if (!wasTried) return undefined
  if (isMissing) return '写明理由再签发'
  if (amount.isMissing) return '写明发多少钱再签发'
  if (allowed || choices.length === 0) return undefined
  return choices.length > 1 ? '先选准予还是不予' : `先选${choiceWords(view, actionOf(choices[0])).label}`
}

const actionOf = (one: AllowedAction | undefined) => (one?.action === 'refuse' ? 'refuse' : 'grant')

/** What the filled button leads to: the choice, else the first that is offered. */
const signedOf = ({ allowed, choices }: DecisionState) => actionOf(allowed ?? choices[0])

function actsOf({ choices, allowed, choose, check }: DecisionState): DecisionActs {
  const act = (action: Choice) =>
    choices.some((each) => each.action === action) ? () => choose(action) : undefined
  return {
    // A letter that was meant for a reason would turn the choice: it is taken back at the other one itself.
    onGrant: allowed?.reasonRequired && allowed.action !== 'grant' ? undefined : act('grant'),
    onRefuse: allowed?.reasonRequired && allowed.action !== 'refuse' ? undefined : act('refuse'),
    onIdentity: check,
  }
}

function DecisionForm(props: FormProps) {
  const { view } = props
  const decision = useDecision(props)
  const isDesk = useDesk()
  const hasKeys = useKeyboardThere()
  const { choices, allowed, reasons, signing, own } = decision
  const draft = decision.amount.written(
    view.staff?.decisionDrafts.find(
      ({ action, stepKey }) => action === allowed?.action && stepKey === allowed.stepKey,
    ),
  )
  const tabs = useDecisionPapers(draft)
  const alert = alertOf(decision, view)
  const signed = signedOf(decision)
  const over = (
    <>
      {signing && (
        <SigningSheet
          view={view}
          allowed={signing}
          reason={reasons.sentWith(signing)}
          draft={isDesk ? undefined : draft}
          beside={isDesk ? tabs : undefined}
          act={own}
          onSign={() => void decision.sign()}
          onClose={decision.close}
        />
      )}
      {decision.other && (
        <ActionSheet view={view} allowed={decision.other} act={own} onClose={decision.close} />
      )}
      {decision.isChecking && <IdentitySheet view={view} act={own} onClose={decision.close} />}
    </>
  )
  const button =
    choices.length === 0 ? (
      <Button onPress={decision.leave}>回去看最新的</Button>
    ) : (
      <Button onPress={decision.look}>
        看一遍，{choiceWords(view, signed).look}
        {hasKeys && <Kbd letter={signed === 'refuse' ? 'f' : 'g'} />}
      </Button>
    )
  const acts = actsOf(decision)
  if (isDesk) {
    return (
      <DeskDecision
        view={view}
        draft={draft}
        tabs={tabs}
        reason={reasons.sentWith(allowed)}
        bar={
          <View className='case__acts'>
            {button}
            {decision.others.map((one) => (
              <Button key={one.action} kind='quiet' onPress={() => decision.setOther(one)}>
                {one.label}
              </Button>
            ))}
            {alert && (
              <View className='late strong' {...aria({ role: 'alert' })}>
                {alert}
              </View>
            )}
          </View>
        }
        over={over}
        acts={acts}
      >
        <DisownedNotice view={view} className='mb-3' />
        <Unconfirmed view={view} className='mb-3' onIdentity={decision.check} />
        <Declared view={view} className='mb-3' />
        <ChoiceCard view={view} decision={decision} />
      </DeskDecision>
    )
  }
  return (
    <Page
      className='staff-page'
      head={<NavBar title='作决定' backTo='staff/case/queue' />}
      foot={<StickyActionBar {...(alert ? { note: alert, alert: true } : {})}>{button}</StickyActionBar>}
      over={
        <>
          {over}
          {hasKeys && <DecisionKeys acts={acts} />}
        </>
      }
    >
      <CaseHead view={view} />
      <DisownedNotice view={view} className='mb-3' />
      <Unconfirmed view={view} className='mb-3' onIdentity={decision.check} />
      <Declared view={view} className='mb-3' />
      <Supplement view={view} />
      <ChangedSince view={view} />
      <Opinions view={view} of='all' />
      <Approvals approvals={view.staff?.approvals ?? []} />
      <ChoiceCard view={view} decision={decision} />
      <Answers view={view} />
      <Papers view={view} />
      <Steps steps={view.staff?.steps ?? []} />
      <Past view={view} />
    </Page>
  )
}

function StaffDecision() {
  const id = usePageParameter('id')
  const stepKey = usePageParameter('stepKey')
  const { ahead, keys } = useAskedAhead(id, usePageParameter('action'))
  const { loaded, reload } = useRequest<CaseView>(id && `/api/cases/${id}`)
  if (loaded.state === 'ready' && loaded.value.staff) {
    return <DecisionForm view={loaded.value} stepKey={stepKey} asked={ahead} reload={reload} />
  }
  return (
    <Unready
      title='作决定'
      {...{ loaded, reload }}
      keys={loaded.state === 'loading' ? keys : {}}
      notTheirs={{ title: '这件是你自己的', note: '自己的事由别人定。' }}
    />
  )
}

export default asPage(StaffDecision)
