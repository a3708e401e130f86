import { useEffect, useState } from 'react'
import type { ApplicationForm } from '#shared/contract/application'
import type { Answers } from '#shared/domain/application/answers'
import type { Trouble } from '../../../platform/api'
import { useAction } from '../../../platform/use-action'
import { ask } from '../../../ui/feedback/question'
import { draftKeyOf, findDraft, forgetFiledFrom } from './drafts'
import { belongsTo, type Faults, faultsByField } from './faults'
import { type Filed, fileOnce } from './file-once'
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

/** What they changed since did not go along: 行政许可法 第31条, they answer for what stands in it. */
const TOLD_BEFORE = {
  unanswered: {
    title: '上次点提交，已经交上了',
    words: '交上的是那时候填的，后来改的没跟上。要改，打电话告诉办理单位。',
  },
  elsewhere: {
    title: '这一份在另一页交上了',
    words: '交上的是那一页填的，这一页要是改过，没跟上。要改，打电话告诉办理单位。',
  },
} as const

/** Files the application; what the server refuses comes back as faults of the fields it names. */
export function useSubmit(
  form: ApplicationForm,
  who: Who,
  { draftId, photos, keep, forget }: Pick<AnswerSheet, 'draftId' | 'photos' | 'keep' | 'forget'>,
  onFiled: (created: Filed['created'], draftId: string, answers: Answers) => unknown,
) {
  const { isBusy, trouble, run } = useAction()
  const [sent, setSent] = useState<Answers>()
  const draftKey = draftKeyOf(form.serviceItemId, who)
  const submit = (answers: Answers) => {
    setSent(answers)
    keep()
    const renews = findDraft(draftKey)?.renews
    const content = {
      serviceItemId: form.serviceItemId,
      answers,
      materials: materialsOf(form.materials, photos),
      ...filingOf(who),
      // Nothing is handed in before it is ticked.
      commitment: true as const,
      ...(renews === undefined ? {} : { renews }),
    }
    return run(
      () => fileOnce(draftKey, content),
      async ({ created, before }) => {
        forget()
        if (before !== null) await ask({ ...TOLD_BEFORE[before], confirm: '知道了' })
        return onFiled(created, draftId, answers)
      },
    )
  }
  // What had arrived is with the office no more; the phone has it still.
  const isLost = trouble?.code === 'upload.missing'
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer, of what stands in the form then
  useEffect(() => {
    if (!isLost) return
    photos.sendAllAnew()
    // What another tab has filed of it has come to nothing since.
    forgetFiledFrom(draftKey)
    keep()
  }, [isLost, photos])
  const faults: Faults = trouble ? faultsByField(form.fields, trouble.errors) : new Map()
  return { isBusy, trouble, faults, sent, submit }
}
