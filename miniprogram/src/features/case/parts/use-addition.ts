import { useEffect, useMemo, useRef, useState } from 'react'
import type { ApplicationForm } from '#shared/contract/application'
import type { CaseChanged, CaseView } from '#shared/contract/case'
import type { Answer, Answers } from '#shared/domain/application/answers'
import { describeAnswer } from '#shared/domain/application/describe-answer'
import { FILES_A_PAPER } from '#shared/domain/application/validate-materials'
import type { Field, Material } from '#shared/domain/service-item/item'
import { call, type Trouble } from '../../../platform/api'
import { scrollToField, scrollToTop } from '../../../platform/scroll'
import { handOver } from '../../../platform/upload-queue'
import { useAction } from '../../../platform/use-action'
import { showToast } from '../../../ui/feedback/toast'
import { wrongWords } from '../../../ui/words/wrong'
import { AnswerField } from '../../application/parts/answer-field'
import {
  draftKeyOfAddition,
  draftKeyOfNotice,
  findDraft,
  keepSent,
  ownerOfDraft,
  saveDraft,
  sentOf,
} from '../../application/parts/drafts'
import { emptyAmong, type Faults, faultsByField, faultsOf, idOfPath } from '../../application/parts/faults'
import { type FormScope, labelsOf, rulesOf } from '../../application/parts/form-context'
import { materialsOf, sidesOf } from '../../application/parts/papers'
import { unsentWords, usePhotos } from '../../application/parts/photos'
import type { RawAnswers } from '../../application/parts/raw-answers'
import { type AnswerSheet, useAnswers } from '../../application/parts/use-answers'
import { useCommitAnew } from './commit-anew'
import type { SheetWays } from './use-correction'
import { toCase } from './way-back'
import { waysOn } from './ways-on'

interface PaperToAdd {
  readonly name: string
  /** Of a card 2, as long as both may come. */
  readonly sides: Material['sides']
  /** Pictures that are there already, and how many more it takes. */
  readonly given: number
  readonly most: number
}

export interface Additions {
  readonly papers: readonly PaperToAdd[]
  readonly fields: readonly Field[]
}

/** What may be brought of one's own accord, as the server says. */
export const additionsOf = (view: CaseView, form: ApplicationForm): Additions => ({
  papers: view.addable.papers.flatMap((name) => {
    const paper = view.papers.find((each) => each.name === name)
    const most = FILES_A_PAPER - (paper?.files.length ?? 0)
    const sides = form.materials.find((each) => each.name === name)?.sides ?? 1
    return paper && most > 0
      ? [{ name, sides: most < sides ? 1 : sides, given: paper.files.length, most }]
      : []
  }),
  fields: form.fields
    .filter(({ key }) => view.addable.fields.includes(key))
    // Left empty, it stays as it is.
    .map((field) => ({ ...field, required: false, showWhen: null })),
})

const NO_FAULTS: Faults = new Map()
const NO_SOURCES: ReadonlyMap<string, string> = new Map()
const NO_OFFERS: FormScope['offers'] = new Map()
const NOTHING_KNOWN: RawAnswers = {}

/** What the server says of a paper, by its name: it counts those that were sent. */
const paperFaultsOf = (trouble: Trouble | undefined, sent: readonly { readonly name: string }[]) =>
  new Map(
    (trouble?.errors ?? []).flatMap(({ pointer, message }) => {
      const at = /^\/materials\/(\d+)/.exec(pointer)?.[1]
      const name = at === undefined ? undefined : sent[Number(at)]?.name
      return name === undefined ? [] : [[name, message] as const]
    }),
  )

const picked = <Value>(from: Readonly<Record<string, Value>> | undefined, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(from ?? {}).filter(([key]) => keys.includes(key)))

/** What was photographed and typed goes along where the notice asks for it, to the page that answers the notice. */
export function carryToCorrection({ id, plainName, correction }: CaseView) {
  const brought = findDraft(draftKeyOfAddition(id))
  if (!brought || !correction) return
  const key = draftKeyOfNotice(id, correction)
  const there = findDraft(key)
  const asked = correction.items.flatMap((item) =>
    item.kind === 'material' ? sidesOf(item).map(({ place }) => place) : [item.name],
  )
  const photos = picked(brought.photos, asked)
  saveDraft({
    key,
    plainName,
    step: 0,
    answers: { ...picked(brought.answers, asked), ...there?.answers },
    photos: { ...photos, ...there?.photos },
  })
  handOver(Object.values(photos).flat(), ownerOfDraft(key))
}

