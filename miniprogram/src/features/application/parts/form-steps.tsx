import { View } from '@tarojs/components'
import type { ApplicationForm } from '#shared/contract/application'
import type { Trouble } from '../../../platform/api'
import { openPage } from '../../../platform/navigation'
import { Notice } from '../../../ui/feedback/notice'
import { TroubleView } from '../../../ui/feedback/trouble'
import { Button } from '../../../ui/form/button'
import { StickyActionBar } from '../../../ui/layout/action-bar'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Lead, Page } from '../../../ui/layout/page'
import { Progress } from '../../../ui/progress/progress'
import { FormContext } from './form-context'
import { StepCheck } from './step-check'
import { StepFields } from './step-fields'
import { StepPapers } from './step-papers'
import { useFormSteps } from './use-form-steps'

type Way = ReturnType<typeof useFormSteps>

function Duplicate({ caseId }: { caseId: string }) {
  return (
    <Notice
      tone='soon'
      icon='info'
      title='这件事你已经在办了'
      action={{ words: '看办到哪', onPress: () => openPage('features/case/timeline', { id: caseId }) }}
    >
      不用再交一次。
    </Notice>
  )
}

/** What no field and no paper can show. */
function TroubleOfForm({ trouble, onRetry }: { trouble: Trouble; onRetry: () => void }) {
  const { code, caseId, title, detail } = trouble
  if (code === 'application.duplicate' && caseId !== undefined) return <Duplicate caseId={caseId} />
  if (code === 'application.slot-full' || trouble.errors.length > 0) {
    return <Notice tone='today'>{detail ?? title}</Notice>
  }
  return <TroubleView trouble={trouble} title='没交上去' kept='你填的都还在。' onRetry={onRetry} />
}

function leadOf({ step, known, isRestored, toBring }: Way) {
  if (step.kind === 'papers') {
    const must = toBring.filter(({ required }) => required).length
    return must === 0 ? '都可以不交，有就拍一张。' : `要交 ${must} 样，拍清楚就行。`
  }
  if (step.kind === 'check') return '有不对的，点“改”。'
  if (step.key !== 'person') return undefined
  if (isRestored) return '上次填的都在，接着填。'
  return Object.keys(known).length > 0 ? '填好的，对的不用动。' : undefined
}

function StepContent({ way, form, onRegister }: { way: Way; form: ApplicationForm; onRegister: () => void }) {
  const { step, toBring, isFree, missing } = way
  switch (step.kind) {
    case 'fields':
      return <StepFields title={step.title} fields={step.fields} />
    case 'papers':
      return (
        <StepPapers
          toBring={toBring}
          free={form.materials.filter(isFree)}
          photos={way.scope.photos}
          missing={missing}
          onRegister={
            form.realNameLevel < 3 && toBring.some(({ credentialCode }) => credentialCode !== null)
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
          materials={form.materials}
          isFree={isFree}
          isAgreed={way.isAgreed}
          onAgree={way.setAgreed}
          onEdit={way.go}
        />
      )
  }
}

interface FormStepsProps {
  form: ApplicationForm
  /** To be confirmed by WeChat half way, and to come back. */
  onRegister: () => void
  onReload: () => unknown
}

/** One application from what is known to the promise; nothing typed is lost on the way. */
export function FormSteps({ form, onRegister, onReload }: FormStepsProps) {
  const way = useFormSteps(form, onReload)
  const { step, steps, at, filing } = way
  return (
    <FormContext.Provider value={way.scope}>
      <Page
        head={<NavBar title={form.plainName} onBack={way.back} />}
        foot={
          <StickyActionBar {...way.note}>
            <Button loading={filing.isBusy ? '正在交，别关' : undefined} onPress={way.next}>
              {step.kind === 'check' ? '提交申请' : '下一步'}
            </Button>
          </StickyActionBar>
        }
      >
        <Progress step={at + 1} of={steps.length} name={step.title} note='已自动保存' />
        <Lead title={step.title} note={leadOf(way)} />
        {at === 0 && form.duplicateCaseId !== null && (
          <View className='form-notice'>
            <Duplicate caseId={form.duplicateCaseId} />
          </View>
        )}
        {filing.trouble && (
          <View className='form-notice'>
            <TroubleOfForm trouble={filing.trouble} onRetry={way.next} />
          </View>
        )}
        <StepContent way={way} form={form} onRegister={onRegister} />
      </Page>
    </FormContext.Provider>
  )
}
