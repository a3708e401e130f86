import { useEffect, useMemo, useState } from 'react'
import type { AnswerContext, Answers } from '#shared/domain/application/answers'
import { fieldsShown } from '#shared/domain/application/conditions'
import { withNumbersRead } from '#shared/domain/application/from-number'
import { validateAnswers } from '#shared/domain/application/validate-answers'
import type { Field } from '#shared/domain/service-item/item'
import { findDraft, saveDraft } from './drafts'
import { type Faults, faultsByField } from './faults'
import { createPhotos, draftPhotosOf, type Photo, type PhotoBox, uploadedIds } from './photos'
import { type RawAnswers, toAnswers, withAnswerAt } from './raw-answers'

interface Subject {
  readonly draftKey: string
  readonly plainName: string
  readonly fields: readonly Field[]
  readonly rules: AnswerContext
  /** What is known before anybody types. */
  readonly known: RawAnswers
}

export interface AnswerSheet {
  readonly answers: RawAnswers
  readonly setAnswer: (path: string, value: unknown) => void
  readonly shown: readonly Field[]
  readonly photos: PhotoBox
  /** Everything that is wrong now, on whatever step. */
  readonly faults: Faults
  /** The checked answers, once nothing is wrong. */
  readonly checked: Answers | undefined
  readonly step: number
  readonly setStep: (step: number) => void
  /** A draft of an earlier day stands in the form. */
  readonly isRestored: boolean
}

const SAVING_PAUSE_MS = 300

const filled = (answers: RawAnswers) =>
  Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined && value !== ''))

const photosIn = (fields: readonly Field[], byPlace: Readonly<Record<string, readonly Photo[]>>) =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const ids = field.kind === 'image' ? uploadedIds(byPlace[field.key]) : []
      return ids.length > 0 ? [[field.key, ids]] : []
    }),
  )

/** The answers of one form: from the draft or from what is known, checked as one types, and kept on the phone. */
export function useAnswers({ draftKey, plainName, fields, rules, known }: Subject): AnswerSheet {
  const [draft] = useState(() => findDraft(draftKey))
  const [typed, setAnswers] = useState<RawAnswers>(() => ({ ...known, ...draft?.answers }))
  const answers = useMemo(() => withNumbersRead(fields, typed, rules.agent), [fields, typed, rules.agent])
  const [photos] = useState(() => createPhotos(draft?.photos ?? {}))
  const [step, setStep] = useState(draft?.step ?? 0)
  const [isTouched, setTouched] = useState(false)
  const photoState = photos.use()
  useEffect(() => photos.sendWhenOnline(), [photos])
  // Papers on file open half way, when WeChat has confirmed who it is: they fill what is still empty.
  useEffect(() => setAnswers((before) => ({ ...known, ...filled(before) })), [known])
  const { byPlace } = photoState
  const hasPhotos = Object.keys(byPlace).length > 0
  useEffect(() => {
    if (!isTouched && !hasPhotos) return
    const timer = setTimeout(
      () => saveDraft({ key: draftKey, plainName, step, answers, photos: draftPhotosOf(photoState) }),
      SAVING_PAUSE_MS,
    )
    return () => clearTimeout(timer)
  }, [draftKey, plainName, step, answers, photoState, isTouched, hasPhotos])
  const { checked, faults, shown } = useMemo(() => {
    const given = { ...toAnswers(fields, answers), ...photosIn(fields, byPlace) }
    const result = validateAnswers({ fields }, given, rules)
    return {
      shown: fieldsShown({ fields }, given, rules.agent),
      checked: result.ok ? result.value : undefined,
      faults: faultsByField(fields, result.ok ? [] : result.error),
    }
  }, [fields, answers, rules, byPlace])
  return {
    answers,
    setAnswer: (path, value) => {
      setTouched(true)
      setAnswers((before) => withAnswerAt(before, path, value))
    },
    shown,
    photos,
    faults,
    checked,
    step,
    setStep: (next) => {
      setTouched(true)
      setStep(next)
    },
    isRestored: draft !== undefined,
  }
}
