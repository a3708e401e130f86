import { View } from '@tarojs/components'
import { useEffect, useMemo, useState } from 'react'
import type { ApplicationForm } from '#shared/contract/application'
import type { Field, Material } from '#shared/domain/service-item/item'
import type { Trouble } from '../../../platform/api'
import { goBack, openPage } from '../../../platform/navigation'
import { Notice } from '../../../ui/feedback/notice'
import { TroubleView } from '../../../ui/feedback/trouble'
import { Button } from '../../../ui/form/button'
import { StickyActionBar } from '../../../ui/layout/action-bar'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Lead, Page } from '../../../ui/layout/page'
import { Progress } from '../../../ui/progress/progress'
import { AnswerField } from './answer-field'
import { draftKeyOfItem } from './drafts'
import { type Faults, faultsOf, idOfPath, labelOf } from './faults'
import { FormContext, type FormScope, rulesOf } from './form-context'
import { unsentCount, uploadedIds } from './photos'
import { scrollToField, scrollToTop } from './scroll'
import { StepCheck } from './step-check'
import { StepFields } from './step-fields'
import { StepPapers } from './step-papers'
import { type FormStep, planSteps } from './steps'
import { useAnswers } from './use-answers'
import { placeOfPaper, stepOfTrouble, useSubmit } from './use-submit'

const knownOf = (form: ApplicationForm) =>
  Object.fromEntries(form.prefills.map(({ key, value }) => [key, value] as const))

function isFreeIn(form: ApplicationForm) {
  const onFile = new Set(form.onFileCredentialCodes)
  return ({ kind, credentialCode }: Material) =>
    kind === 'generated' || (credentialCode !== null && onFile.has(credentialCode))
}

/** Problems that a field or a paper cannot show. */
function TroubleOfForm({ trouble, onRetry }: { trouble: Trouble; onRetry: () => void }) {
  const { code, caseId } = trouble
  if (code === 'application.duplicate' && caseId !== undefined) return <Duplicate caseId={caseId} />
  if (code === 'application.slot-full' || trouble.errors.length > 0) {
    return <Notice tone='today'>{trouble.title}</Notice>
  }
  return <TroubleView trouble={trouble} title='没交上去' kept='你填的都还在。' onRetry={onRetry} />
}

function Duplicate({ caseId }: { caseId: string }) {
  return (
    <Notice
      tone='soon'
      title='这件事你已经在办了'
      action={{ words: '看办到哪', onPress: () => openPage('features/case/timeline', { id: caseId }) }}
    >
      不用再交一次。
    </Notice>
  )
}

const wordsOfFaults = (fields: readonly Field[], paths: readonly string[]) =>
  `还有 ${paths.length} 处要改：${labelOf(fields, paths[0] ?? '')}`

