import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { saidByUnit } from '#shared/domain/case/correction/asked'
import { holdsWords } from '#shared/domain/case/revocation/same-reason'
import { platform } from '../../../platform'
import { openPage } from '../../../platform/navigation'
import { phrasesIn } from '../../../ui/form/reason-box'
import { type Choice, keyOf, type Picks } from './correction-picks'
import type { CorrectionDraft } from './worded-over'

export interface CorrectionFormProps {
  readonly view: CaseView
  readonly target: Pick<AllowedAction, 'stepKey' | 'unitId'>
  readonly reload: () => Promise<unknown>
}

/** As they are picked: what is asked, with its reason. */
export const picksOf = (
  items: readonly (Pick<Choice, 'kind' | 'name'> & { readonly reason: string })[],
): Picks => Object.fromEntries(items.map((item) => [keyOf(item), item.reason]))

/** What is picked, in the order in which it may be. */
export const askedIn = (view: CaseView, picks: Picks) =>
  (view.staff?.correctionChoices ?? [])
    .filter((choice) => keyOf(choice) in picks)
    .map((choice) => ({ ...choice, reason: (picks[keyOf(choice)] ?? '').trim() }))

export const alertOf = (count: number, faults: number) => {
  if (count === 0) return '先勾要补的'
  return faults > 0 ? `还有 ${faults} 处没写` : undefined
}

/** What the departments ask for together, or find not right yet; empty where none does. */
export const joinedPicks = ({ staff }: CaseView): Picks => picksOf(staff?.departmentDrafts?.joined ?? [])

/** What departments hold for wanting: in the papers, or in what came to their notice. */
function wantingBy({ staff }: CaseView) {
  const { open, units = [], looks } = staff?.departmentDrafts ?? {}
  if (open)
    return units.map(({ shortName, items }) => ({
      shortName,
      items: items.filter(({ settled }) => !settled),
    }))
  return (looks?.units ?? []).map(({ shortName, items }) => ({
    shortName,
    items: items.filter(({ isEnough }) => isEnough === false),
  }))
}

/** What departments wrote of a thing and the notice says otherwise: it stands beneath the notice's own words. */
export const saidOtherwise = (
  view: CaseView,
  { kind, name, reason }: Pick<Choice, 'kind' | 'name'> & { readonly reason: string },
): readonly string[] =>
  wantingBy(view).flatMap(({ shortName, items }) =>
    items
      .filter((each) => each.kind === kind && each.name === name && !holdsWords(reason, each.reason))
      .map((each) => saidByUnit(shortName) + each.reason),
  )

/** What was picked or worded otherwise than the departments have it: their own words follow them while they change. */
export const ownPicks = (picks: Picks, joined: Picks): Picks =>
  Object.fromEntries(Object.entries(picks).filter(([key, reason]) => joined[key] !== reason))

export const EMPTY_CORRECTION: CorrectionDraft = { picks: {}, reason: '' }
/** Whose notice of which case: each department of several writes its own. */
export interface NoticeOf {
  readonly caseId: string
  readonly unitId: string
}

/** Kept on this phone, as `useDraft` has it. */
export const correctionName = ({ caseId, unitId }: NoticeOf) => `correction:${caseId}:${unitId}`

const read = (of: NoticeOf) =>
  (platform.read(correctionName(of)) as CorrectionDraft | undefined) ?? EMPTY_CORRECTION

/** How many things the notice would ask for by now. */
export const notedCount = (of: NoticeOf) => Object.keys(read(of).picks).length

/** The notice that may be sent now; undefined where nothing may be asked of this paper. */
export const noticeFor = ({ staff }: CaseView, paper: string | undefined) =>
  staff?.correctionChoices.some(({ kind, name }) => kind === 'material' && name === paper)
    ? staff.allowed.find(({ action }) => action === 'request-correction')
    : undefined

export const openNotice = (id: string, { action, stepKey, unitId }: AllowedAction) =>
  openPage('staff/case/request-correction', { id, action, stepKey, unitId })

/** Puts one phrase into what is asked of a paper, or takes it out; what was typed stays. */
export function noteForPaper(of: NoticeOf, paper: string, phrase: string, isOn: boolean) {
  const draft = read(of)
  const key = keyOf({ kind: 'material', name: paper })
  const others = phrasesIn(draft.picks[key] ?? '').filter((each) => each !== phrase)
  const words = (isOn ? [...others, phrase] : others).join('；')
  const { [key]: _, ...rest } = draft.picks
  const wasEmpty = draft.picks[key] === ''
  const picks = words === '' && !wasEmpty ? rest : { ...draft.picks, [key]: words }
  platform.write(correctionName(of), { ...draft, picks })
}
