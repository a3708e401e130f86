import { useDidShow } from '@tarojs/taro'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { AnswerContext, Answers } from '#shared/domain/application/answers'
import { fieldsShown } from '#shared/domain/application/conditions'
import { withNumbersRead } from '#shared/domain/application/from-number'
import { childrenIn } from '#shared/domain/application/item-answers'
import { validateAnswers } from '#shared/domain/application/validate-answers'
import type { Field } from '#shared/domain/service-item/item'
import { areKept } from '../../../platform/upload-queue'
import { useKeeping } from '../../../platform/use-keeping'
import { type Draft, filedFrom, findDraft, newDraftId, removeDraft, roundOf, saveDraft } from './drafts'
import { type Faults, faultsByField } from './faults'
import { withFirstRows } from './first-row'
import { createPhotos, type Photo, type PhotoBox, uploadedIds, usePhotos } from './photos'
import { type RawAnswers, toAnswers, withAnswerAt } from './raw-answers'

interface Subject {
  readonly draftKey: string
  readonly plainName: string
  readonly fields: readonly Field[]
  readonly rules: AnswerContext
  /** What is known before anybody types. */
  readonly known: RawAnswers
  /** Known cells of first rows by their path; missing where tables do not begin with who applies. */
  readonly knownRows?: RawAnswers | undefined
  /** The field with the name of somebody else who applies: by it their draft is found again. */
  readonly nameKey?: string | undefined
  /** Another page has written the draft, or handed it in, while this one lay below it: it is to be read anew. */
  readonly onOvertaken: (draftId: string) => unknown
}

export interface AnswerSheet {
  /** Of the draft that stands in the form. */
  readonly draftId: string
  readonly answers: RawAnswers
  readonly setAnswer: (path: string, value: unknown) => void
  readonly shown: readonly Field[]
  readonly photos: PhotoBox
  /** Everything that is wrong now, on whatever step. */
  readonly faults: Faults
  /** The checked answers, once nothing is wrong. */
  readonly checked: Answers | undefined
  /** Somebody under fourteen, as far as it is typed. */
  readonly namesChild: boolean
  /** Undefined as long as nobody has gone to one. */
  readonly step: number | undefined
  readonly setStep: (step: number) => void
  /** Where it opened, for the draft; nobody has gone there. */
  readonly openAt: (step: number) => void
  /** A draft of an earlier day stands in the form. */
  readonly isRestored: boolean
  readonly saving: Saving
  /** Why the same was refused before. */
  readonly refusedBecause: string | undefined
  /** Of what was asked about: said to be right as it was. */
  readonly confirmed: readonly string[]
  readonly confirm: (key: string) => void
  /** Before it is handed in: a form in which nothing was typed has no draft yet, and an answer may be lost. */
  readonly keep: () => void
  /** What was filled in has been handed in: nothing of it stays on the phone. */
  readonly forget: () => void
}

/** `full`: the phone took no more, and what was typed is on this page alone. */
export type Saving = 'nothing' | 'kept' | 'full'

/** An empty text is an answer: somebody has emptied it. */
const given = (answers: RawAnswers) =>
  Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined))

const wordsAt = (answers: RawAnswers, key: string | undefined) => {
  const words = key === undefined ? undefined : answers[key]
  return typeof words === 'string' ? words.trim() : ''
}

const photosIn = (fields: readonly Field[], byPlace: Readonly<Record<string, readonly Photo[]>>) =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const ids = field.kind === 'image' ? uploadedIds(byPlace[field.key]) : []
      return ids.length > 0 ? [[field.key, ids]] : []
    }),
  )

/** Keeps a draft on the phone until it is handed in, and says whether the phone has it. */
function useDraftKept(
  { draftKey, draftId }: { readonly draftKey: string; readonly draftId: string },
  draft: Omit<Draft, 'savedAt'> | undefined,
  onKept: (isKept: boolean) => void,
) {
  const [saving, setSaving] = useState<Saving>('nothing')
  const isOver = useRef(false)
  const write = (newest: Omit<Draft, 'savedAt'>) => {
    // Handed in from another tab meanwhile: of what is over no draft is begun anew.
    if (filedFrom(draftKey, draftId) !== undefined) return setSaving('nothing')
    const isKept = saveDraft(newest) && areKept(Object.values(newest.photos).flat())
    onKept(isKept)
    setSaving(isKept ? 'kept' : 'full')
  }
  const { later, stop } = useKeeping(write)
  useEffect(() => {
    if (draft && !isOver.current) later(draft)
  }, [draft, later])
  return {
    saving,
    write,
    stop: () => {
      isOver.current = true
      stop()
    },
  }
}

