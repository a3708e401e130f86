import { useEffect, useMemo, useRef, useState } from 'react'
import type { ApplicationForm } from '#shared/contract/application'
import { plainNumber } from '#shared/domain/application/from-number'
import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import type { Field, Material } from '#shared/domain/service-item/item'
import type { Trouble } from '../../../platform/api'
import { scrollToField, scrollToTop } from '../../../platform/scroll'
import { wrongWords } from '../../../ui/words/wrong'
import { AnswerField } from './answer-field'
import { draftKeyOf } from './drafts'
import { emptyAmong, type Faults, faultsOf, idOfPath, labelOf } from './faults'
import { type FormScope, rulesOf } from './form-context'
import { askedOf, isPaperTaken, placeOfPaper } from './papers'
import { countsOf, type Photos, unsentWords, usePhotos } from './photos'
import type { RawAnswers } from './raw-answers'
import { type FormStep, follows, LOOK, planSteps } from './steps'
import { useAnswers } from './use-answers'
import { useConsentAsked } from './use-consent-asked'
import { useGuardianAsked } from './use-guardian-asked'
import { stepOfTrouble, useSubmit } from './use-submit'
import { isAgent, type Who } from './who'
import { birthOf, obstacleIn, PERSON_TITLES, PROMISE_NAMES } from './who-words'

const NO_FAULTS: Faults = new Map()

const isOfRow = ({ key }: { readonly key: string }) => key.includes('/')

/** What is known of who fills it in is nothing of somebody else. */
const prefillsFor = ({ prefills }: ApplicationForm, who: Who) => (who.kind === 'self' ? prefills : [])

const valuesOf = (prefills: ApplicationForm['prefills']) =>
  Object.fromEntries(prefills.map(({ key, value }) => [key, value] as const))

/** The cells of first rows, by their path. */
const rowPrefillsFor = (form: ApplicationForm, who: Who) => valuesOf(prefillsFor(form, who).filter(isOfRow))

/** What is likely the same of both is offered, not filled in. */
function offersFor({ fields, prefills }: ApplicationForm, who: Who): FormScope['offers'] {
  if (who.kind !== 'other') return new Map()
  return new Map(
    fields.flatMap(({ key, prefill }) => {
      const known = prefills.find((each) => each.key === key)
      const words = prefill === null ? undefined : OFFERS[prefill]
      return known && words !== undefined ? [[key, { value: known.value, words }] as const] : []
    }),
  )
}

const OFFERS: Readonly<Record<string, string>> = {
  'identity.mobile': '用我的手机号',
  'profile.villageCode': '和我一个村',
}

/** How many rows each table had when somebody pressed on: what they add afterwards is not wrong yet. */
const rowsIn = (fields: readonly Field[], answers: RawAnswers) =>
  Object.fromEntries(
    fields.flatMap(({ key, kind }) => {
      const rows = answers[key]
      return kind === 'table' ? [[key, Array.isArray(rows) ? Math.max(1, rows.length) : 1]] : []
    }),
  )

const isOfNewRow = (path: string, rows: Readonly<Record<string, number>>) => {
  const [key = '', row, column] = path.split('/')
  return column !== undefined && Number(row) >= (rows[key] ?? 0)
}

export const FILL_EMPTY = '空着的补上'

/** By what stood in it when it opened: it is no other page because somebody types. */
function personTitle(form: ApplicationForm, who: Who, known: RawAnswers, begun: RawAnswers) {
  if (Object.keys(known).length > 0)
    return (person: readonly Field[]) =>
      // Of whom it is not open to nothing is asked.
      emptyAmong(requiredOf(person), begun) > 0 && obstacleIn(form, who.kind, begun) === undefined
        ? FILL_EMPTY
        : LOOK
  return () => titleOf(form, who)
}

const requiredOf = (fields: readonly Field[]) =>
  fields.filter((field) => field.required && !follows(field)).map(({ key }) => key)

