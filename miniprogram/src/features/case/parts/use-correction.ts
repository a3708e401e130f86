import { useEffect, useMemo, useState } from 'react'
import type { ApplicationForm } from '#shared/contract/application'
import type { CaseChanged, CaseView } from '#shared/contract/case'
import { call } from '../../../platform/api'
import { scrollToField, scrollToTop } from '../../../platform/scroll'
import { useAction } from '../../../platform/use-action'
import { CONSENT_PLACE } from '../../../ui/feedback/consent-card'
import { showToast } from '../../../ui/feedback/toast'
import { AnswerField } from '../../application/parts/answer-field'
import { draftKeyOfNotice } from '../../application/parts/drafts'
import { type Faults, faultsByField, faultsOf, idOfPath } from '../../application/parts/faults'
import { type FormScope, rulesOf } from '../../application/parts/form-context'
import { isPaperTaken, materialsOf, placeOfPaper } from '../../application/parts/papers'
import { unsentWords, usePhotos } from '../../application/parts/photos'
import { useAnswers } from '../../application/parts/use-answers'
import { useConsentAsked } from '../../application/parts/use-consent-asked'
import { useCommitAnew } from './commit-anew'
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

/** `unchanged` may be right as it was, `confirmed` is said to be. */
type ItemState = 'open' | 'unchanged' | 'confirmed' | 'mended'

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
  const [sent, setSent] = useState<typeof sheet.checked>()
  const wrong = faultsOf(fields, sheet.faults)

  const isSame = ({ name }: Item) =>
    JSON.stringify(sheet.answers[name]) === JSON.stringify(correction.answers[name])
  const isWrong = ({ name }: Item) => wrong.some((path) => path.split('/')[0] === name)
  /** A field may be right as it was, a paper must come; what was never answered cannot stay. */
  const mayStay = (item: Item) =>
    item.kind === 'field' && item.name in correction.answers && isSame(item) && !isWrong(item)
  const stateOf = (item: Item): ItemState => {
    if (item.kind === 'material')
      return isPaperTaken(item, (place) => photoState.byPlace[place]) ? 'mended' : 'open'
    if (mayStay(item)) return sheet.confirmed.includes(item.name) ? 'confirmed' : 'unchanged'
    return isSame(item) || isWrong(item) ? 'open' : 'mended'
  }
  // Whoever overlooks one of them is not asked a second time: leaving it as it was is an answer only when it is said.
  const open = correction.items.filter((item) => ['open', 'unchanged'].includes(stateOf(item)))
  const unsent = unsentWords(photoState, '传好再交')

  const commit = useCommitAnew(view)
  const consent = useConsentAsked(trouble, sent === sheet.checked)
  useEffect(() => {
    if (trouble?.code === 'account.consent-needed') scrollToField(CONSENT_PLACE)
  }, [trouble])

  const send = (isConsented: boolean) => {
    setPressed(true)
    const [first] = open
    if (first) return scrollToField(anchorOf(first))
    if (unsent !== undefined || !sheet.checked) return
    if (!isConsented) return consent.remind()
    setSent(sheet.checked)
    const names = correction.items
      .filter(({ kind }) => kind === 'material')
      .map(({ name, sides }) => ({ name, sides }))
    const body = {
      version: view.version,
      answers: sheet.checked,
      materials: materialsOf(names, photos),
      ...commit.body,
    }
    void run(
      () => call<CaseChanged>('POST', `/api/cases/${view.id}/supplement`, body),
      () => {
        sheet.forget()
        showToast('交上去了')
        toCase(view)
      },
    )
  }
  const submit = () => send(!consent.isAsked)
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
    saving: sheet.saving,
    stateOf,
    confirm: ({ name }: Item) => sheet.confirm(name),
    anchorOf,
    retry: () => {
      consent.give()
      send(true)
    },
    commitCard: commit.card,
    isBusy,
    trouble,
    ...waysOn(trouble, { words: '补好了，交上去', onPress: submit }, () => {
      forget()
      scrollToTop()
      onChanged()
    }),
    note: consent.note ?? noteOf(open, unsent, isPressed),
  }
}

const MOST_NAMED = 3

function namesOf(open: readonly Item[]) {
  const named = open.slice(0, MOST_NAMED).map(({ label }) => label)
  return `${named.join('、')}${open.length > MOST_NAMED ? '等' : ''}`
}

function noteOf(open: readonly Item[], unsent: string | undefined, isAlert: boolean) {
  if (unsent !== undefined) return { note: unsent }
  if (open.length === 0) return {}
  const note = `还差 ${open.length} 样：${namesOf(open)}`
  return isAlert ? { note, alert: true } : { note }
}
