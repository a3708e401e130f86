import { useEffect, useMemo, useRef, useState } from 'react'
import type { ApplicationForm, CaseCreated } from '#shared/contract/application'
import { plainNumber } from '#shared/domain/application/from-number'
import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import type { Material } from '#shared/domain/service-item/item'
import type { Trouble } from '../../../platform/api'
import { scrollToField, scrollToTop } from '../../../platform/scroll'
import { AnswerField } from './answer-field'
import { draftKeyOfItem } from './drafts'
import { type Faults, faultsOf, idOfPath, labelOf } from './faults'
import { type FormScope, rulesOf } from './form-context'
import { placeOfPaper } from './papers'
import { countsOf, isTaken, type Photos, unsentWords, usePhotos } from './photos'
import type { RawAnswers } from './raw-answers'
import { type FormStep, planSteps } from './steps'
import { useAnswers } from './use-answers'
import { stepOfTrouble, useSubmit } from './use-submit'
import { filingOf, type Who } from './who'
import { PERSON_TITLES, PROMISES } from './who-words'

const NO_FAULTS: Faults = new Map()

/** What is known of who fills it in is nothing of somebody else. */
const prefillsFor = ({ prefills }: ApplicationForm, who: Who) => (who.kind === 'self' ? prefills : [])

/** Nobody's papers open to somebody else: neither where another is said to apply, nor where another's number stands. */
function isOwn(form: ApplicationForm, who: Who, known: RawAnswers, answers: RawAnswers) {
  const { number } = applicantFieldsOf(form)
  return (
    who.kind === 'self' && (number === null || plainNumber(answers[number]) === plainNumber(known[number]))
  )
}

/** Made from the form, or valid and on file: 已免. */
function freeIn({ onFileCredentialCodes }: ApplicationForm, isOwnCase: boolean) {
  const onFile = new Set(isOwnCase ? onFileCredentialCodes : [])
  return ({ kind, credentialCode }: Material) =>
    kind === 'generated' || (credentialCode !== null && onFile.has(credentialCode))
}

/** The answers with the rules and the known values of one form. */
function useSheet(form: ApplicationForm, who: Who) {
  const rules = useMemo(() => rulesOf(form, filingOf(who).agent), [form, who])
  const known = useMemo(
    () => Object.fromEntries(prefillsFor(form, who).map(({ key, value }) => [key, value] as const)),
    [form, who],
  )
  const { serviceItemId, plainName, fields } = form
  const draftKey = draftKeyOfItem(serviceItemId, who.kind)
  const sheet = useAnswers({ draftKey, plainName, fields, rules, known })
  return { sheet, rules, known }
}

/** Goes to what the server refused, once for each of its answers. */
function useTrouble(trouble: Trouble | undefined, goTo: (trouble: Trouble) => void) {
  const handled = useRef<Trouble>()
  useEffect(() => {
    if (trouble && trouble !== handled.current) goTo(trouble)
    handled.current = trouble
  }, [trouble, goTo])
}

interface Ways {
  /** A half day is taken: the form is asked for anew. */
  readonly onSlotGone: () => unknown
  /** Back from the first step. */
  readonly onLeave: () => void
  readonly onFiled: (created: CaseCreated) => unknown
}