function titleOf(form: ApplicationForm, who: Who) {
  return who.kind === 'self' && applicantFieldsOf(form).kind === 'firm'
    ? '先写是哪一家'
    : PERSON_TITLES[who.kind]
}

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
function useSheet(form: ApplicationForm, who: Who, onOvertaken: (draftId: string) => unknown) {
  const rules = useMemo(() => rulesOf(form, isAgent(who)), [form, who])
  const known = useMemo(() => valuesOf(prefillsFor(form, who).filter((each) => !isOfRow(each))), [form, who])
  const { serviceItemId, plainName, fields } = form
  const knownRows = useMemo(() => rowPrefillsFor(form, who), [form, who])
  const nameKey = who.kind === 'self' ? undefined : (applicantFieldsOf(form).name ?? undefined)
  const draftKey = draftKeyOf(serviceItemId, who)
  const sheet = useAnswers({ draftKey, plainName, fields, rules, known, knownRows, nameKey, onOvertaken })
  return { sheet, rules, known, knownRows }
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
  readonly onFiled: Parameters<typeof useSubmit>[3]
  readonly onOvertaken: (draftId: string) => unknown
}

/** The steps of one application and the way through them. */
export function useFormSteps(form: ApplicationForm, who: Who, ways: Ways) {
  const { onSlotGone, onLeave, onFiled } = ways
  const { sheet, rules, known, knownRows } = useSheet(form, who, ways.onOvertaken)
  const { photos } = sheet
  const photoState = usePhotos(photos)
  const filing = useSubmit(form, who, sheet, onFiled)
  const [pressed, setPressed] = useState<readonly string[]>([])
  const [rows, setRows] = useState<Readonly<Record<string, number>>>({})
  // From the last step to one of its facts, and straight back.
  const [isChange, setChange] = useState(false)
  const [isAgreed, setAgreed] = useState(false)
  const { current: begun } = useRef(sheet.answers)
  const isFree = freeIn(form, isOwn(form, who, known, sheet.answers))
  const birth = birthOf(form, who.kind, sheet.answers)
  const materials = form.materials.map((each) =>
    askedOf(each, birth, rules.today, (place) => photoState.byPlace[place]),
  )
  const toBring = materials.filter((material) => !isFree(material))
  const steps = planSteps(sheet.shown, {
    isPrefilled: ({ key }) => key in known,
    papersToBring: toBring,
    personTitle: personTitle(form, who, known, begun),
  })
  const missing = toBring.filter(
    (paper) => paper.required && !isPaperTaken(paper, (place) => photoState.byPlace[place]),
  )
  const wrongIn = (each: FormStep): readonly string[] => {
    if (each.kind === 'fields') return faultsOf(each.fields, sheet.faults)
    return each.kind === 'papers' ? missing.map(({ name }) => placeOfPaper(name)) : []
  }
  /** Whether there is anything to do in it. */
  const isOpen = (each: FormStep) => !each.isKnown || wrongIn(each).length > 0
  const last = steps.length - 1
  const opening = useRef<number>()
  opening.current ??= Math.min(sheet.step ?? steps.findIndex(isOpen), last)
  const { openAt } = sheet
  useEffect(() => openAt(opening.current ?? 0), [openAt])
  const at = Math.min(sheet.step ?? opening.current, last)
  /** Where one began is read, with something to do in it or not. */
  const isCounted = (each: FormStep) => isOpen(each) || each === steps[opening.current ?? 0]
  const step: FormStep = steps[at] ?? { kind: 'check', key: 'check', title: '', isKnown: false }
  const isPressed = pressed.includes(step.key)
  const wrong = wrongIn(step)
  const wrongShown = isPressed ? wrong.filter((path) => !isOfNewRow(path, rows)) : []
  // What the server refused is shown until the answers are others.
  const isRefused = filing.faults.size > 0 && filing.sent === sheet.checked

  const guardian = useGuardianAsked(form, who, sheet.namesChild, step)
  const consent = useConsentAsked(filing.trouble, filing.sent === sheet.checked)

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
  const finish = (isConsented: boolean) => {
    const open = steps.findIndex((each) => wrongIn(each).length > 0)
    setChange(false)
    if (open >= 0) {
      setPressed(steps.map(({ key }) => key))
      return go(open)
    }
    if (!isAgreed) return scrollToField('promise')
    if (!isConsented) return consent.remind()
    if (unsentWords(photoState, '') === undefined && sheet.checked) void filing.submit(sheet.checked)
  }
  /** `instead`: what comes before it once nothing is wrong here. */
  const goOn = (instead?: () => unknown) => {
    setPressed([...pressed, step.key])
    setRows(rowsIn(form.fields, sheet.answers))
    const [first] = wrong
    if (first !== undefined) return scrollToField(idOfPath(first))
    if (instead) return instead()
    if (step.kind === 'check') return finish(!consent.isAsked)
    const after = steps.findIndex((each, place) => place > at && isOpen(each))
    setChange(false)
    go(isChange || after < 0 ? last : after)
  }
  const next = () => guardian.askFirst(goOn)
  /** From what told why it was not filed; of a consent, once it is given. */
  const retry = () => {
    consent.give()
    return step.kind === 'check' ? finish(true) : next()
  }
  const back = () => {
    if (isChange) {
      setChange(false)
      return go(last)
    }
    const before = steps.slice(0, at).filter(isCounted).pop()
    return before === undefined ? onLeave() : go(steps.indexOf(before))
  }
  const scope: FormScope = {
    fields: form.fields,
    answers: sheet.answers,
    setAnswer: sheet.setAnswer,
    faults: isRefused ? filing.faults : isPressed ? withoutNewRows(sheet.faults, rows) : NO_FAULTS,
    choices: form.choices,
    slots: form.slots,
    rules,
    photos,
    sources: new Map(prefillsFor(form, who).map(({ key, source }) => [key, source])),
    prefilled: { ...known, ...knownRows },
    offers: offersFor(form, who),
    Question: AnswerField,
  }
  const note = noteOf({
    guardian: guardian.note,
    step,
    wrong: wrongShown,
    empty: emptyAmong(wrongShown, sheet.answers),
    firstLabel: step.kind === 'papers' ? (missing[0]?.name ?? '') : labelOf(form.fields, wrongShown[0] ?? ''),
    photos: photoState,
    unagreed: isPressed && !isAgreed ? PROMISE_NAMES[who.kind] : undefined,
    consent: consent.note,
  })
  return {
    scope,
    steps,
    step,
    at,
    /** Which one of those that are gone through. */
    place: placeOf(steps.filter(isCounted), step),
    isFirst: at === opening.current,
    note,
    next,
    guardian,
    agreeAsGuardian: () => guardian.agree(goOn),
    retry,
    change: (to: number) => {
      setChange(true)
      go(to)
    },
    back,
    checked: sheet.checked,
    isRestored: sheet.isRestored,
    /** Applied for again, with questions that had to be left empty. */
    lacks: sheet.refusedBecause !== undefined && emptyAmong(wrong, begun) > 0,
    saving: sheet.saving,
    refusedBecause: sheet.refusedBecause,
    isAgreed,
    setAgreed,
    isFree,
    materials,
    toBring,
    missing: isPressed ? missing : [],
    known,
    filing,
  }
}