/** What was sent and not answered may stand in the case by now: it is not sent twice. Says whether something does. */
function useArrived(view: CaseView, form: ApplicationForm, sheet: AnswerSheet) {
  const key = draftKeyOfAddition(view.id)
  const [hasArrived, setArrived] = useState(false)
  const current = useRef({ form, sheet })
  current.current = { form, sheet }
  useEffect(() => {
    const { photos, answers, setAnswer } = current.current.sheet
    const { fields, choices } = current.current.form
    const files = view.papers.flatMap((paper) => paper.files.map(({ id }) => id))
    const isDropped = photos.drop(new Set(files))
    const sent = sentOf(key)
    const stands = fields.filter((field) => {
      const typed = answers[field.key]
      if (typed === undefined || typed === '' || typed !== sent[field.key]) return false
      const text = view.answers.find(({ key: name }) => name === field.key)?.text
      return text === describeAnswer(field, typed as Answer, labelsOf(choices))
    })
    for (const field of stands) setAnswer(field.key, '')
    if (isDropped || stands.length > 0) setArrived(true)
  }, [view, key])
  return hasArrived
}

interface Sent {
  readonly answers: Answers
  readonly materials: readonly { readonly name: string }[]
}

/** Brought by nobody's asking: it joins what is there, and no clock starts anew. */
export function useAddition(
  view: CaseView,
  form: ApplicationForm,
  { papers, fields }: Additions,
  { onChanged, onOvertaken }: SheetWays,
) {
  const rules = useMemo(() => rulesOf(form), [form])
  const draftKey = draftKeyOfAddition(view.id)
  const known = NOTHING_KNOWN
  const sheet = useAnswers({ draftKey, plainName: view.plainName, fields, rules, known, onOvertaken })
  const { photos, checked } = sheet
  const unsent = unsentWords(usePhotos(photos), '传好再交')
  const commit = useCommitAnew(view)
  const hasArrived = useArrived(view, form, sheet)
  const { isBusy, trouble, run, forget } = useAction()
  const [isPressed, setPressed] = useState(false)
  const [sent, setSent] = useState<Sent>()
  const materials = materialsOf(papers, photos)
  const wrong = faultsOf(fields, sheet.faults)
  const isEmpty = materials.length === 0 && Object.keys(checked ?? {}).length === 0
  const submit = () => {
    setPressed(true)
    const [first] = wrong
    if (first !== undefined) return scrollToField(idOfPath(first))
    if (unsent !== undefined || isEmpty || !checked) return
    setSent({ answers: checked, materials })
    keepSent(draftKey, checked)
    const body = {
      version: view.version,
      ...(Object.keys(checked).length > 0 ? { answers: checked } : {}),
      ...(materials.length > 0 ? { materials } : {}),
      ...commit.body,
    }
    void run(
      () => call<CaseChanged>('POST', `/api/cases/${view.id}/additions`, body),
      () => {
        sheet.forget()
        showToast('交上去了')
        toCase(view)
      },
    )
  }
  // What the server refused is shown until the answers are others.
  const refused = trouble && sent?.answers === checked ? faultsByField(fields, trouble.errors) : NO_FAULTS
  const scope: FormScope = {
    fields,
    answers: sheet.answers,
    setAnswer: sheet.setAnswer,
    faults: isPressed ? new Map([...refused, ...sheet.faults]) : NO_FAULTS,
    choices: form.choices,
    slots: form.slots,
    rules,
    photos,
    sources: NO_SOURCES,
    prefilled: known,
    offers: NO_OFFERS,
    Question: AnswerField,
  }
  return {
    scope,
    saving: sheet.saving,
    commitCard: commit.card,
    submit,
    isBusy,
    trouble,
    paperFaults: paperFaultsOf(trouble, sent?.materials ?? []),
    hasArrived,
    ...waysOn(trouble, { words: '交上去', onPress: submit }, () => {
      forget()
      scrollToTop()
      onChanged()
    }),
    note: noteOf({
      unsent,
      wrong: isPressed ? wrong : [],
      answers: sheet.answers,
      isEmpty: isPressed && isEmpty,
      fields,
    }),
  }
}

interface NoteFacts {
  readonly unsent: string | undefined
  readonly wrong: readonly string[]
  readonly answers: RawAnswers
  readonly isEmpty: boolean
  readonly fields: readonly Field[]
}

function noteOf({ unsent, wrong, answers, isEmpty, fields }: NoteFacts) {
  if (wrong.length > 0) return { note: wrongWords(wrong.length, emptyAmong(wrong, answers)), alert: true }
  if (unsent !== undefined) return { note: unsent }
  if (!isEmpty) return {}
  return { note: fields.length === 0 ? '先拍一张要补的' : '先拍一张，或者写个新号码' }
}