/** The steps of one application, from what is known to the promise; nothing typed is lost on the way. */
export function FormSteps({ form, onReload }: { form: ApplicationForm; onReload: () => unknown }) {
  const rules = useMemo(() => rulesOf(form), [form])
  const [known] = useState(() => knownOf(form))
  const sheet = useAnswers({
    draftKey: draftKeyOfItem(form.serviceItemId),
    plainName: form.plainName,
    fields: form.fields,
    rules,
    known,
  })
  const { photos, shown, answers } = sheet
  const photoState = photos.use()
  const { isBusy, trouble, faults: refused, paperFaults, sent, submit } = useSubmit(form, photos)
  const [checkedSteps, setCheckedSteps] = useState<readonly string[]>([])
  const [isAgreed, setAgreed] = useState(false)
  const isFree = isFreeIn(form)
  const toBring = form.materials.filter((material) => !isFree(material))
  const steps = planSteps(shown, ({ key }) => key in known, toBring)
  const at = Math.min(sheet.step, steps.length - 1)
  const step = steps[at]
  const isChecked = step !== undefined && checkedSteps.includes(step.key)
  const missing = new Map(
    toBring
      .filter(({ name, required }) => required && uploadedIds(photoState.byPlace[placeOfPaper(name)]).length === 0)
      .map(({ name }) => [name, `还差“${name}”`] as const),
  )
  const unsent = unsentCount(photoState)
  // What the server refused is shown until the answers are others.
  const faults: Faults = sent === sheet.checked && refused.size > 0 ? refused : isChecked ? sheet.faults : new Map()

  useEffect(() => {
    if (!trouble) return
    if (trouble.code === 'application.slot-full') void onReload()
    const target = stepOfTrouble(trouble, steps, refused)
    if (target >= 0) sheet.setStep(target)
    // Once for each answer of the server.
    // biome-ignore lint/correctness/useExhaustiveDependencies: the trouble is the event
  }, [trouble])

  if (!step) return null
  const go = (next: number) => {
    sheet.setStep(next)
    scrollToTop()
  }
  const back = () => (at === 0 ? goBack('features/service-item/home') : go(at - 1))
  const wrong = wrongIn(step, sheet.faults)

  const next = () => {
    setCheckedSteps([...checkedSteps, step.key])
    const [first] = wrong
    if (first !== undefined) return scrollToField(idOfPath(first))
    if (step.kind === 'papers') {
      const [paper] = missing.keys()
      if (paper !== undefined) return scrollToField(placeOfPaper(paper))
    }
    if (step.kind !== 'check') return go(at + 1)
    finish()
  }
  const finish = () => {
    const open = steps.findIndex((each) => wrongIn(each, sheet.faults).length > 0)
    const target = open >= 0 ? open : missing.size > 0 ? steps.findIndex(({ kind }) => kind === 'papers') : -1
    if (target >= 0) {
      setCheckedSteps(steps.map(({ key }) => key))
      return go(target)
    }
    if (!isAgreed) return scrollToField('promise')
    if (unsent === 0 && sheet.checked) void submit(sheet.checked)
  }
  const scope: FormScope = {
    fields: form.fields,
    answers,
    setAnswer: sheet.setAnswer,
    faults,
    choices: form.choices,
    slots: form.slots,
    rules,
    photos,
    sources: new Map(form.prefills.map(({ key, source }) => [key, source])),
    prefilled: known,
    Question: AnswerField,
  }
  const note = noteOf({ step, fields: form.fields, wrong, isChecked, missing: missing.size, unsent, isAgreed })
  return (
    <FormContext.Provider value={scope}>
      <Page
        head={<NavBar title={form.plainName} onBack={back} />}
        foot={
          <StickyActionBar {...note}>
            <Button loading={isBusy ? '正在交，别关' : undefined} onPress={next}>
              {step.kind === 'check' ? '提交申请' : '下一步'}
            </Button>
          </StickyActionBar>
        }
      >
        <Progress step={at + 1} of={steps.length} name={step.title} note='已自动保存' />
        <Lead title={step.title} note={leadOf(step, known, toBring.length)} />
        {trouble && (
          <View className='mt-3'>
            <TroubleOfForm trouble={trouble} onRetry={next} />
          </View>
        )}
        {at === 0 && form.duplicateCaseId !== null && <Duplicate caseId={form.duplicateCaseId} />}
        <View className='mt-3'>
          {step.kind === 'fields' && <StepFields fields={step.fields} />}
          {step.kind === 'papers' && (
            <StepPapers
              toBring={toBring}
              free={form.materials.filter(isFree)}
              photos={photos}
              faults={isChecked ? missing : new Map(paperFaults.map(({ message }) => ['', message]))}
              mayBeFree={form.realNameLevel < 3 && toBring.some(({ credentialCode }) => credentialCode !== null)}
              isWaiting={hasWaiting(photoState.byPlace)}
            />
          )}
          {step.kind === 'check' && (
            <StepCheck
              steps={steps}
              checked={sheet.checked}
              materials={form.materials}
              isFree={isFree}
              isAgreed={isAgreed}
              onAgree={setAgreed}
              onEdit={go}
            />
          )}
        </View>
      </Page>
    </FormContext.Provider>
  )
}
