import { useEffect, useState } from 'react'
import type { ApplicationForm, CaseCreated } from '#shared/contract/application'
import type { Answers } from '#shared/domain/application/answers'
import { call, type Trouble } from '../../../platform/api'
import { launchSource } from '../../../platform/source'
import { useAction } from '../../../platform/use-action'
import { belongsTo, type Faults, faultsByField } from './faults'
import { materialsOf } from './papers'
import type { FormStep } from './steps'
import type { AnswerSheet } from './use-answers'
import { filingOf, type Who } from './who'

/** Where the person has to go to mend what the server refused. */
export function stepOfTrouble(trouble: Trouble, steps: readonly FormStep[], faults: Faults) {
  const paths = [...faults.keys()]
  return steps.findIndex((step) => {
    if (step.kind === 'fields') {
      const isSlotGone =
        trouble.code === 'application.slot-full' && step.fields.some(({ kind }) => kind === 'slot')
      return isSlotGone || step.fields.some((field) => paths.some((path) => belongsTo(field, path)))
    }
    const isPaper = trouble.errors.some(({ pointer }) => pointer.startsWith('/materials'))
    return step.kind === 'papers' && (isPaper || trouble.code === 'upload.missing')
  })
}

/** Files the application; what the server refuses comes back as faults of the fields it names. */
export function useSubmit(
  form: ApplicationForm,
  who: Who,
  { photos, forget }: Pick<AnswerSheet, 'photos' | 'forget'>,
  onFiled: (created: CaseCreated) => unknown,
) {
  const { isBusy, trouble, run } = useAction()
  const [sent, setSent] = useState<Answers>()
  const submit = (answers: Answers) => {
    setSent(answers)
    const src = launchSource()
    const body = {
      serviceItemId: form.serviceItemId,
      answers,
      materials: materialsOf(form.materials, photos),
      ...filingOf(who),
      ...(src === undefined ? {} : { src }),
    }
    return run(
      () => call<CaseCreated>('POST', '/api/cases', body),
      (created) => {
        forget()
        return onFiled(created)
      },
    )
  }
  // What had arrived is with the office no more; the phone has it still.
  const isLost = trouble?.code === 'upload.missing'
  useEffect(() => {
    if (isLost) photos.sendAllAnew()
  }, [isLost, photos])
  const faults: Faults = trouble ? faultsByField(form.fields, trouble.errors) : new Map()
  return { isBusy, trouble, faults, sent, submit }
}