/** From 1; what is only changed stands at the end, where it is read. */
const placeOf = (open: readonly FormStep[], step: FormStep) => {
  const at = open.indexOf(step)
  return { step: at < 0 ? open.length : at + 1, of: open.length }
}

const withoutNewRows = (faults: Faults, rows: Readonly<Record<string, number>>): Faults =>
  new Map([...faults].filter(([path]) => !isOfNewRow(path, rows)))

interface NoteFacts {
  readonly guardian: { readonly note: string; readonly alert: boolean } | undefined
  readonly step: FormStep
  readonly wrong: readonly string[]
  /** How many of these have nothing in them. */
  readonly empty: number
  readonly firstLabel: string
  readonly photos: Photos
  /** The tick that is missing. */
  readonly unagreed: string | undefined
  readonly consent: { readonly note: string; readonly alert: boolean } | undefined
}

/** What stands above the button: how much is wrong, or what is still on its way. */
function noteOf({ guardian, step, wrong, empty, firstLabel, photos, unagreed, consent }: NoteFacts) {
  if (guardian !== undefined && wrong.length === 0) return guardian
  if (wrong.length > 0) {
    const words = step.kind === 'papers' ? `还差 ${wrong.length} 样` : wrongWords(wrong.length, empty)
    const first = wrong.length === 1 ? `：${firstLabel}` : `，从“${firstLabel}”起`
    return { note: words + first, alert: true }
  }
  if (step.kind === 'check' && unagreed !== undefined)
    return { note: `先勾上“${unagreed}”，再提交`, alert: true }
  if (step.kind === 'check' && consent !== undefined) return consent
  const then = step.kind === 'check' ? '传好再提交' : '可以先走下一步'
  const note = unsentWords(photos, then)
  if (note === undefined) return {}
  return countsOf(photos).failed > 0 ? { note, alert: true } : { note }
}
