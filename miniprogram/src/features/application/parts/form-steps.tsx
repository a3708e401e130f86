import { View } from '@tarojs/components'
import { useRef } from 'react'
import type { ApplicationForm } from '#shared/contract/application'
import { applicantFieldsOf, isForOthers } from '#shared/domain/application/item-answers'
import type { Trouble } from '../../../platform/api'
import { openPage } from '../../../platform/navigation'
import { ConsentCard } from '../../../ui/feedback/consent-card'
import { Notice } from '../../../ui/feedback/notice'
import { TroubleView } from '../../../ui/feedback/trouble'
import { Button } from '../../../ui/form/button'
import { ActionBarSide, StickyActionBar } from '../../../ui/layout/action-bar'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Lead, Page } from '../../../ui/layout/page'
import { Progress } from '../../../ui/progress/progress'
import { Card } from '../../../ui/surface/card'
import { WithDays } from '../../../ui/surface/day'
import { Points } from '../../../ui/surface/points'
import { GuardianNeeded } from '../../account/parts/guardian-needed'
import { FILED_ALREADY, filedAllTold, filedIn, isTheirs } from '../../service-item/parts/filed-words'
import { callOf } from '../../service-item/parts/whom-to-call'
import { FormContext } from './form-context'
import { PhotosTold } from './photos-told'
import type { RawAnswers } from './raw-answers'
import { StepCheck } from './step-check'
import { StepFields } from './step-fields'
import { StepPapers } from './step-papers'
import type { FormStep } from './steps'
import { FILL_EMPTY, useFormSteps } from './use-form-steps'
import type { Who } from './who'
import {
  differencesOf,
  differencesTitle,
  filedForNamed,
  judgedByNumber,
  numberOf,
  obstacleIn,
  personNote,
  promiseOf,
} from './who-words'

type Way = ReturnType<typeof useFormSteps>

/** What is different without a power. */
function BelowPerson({ form, who, answers }: Pick<FormStepsProps, 'form' | 'who'> & { answers: RawAnswers }) {
  if (!isForOthers(form) || who.kind === 'self') return null
  if (obstacleIn(form, who.kind, answers) !== undefined) return null
  return (
    <Card className='mt-3' title={differencesTitle(form, who.kind, answers)}>
      <Points className='mt-3' points={differencesOf(form, answers)} />
    </Card>
  )
}

/** What the county asks of who applies, held against their number. */
function ByAge({ form, who, answers }: Pick<FormStepsProps, 'form' | 'who'> & { answers: RawAnswers }) {
  // The bar says it.
  const obstacle = obstacleIn(form, who.kind, answers)
  return judgedByNumber(form, numberOf(form, who.kind, answers)).flatMap(({ text, state, why }) =>
    // Of oneself one knows it.
    state === 'unknown' || why === null || (state === 'met' && who.kind === 'self')
      ? []
      : [
          <Notice
            key={text}
            className='mt-3'
            tone={state === 'met' ? 'bare' : 'today'}
            title={state === 'met' ? `${text}：够了` : `${text}：还不够`}
          >
            {why === obstacle ? null : why}
          </Notice>,
        ],
  )
}

interface DuplicateProps {
  caseId: string
  see?: string
  title: string
  words: string
}

function Duplicate({ caseId, see = '看办到哪', title, words }: DuplicateProps) {
  return (
    <Notice
      tone='soon'
      icon='info'
      title={title}
      action={{ words: see, onPress: () => openPage('features/case/timeline', { id: caseId }) }}
    >
      <WithDays words={words} />
    </Notice>
  )
}

/** Whoever goes on all the same is told what runs of theirs, or of whom they fill it in for. */
function FiledNotices({
  form,
  who,
  answers,
}: Pick<FormStepsProps, 'form' | 'who'> & { answers: RawAnswers }) {
  const told = filedIn(form)
  const filed = who.kind === 'self' ? told.filed.filter(isTheirs) : filedForNamed(form, answers)
  return filedAllTold(filed, told, '接着填').map((each) => (
    <View key={each.caseId} className='form-notice'>
      <Duplicate {...each} />
    </View>
  ))
}