/** What this page has read and written of its draft; says so where another page has written it since, when shown again. */
function useDraftWatched(draftKey: string, onOvertaken: () => unknown) {
  const round = useRef(roundOf(draftKey))
  // What the phone did not take stands on this page alone.
  const isAlone = useRef(false)
  useDidShow(() => {
    if (roundOf(draftKey) !== round.current && !isAlone.current) onOvertaken()
  })
  return (isKept: boolean) => {
    round.current = roundOf(draftKey)
    isAlone.current = !isKept
  }
}

/** What became known later fills what is still empty; what somebody has emptied stays empty. */
function useKnown(known: RawAnswers, setAnswers: (change: (before: RawAnswers) => RawAnswers) => void) {
  const before = useRef(known)
  useEffect(() => {
    const fresh = Object.entries(known).filter(([key, value]) => before.current[key] !== value)
    before.current = known
    if (fresh.length > 0) setAnswers((answers) => ({ ...Object.fromEntries(fresh), ...given(answers) }))
  }, [known, setAnswers])
}

/** The answers of one form: from the draft or from what is known, checked as one types, and kept on the phone. */
export function useAnswers({
  draftKey,
  plainName,
  fields,
  rules,
  known,
  knownRows,
  nameKey,
  onOvertaken,
}: Subject): AnswerSheet {
  const [draft] = useState(() => findDraft(draftKey))
  const [draftId] = useState(() => (draft === undefined ? newDraftId() : (draft.id ?? '')))
  const onKept = useDraftWatched(draftKey, () => onOvertaken(draftId))
  const [typed, setAnswers] = useState<RawAnswers>(() => ({ ...known, ...draft?.answers }))
  const answers = useMemo(() => {
    const begun = knownRows === undefined ? typed : withFirstRows(fields, typed, knownRows)
    return withNumbersRead(fields, begun, rules.agent)
  }, [fields, typed, knownRows, rules.agent])
  const [photos] = useState(() => createPhotos(draftKey, draft?.photos ?? {}))
  const [step, setStep] = useState(draft?.step)
  const [confirmed, setConfirmed] = useState(draft?.confirmed ?? [])
  const [isTouched, setTouched] = useState(false)
  const photoState = usePhotos(photos)
  useKnown(known, setAnswers)
  const { byPlace } = photoState
  const keys = photos.useKeys((state) => state.byPlace)
  const isBegun = isTouched || Object.keys(keys).length > 0
  const whose = wordsAt(answers, nameKey)
  const refusedBecause = draft?.refusedBecause
  const begunFrom = draft?.begunFrom
  const renews = draft?.renews
  const written = useMemo(
    () => ({
      key: draftKey,
      id: draftId,
      plainName,
      step: step ?? 0,
      answers,
      photos: keys,
      ...(whose === '' ? {} : { whose }),
      ...(refusedBecause === undefined ? {} : { refusedBecause }),
      ...(begunFrom === undefined ? {} : { begunFrom }),
      ...(renews === undefined ? {} : { renews }),
      ...(confirmed.length === 0 ? {} : { confirmed }),
    }),
    [draftKey, draftId, plainName, step, answers, keys, whose, refusedBecause, begunFrom, renews, confirmed],
  )
  const { saving, write, stop } = useDraftKept({ draftKey, draftId }, isBegun ? written : undefined, onKept)
  const { checked, faults, shown, namesChild } = useMemo(() => {
    const given = { ...toAnswers(fields, answers), ...photosIn(fields, byPlace) }
    const result = validateAnswers({ fields }, given, rules)
    const shown = fieldsShown({ fields }, given, rules.agent)
    return {
      shown,
      namesChild: childrenIn({ fields: shown }, given as Answers, rules.today).length > 0,
      checked: result.ok ? result.value : undefined,
      faults: faultsByField(fields, result.ok ? [] : result.error),
    }
  }, [fields, answers, rules, byPlace])
  return {
    draftId,
    answers,
    setAnswer: (path, value) => {
      setTouched(true)
      setAnswers((before) => withAnswerAt(before, path, value))
    },
    shown,
    photos,
    faults,
    checked,
    namesChild,
    step,
    setStep: (next) => {
      setTouched(true)
      setStep(next)
    },
    openAt: useCallback((first: number) => setStep((before) => before ?? first), []),
    isRestored: draft !== undefined,
    saving,
    refusedBecause,
    confirmed,
    confirm: (key) => {
      setTouched(true)
      setConfirmed((before) => [...before, key])
    },
    keep: () => write(written),
    forget: () => {
      stop()
      photos.clear()
      removeDraft(draftKey, draftId)
      onKept(true)
    },
  }
}