/** The steps of one application and the way through them. */
export function useFormSteps(form: ApplicationForm, who: Who, { onSlotGone, onLeave, onFiled }: Ways) {
  const { sheet, rules, known } = useSheet(form, who)
  const { photos } = sheet
  const photoState = usePhotos(photos)
  const filing = useSubmit(form, who, sheet, onFiled)
  const [pressed, setPressed] = useState<readonly string[]>([])
  const [isAgreed, setAgreed] = useState(false)
  const isFree = freeIn(form, isOwn(form, who, known, sheet.answers))
  const toBring = form.materials.filter((material) => !isFree(material))
  const steps = planSteps(sheet.shown, ({ key }) => key in known, toBring, PERSON_TITLES[who.kind])
  const at = Math.min(sheet.step, steps.length - 1)
  const step: FormStep = steps[at] ?? { kind: 'check', key: 'check', title: '' }
  const missing = toBring.filter(
    ({ name, required }) => required && !isTaken(photoState.byPlace[placeOfPaper(name)]),
  )
  const wrongIn = (each: FormStep): readonly string[] => {
    if (each.kind === 'fields') return faultsOf(each.fields, sheet.faults)
    return each.kind === 'papers' ? missing.map(({ name }) => placeOfPaper(name)) : []
  }
  const isPressed = pressed.includes(step.key)
  const wrong = wrongIn(step)
  // What the server refused is shown until the answers are others.
  const isRefused = filing.faults.size > 0 && filing.sent === sheet.checked

  const go = (to: number) => {
    sheet.setStep(to)
    scrollToTop()
  }
  useTrouble(filing.trouble, (trouble) => {
    if (trouble.code === 'application.slot-full') void onSlotGone()
    const target = stepOfTrouble(trouble, steps, filing.faults)
    if (target >= 0) go(target)
    else scrollToTop()
  })
  const finish = () => {
    const open = steps.findIndex((each) => wrongIn(each).length > 0)
    if (open >= 0) {
      setPressed(steps.map(({ key }) => key))
      return go(open)
    }
    if (!isAgreed) return scrollToField('promise')
    if (unsentWords(photoState, '') === undefined && sheet.checked) void filing.submit(sheet.checked)
  }
  const next = () => {
    setPressed([...pressed, step.key])
    const [first] = wrong
    if (first !== undefined) return scrollToField(idOfPath(first))
    if (step.kind === 'check') return finish()
    go(at + 1)
  }
  const scope: FormScope = {
    fields: form.fields,
    answers: sheet.answers,
    setAnswer: sheet.setAnswer,
    faults: isRefused ? filing.faults : isPressed ? sheet.faults : NO_FAULTS,
    choices: form.choices,
    slots: form.slots,
    rules,
    photos,
    sources: new Map(prefillsFor(form, who).map(({ key, source }) => [key, source])),
    prefilled: known,
    Question: AnswerField,
  }
  const note = noteOf({
    step,
    wrong: isPressed ? wrong : [],
    firstLabel: step.kind === 'papers' ? (missing[0]?.name ?? '') : labelOf(form.fields, wrong[0] ?? ''),
    photos: photoState,
    unagreed: isPressed && !isAgreed ? PROMISES[who.kind].name : undefined,
  })
  return {
    scope,
    steps,
    step,
    at,
    note,
    next,
    go,
    back: () => (at === 0 ? onLeave() : go(at - 1)),
    checked: sheet.checked,
    isRestored: sheet.isRestored,
    saving: sheet.saving,
    isAgreed,
    setAgreed,
    isFree,
    toBring,
    missing: isPressed ? missing : [],
    known,
    filing,
  }
}

interface NoteFacts {
  readonly step: FormStep
  readonly wrong: readonly string[]
  readonly firstLabel: string
  readonly photos: Photos
  /** The tick that is missing. */
  readonly unagreed: string | undefined
}

/** What stands above the button: how much is wrong, or what is still on its way. */
function noteOf({ step, wrong, firstLabel, photos, unagreed }: NoteFacts) {
  if (wrong.length > 0) {
    const words = step.kind === 'papers' ? `还差 ${wrong.length} 样` : `还有 ${wrong.length} 处要改`
    return { note: `${words}：${firstLabel}`, alert: true }
  }
  if (step.kind === 'check' && unagreed !== undefined)
    return { note: `先勾上“${unagreed}”，再提交`, alert: true }
  const then = step.kind === 'check' ? '传好再提交' : '可以先走下一步'
  const note = unsentWords(photos, then)
  if (note === undefined) return {}
  return countsOf(photos).failed > 0 ? { note, alert: true } : { note }
}