interface TroubleOfFormProps extends Pick<FormStepsProps, 'form' | 'who' | 'onRegister'> {
  trouble: Trouble
  onRetry: () => void
}

/** What no field and no paper can show. */
function TroubleOfForm({ form, who, trouble, onRegister, onRetry }: TroubleOfFormProps) {
  const { code, caseId, title, detail } = trouble
  if (code === 'application.duplicate' && caseId !== undefined)
    return <Duplicate caseId={caseId} {...FILED_ALREADY} />
  if (code === 'application.slot-full' || trouble.errors.length > 0) {
    return <Notice tone='today'>{detail ?? title}</Notice>
  }
  if (code === 'account.guardian-needed') {
    return (
      <GuardianNeeded
        plainName={form.plainName}
        kept='没交上去，填的都还在。'
        onOwnNumber={{ words: '换成我自己的', onPress: onRegister }}
      />
    )
  }
  // Too many of them pending: the confirmed have as many as there are.
  const isTooMany = code === 'request.rate-limited' && form.realNameLevel < 3 && who.kind !== 'entry'
  return (
    <TroubleView
      trouble={trouble}
      title='没交上去'
      kept='你填的都还在。'
      onRetry={onRetry}
      {...(isTooMany ? { otherwise: '', instead: { words: '微信核一下', onPress: onRegister } } : {})}
    />
  )
}

function leadOf(
  { step, isFirst, isRestored, lacks, toBring, known, scope }: Way,
  who: Who,
  form: ApplicationForm,
) {
  if (step.kind === 'papers') {
    const must = toBring.filter(({ required }) => required).length
    return must === 0 ? '都可以不交，有就拍一张。' : `要交 ${must} 样，拍清楚就行。`
  }
  if (isRestored && isFirst && lacks)
    return step.title === FILL_EMPTY ? '上次留下的带过来了。' : `上次留下的带过来了，${FILL_EMPTY}。`
  if (isRestored && isFirst) return '上次填的都在，接着填。'
  if (step.kind === 'check') return '有不对的，点“改”。'
  if (step.key !== 'person' || obstacleIn(form, who.kind, scope.answers) !== undefined) return undefined
  if (step.isKnown) return '填好的，对的不用动。'
  return Object.keys(known).length > 0 ? undefined : personNote(who.kind, form, scope.answers)
}

/** Of whom it is not open to nothing else is asked: name and number may have been mistyped. */
function askedOf(step: FormStep & { kind: 'fields' }, { scope }: Way, form: ApplicationForm, who: Who) {
  if (step.key !== 'person' || obstacleIn(form, who.kind, scope.answers) === undefined) return step.fields
  const { name, number } = applicantFieldsOf(form)
  return step.fields.filter(({ key }) => key === name || key === number)
}

interface StepContentProps extends Pick<FormStepsProps, 'form' | 'who' | 'onRegister'> {
  way: Way
}

function StepContent({ way, form, who, onRegister }: StepContentProps) {
  const { step, toBring, isFree, missing } = way
  switch (step.kind) {
    case 'fields':
      return <StepFields title={step.title} fields={askedOf(step, way, form, who)} />
    case 'papers':
      return (
        <StepPapers
          toBring={toBring}
          free={way.materials.filter(isFree)}
          photos={way.scope.photos}
          missing={missing}
          onRegister={
            who.kind === 'self' &&
            form.realNameLevel < 3 &&
            toBring.some(({ credentialCode }) => credentialCode !== null)
              ? onRegister
              : undefined
          }
        />
      )
    case 'check':
      return (
        <StepCheck
          steps={way.steps}
          checked={way.checked}
          materials={way.materials}
          isFree={isFree}
          promise={promiseOf(who.kind, form, way.scope.answers)}
          isAgreed={way.isAgreed}
          onAgree={way.setAgreed}
          onEdit={way.change}
        />
      )
  }
}

