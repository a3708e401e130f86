import { useMemo, useState } from 'react'
import type { ApplicationForm } from '#shared/contract/application'
import type { CaseChanged, CaseView } from '#shared/contract/case'
import { call } from '../../../platform/api'
import { scrollToField, scrollToTop } from '../../../platform/scroll'
import { useAction } from '../../../platform/use-action'
import { showToast } from '../../../ui/feedback/toast'
import { AnswerField } from '../../application/parts/answer-field'
import { draftKeyOfNotice } from '../../application/parts/drafts'
import { type Faults, faultsByField, faultsOf, idOfPath } from '../../application/parts/faults'
import { type FormScope, rulesOf } from '../../application/parts/form-context'
import { isPaperTaken, materialsOf, placeOfPaper } from '../../application/parts/papers'
import { unsentWords, usePhotos } from '../../application/parts/photos'
import { useAnswers } from '../../application/parts/use-answers'
import { toCase } from './way-back'
import { waysOn } from './ways-on'

type Correction = NonNullable<CaseView['correction']>
type Item = Correction['items'][number]

const NO_FAULTS: Faults = new Map()
const NO_SOURCES: ReadonlyMap<string, string> = new Map()
const NO_OFFERS: FormScope['offers'] = new Map()

export interface SheetWays {
  readonly onChanged: () => unknown
  /** Another page has written or sent what is brought. */
  readonly onOvertaken: () => unknown
}

export type CorrectionSheet = ReturnType<typeof useCorrection>

const anchorOf = ({ kind, name }: Item) => idOfPath(kind === 'material' ? placeOfPaper(name) : name)

/** What was asked for, put right on the phone and sent together. */
export function useCorrection(
  view: CaseView,
  correction: Correction,
  lists: Pick<ApplicationForm, 'choices' | 'slots' | 'today'>,
  { onChanged, onOvertaken }: SheetWays,
) {
  // The question was asked when the application was filed: its condition is not asked again.
  const fields = useMemo(() => correction.fields.map((field) => ({ ...field, showWhen: null })), [correction])
  const rules = useMemo(() => rulesOf(lists), [lists])
  const key = draftKeyOfNotice(view.id, correction)
  const sheet = useAnswers({
    draftKey: key,
    plainName: view.plainName,
    fields,
    rules,
    known: correction.answers,
    onOvertaken,
  })
  const { photos } = sheet
  const photoState = usePhotos(photos)
  const { isBusy, trouble, run, forget } = useAction()
  const [isPressed, setPressed] = useState(false)
  const wrong = faultsOf(fields, sheet.faults)

  const isDone = (item: Item) => {
    if (item.kind === 'material') return isPaperTaken(item, (place) => photoState.byPlace[place])
    const isSame = JSON.stringify(sheet.answers[item.name]) === JSON.stringify(correction.answers[item.name])
    return !isSame && !wrong.some((path) => path === item.name || path.startsWith(`${item.name}/`))
  }
  const open = correction.items.filter((item) => !isDone(item))
  // A field may be right as it was: leaving it is an answer too, a paper must come.
  const missing = open.filter(
    (item) => item.kind === 'material' || wrong.some((path) => path.split('/')[0] === item.name),
  )
  const unsent = unsentWords(photoState, '传好再交')

  const submit = () => {
    setPressed(true)
    const [first] = missing
    if (first) return scrollToField(anchorOf(first))
    if (unsent !== undefined || !sheet.checked) return
    const names = correction.items
      .filter(({ kind }) => kind === 'material')
      .map(({ name, sides }) => ({ name, sides }))
    const body = { version: view.version, answers: sheet.checked, materials: materialsOf(names, photos) }
    void run(
      () => call<CaseChanged>('POST', `/api/cases/${view.id}/supplement`, body),
      () => {
        sheet.forget()
        showToast('交上去了')
        toCase(view)
      },
    )
  }
  const refused = trouble ? faultsByField(fields, trouble.errors) : NO_FAULTS
  const scope: FormScope = {
    fields,
    answers: sheet.answers,
    setAnswer: sheet.setAnswer,
    faults: isPressed ? new Map([...refused, ...sheet.faults]) : NO_FAULTS,
    choices: lists.choices,
    slots: lists.slots,
    rules,
    photos,
    sources: NO_SOURCES,
    prefilled: correction.answers,
    offers: NO_OFFERS,
    Question: AnswerField,
  }
  return {
    scope,
    isDone,
    anchorOf,
    submit,
    isBusy,
    trouble,
    ...waysOn(trouble, { words: '补好了，交上去', onPress: submit }, () => {
      forget()
      scrollToTop()
      onChanged()
    }),
    note: noteOf(open, unsent, isPressed && missing.length > 0),
  }
}

function noteOf(open: readonly Item[], unsent: string | undefined, isAlert: boolean) {
  if (unsent !== undefined) return { note: unsent }
  if (open.length === 0) return {}
  const note = `还差 ${open.length} 样：${open[0]?.label ?? ''}`
  return isAlert ? { note, alert: true } : { note }
}