interface FormStepsProps {
  form: ApplicationForm
  who: Who
  /** To be confirmed by WeChat half way, and to come back. */
  onRegister: () => void
  onReload: () => unknown
  /** Back from the first step. */
  onLeave: () => void
  onFiled: Parameters<typeof useFormSteps>[2]['onFiled']
  /** Another page has gone on with the draft. */
  onOvertaken: (draftId: string) => unknown
}

const SAVING_WORDS = { nothing: undefined, kept: '已自动保存', full: '手机满了，没存上' } as const

/** On, or, where the number shows that it cannot be filed, the ways that are left. */
function FormBar({
  form,
  who,
  way,
  onLeave,
}: Pick<FormStepsProps, 'form' | 'who' | 'onLeave'> & { way: Way }) {
  const { step, filing, scope } = way
  const obstacle = step.key === 'person' ? obstacleIn(form, who.kind, scope.answers) : undefined
  if (obstacle !== undefined) {
    const { side, away, call } = callOf(form)
    const why = `${obstacle}，还不能办。${step.isKnown ? '' : '号码写错了就改。'}`
    return (
      <StickyActionBar note={away === undefined ? why : `${why}${away}。`}>
        <ActionBarSide icon='phone' name={side} onPress={call} />
        <Button onPress={onLeave}>先不办，回去</Button>
      </StickyActionBar>
    )
  }
  return (
    <StickyActionBar {...way.note}>
      <Button loading={filing.isBusy ? '正在交，别关' : undefined} onPress={way.next}>
        {step.kind === 'check' ? '提交申请' : '下一步'}
      </Button>
    </StickyActionBar>
  )
}

/** Some are taken here, or it waits for them. */
const hasPhotos = (step: FormStep) =>
  step.kind !== 'fields' || step.fields.some(({ kind }) => kind === 'image')

/** One application from what is known to the promise; nothing typed is lost on the way. */
export function FormSteps({ form, who, onRegister, onReload, ...ways }: FormStepsProps) {
  const way = useFormSteps(form, who, { onSlotGone: onReload, ...ways })
  const { step, isFirst, filing } = way
  // A draft is gone on with where it was left.
  const opened = useRef(step.key)
  const isTold =
    who.kind === 'self'
      ? isFirst
      : who.kind === 'other' && (step.kind === 'check' || step.key === opened.current)
  return (
    <FormContext.Provider value={way.scope}>
      <Page
        className='form-page'
        head={<NavBar title={form.plainName} onBack={way.back} />}
        foot={<FormBar form={form} who={who} way={way} onLeave={ways.onLeave} />}
      >
        <Progress {...way.place} name={step.title} note={SAVING_WORDS[way.saving]} />
        <Lead title={step.title} note={leadOf(way, who, form)} />
        {isFirst && way.refusedBecause !== undefined && (
          <View className='form-notice'>
            <Notice icon='message' title='上次没办成，是因为'>
              {way.refusedBecause}
            </Notice>
          </View>
        )}
        {isTold && <FiledNotices form={form} who={who} answers={way.scope.answers} />}
        {who.kind === 'self' && form.filerName !== null && (isFirst || step.kind === 'check') && (
          <View className='form-notice'>
            <Notice icon='person'>申请人是你：{form.filerName}</Notice>
          </View>
        )}
        {filing.trouble && (
          <View className='form-notice'>
            <TroubleOfForm
              form={form}
              who={who}
              trouble={filing.trouble}
              onRegister={onRegister}
              onRetry={way.retry}
            />
          </View>
        )}
        {way.guardian.trouble && (
          <View className='form-notice'>
            <ConsentCard trouble={way.guardian.trouble} kept='填的都在。' onDone={way.agreeAsGuardian} />
          </View>
        )}
        {hasPhotos(step) && <PhotosTold photos={way.scope.photos} />}
        {!way.guardian.isInTheWay && <StepContent way={way} form={form} who={who} onRegister={onRegister} />}
        {step.key === 'person' && <ByAge form={form} who={who} answers={way.scope.answers} />}
        {isFirst && <BelowPerson form={form} who={who} answers={way.scope.answers} />}
      </Page>
    </FormContext.Provider>
  )
}
