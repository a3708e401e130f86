import type { CaseView } from '#shared/contract/case'

export type AfterDecision = NonNullable<NonNullable<CaseView['staff']>['afterDecision']>
export type AfterAction = AfterDecision['allowed'][number]

interface AfterForm {
  readonly label: string
  readonly lead: string
  readonly note: string
  /** What the long box asks for. */
  readonly asks: string
  readonly missing: string
  readonly phrases: readonly string[]
  readonly done: string
  readonly danger?: true
  /** A paper goes out by it, and is read first. */
  readonly issues?: true
}

const AFTER_FORMS: Readonly<Record<AfterAction, AfterForm>> = {
  'correct-decision': {
    label: '更正文书上的笔误',
    lead: '只改人写上去的字：理由里写错的字；名字写错的，只能改成核过身份的名字。给谁、办什么、依据、日期、批不批、金额、期限、卡号是决定本身，要改就撤销决定，重新作决定。',
    note: '写错的字，发更正通知书',
    asks: '理由',
    missing: '写明怎么写错的',
    phrases: ['录入时打错了字', '和证件上的不一样'],
    done: '更正通知书发出去了',
    issues: true,
  },
  'advise-revocation': {
    label: '请机关重新审查',
    lead: '送给作决定的机关，由它告知申请人、作决定，这里不发文书。县政府责令的，机关要照办；督查建议的，机关不撤销要写明理由。',
    note: '决定可能有错，送给作决定的机关',
    asks: '查明的事实和理由',
    missing: '写明哪里错了、怎么查明的',
    phrases: [],
    done: '送给作决定的机关了',
  },
  'decline-advice': {
    label: '答复督查：不撤销',
    lead: '查过了没有错的，写明理由，督查会看到。申请人不用知道。',
    note: '查过了，决定没有错',
    asks: '为什么不撤销',
    missing: '写明怎么查的、为什么不撤销',
    phrases: ['材料重新核过，符合条件'],
    done: '答复督查了',
  },
  'propose-revocation': {
    label: '拟撤销这个决定',
    lead: '发拟撤销告知书，先听申请人陈述、申辩。听了以后，由本机关另一个人定撤不撤。',
    note: '先告知，听申请人说，再定',
    asks: '查明的事实和理由',
    missing: '写明哪里错了、怎么查明的',
    phrases: [],
    done: '拟撤销告知书发出去了',
    issues: true,
    danger: true,
  },
  'record-statement': {
    label: '记下申请人说的',
    lead: '申请人当面说的、交来的书面意见，照原意写。申请人在手机上看得到。记的人不能再定撤不撤。',
    note: '当面说的、交来的书面意见',
    asks: '申请人怎么说的',
    missing: '写下申请人说的',
    phrases: [],
    done: '记下了',
  },
  'revoke-decision': {
    label: '撤销这个决定',
    lead: '发撤销决定书。上面写：听到了什么、采纳没有、为什么、根据哪一条、给过的怎么办、不服怎么办。',
    note: '发撤销决定书',
    asks: '对申请人说的采纳没有，为什么撤销',
    missing: '写明采纳没有、为什么',
    phrases: [],
    done: '撤销决定书发出去了',
    issues: true,
    danger: true,
  },
  'keep-decision': {
    label: '不撤销，照原来的',
    lead: '决定照样算数，申请人会知道。撤销会给公共利益造成重大损害的，也选这个。',
    note: '听了以后，决定照样算数',
    asks: '为什么不撤销',
    missing: '写明为什么不撤销',
    phrases: ['听了申请人说的，原来的决定没有错'],
    done: '告诉申请人了，决定不撤销',
    issues: true,
  },
}

/** Of whoever has died the family takes the papers and speaks. */
const OF_THE_DEAD: { readonly [Action in AfterAction]?: Partial<AfterForm> } = {
  'propose-revocation': {
    lead: '发拟撤销告知书，交给家里人，先听家里人陈述、申辩。听了以后，由本机关另一个人定撤不撤。',
    note: '先告知家里人，听了再定',
  },
  'record-statement': {
    label: '记下家里人说的',
    lead: '家里人当面说的、交来的书面意见，照原意写。记的人不能再定撤不撤。',
    asks: '家里人怎么说的',
    missing: '写下家里人说的',
  },
  'revoke-decision': { asks: '对家里人说的采纳没有，为什么撤销' },
  'keep-decision': {
    lead: '决定照样算数。撤销会给公共利益造成重大损害的，也选这个。',
    phrases: ['听了家里人说的，原来的决定没有错'],
    done: '记下了，决定不撤销',
  },
}

/** What was revoked before its holder could speak is taken back by the act that keeps a decision. */
const TAKES_BACK: AfterForm = {
  label: '收回撤销',
  lead: '当时登记申请人去世了，是登记错了，没听申请人说就撤销了。发收回撤销决定书，原来的决定照样算数，申请人会知道。还要撤销的，收回以后重新发拟撤销告知书，先听申请人说。',
  note: '没听申请人说，原来的决定照样算数',
  asks: '为什么收回',
  missing: '写明为什么收回',
  phrases: ['撤销以前没有听申请人陈述、申辩'],
  done: '告诉申请人了，撤销收回了',
  issues: true,
}

/** Recorded in error once, they have died since. */
const TAKES_BACK_OF_THE_DEAD: AfterForm = {
  ...TAKES_BACK,
  lead: '撤销的时候登记申请人去世了，是登记错了，没听申请人说就撤销了。收回以后原来的决定照样算数，收回撤销决定书交给家里人。还要撤销的，收回以后重新发拟撤销告知书，先听家里人说。',
  done: '撤销收回了，收回撤销决定书要交给家里人',
}

export function afterForm(
  action: AfterAction,
  { unheard }: Pick<AfterDecision, 'unheard'>,
  isDead: boolean,
): AfterForm {
  if (action === 'keep-decision' && unheard === true) return isDead ? TAKES_BACK_OF_THE_DEAD : TAKES_BACK
  return isDead ? { ...AFTER_FORMS[action], ...OF_THE_DEAD[action] } : AFTER_FORMS[action]
}

/** A record of a death stands. */
export const isOfTheDead = ({ delivery }: Pick<CaseView, 'delivery'>) => delivery?.death !== undefined

export interface AfterDraft {
  readonly text: string
  readonly written: string
  readonly corrected: string
  readonly basis: string | undefined
  /** What was found since the decision was kept; missing in drafts from before it was asked. */
  readonly newFact?: string
  /** Of several organs' decisions the one that is meant; missing until it is chosen. */
  readonly unitId?: string
}
export const EMPTY_DRAFT: AfterDraft = { text: '', written: '', corrected: '', basis: undefined }

/** For what it is to be revoked is named by who says so first. */
export const asksBasis = (action: AfterAction) =>
  action === 'propose-revocation' || action === 'advise-revocation'

type Choices = Pick<AfterDecision, 'asksNewFact' | 'decisions' | 'shares'>

/** Of several organs, the decisions that the act may be begun of. */
export const choicesOf = (action: AfterAction, { decisions = [] }: Pick<Choices, 'decisions'>) =>
  decisions.filter(({ acts }) => acts.some((each) => each === action))

/** Which decision is meant, of several: the one that is chosen, as long as it may be, or the only one. */
export function meantBy(
  action: AfterAction,
  { unitId }: Pick<AfterDraft, 'unitId'>,
  after: Pick<Choices, 'decisions'>,
) {
  const choices = choicesOf(action, after)
  return choices.length === 1 ? choices[0] : choices.find((each) => each.unitId === unitId)
}

/** It was kept before: what was found since is asked for. */
export const asksFact = (action: AfterAction, draft: Pick<AfterDraft, 'unitId'>, after: Choices): boolean =>
  action === 'propose-revocation' &&
  (choicesOf(action, after).length > 0
    ? (meantBy(action, draft, after)?.asksNewFact ?? false)
    : after.asksNewFact)

export type AfterFault = 'whose' | 'newFact' | 'text' | 'written' | 'corrected' | 'basis'

export function faultsOfAfter(action: AfterAction, draft: AfterDraft, after: Choices): readonly AfterFault[] {
  const { text, written, corrected, basis } = draft
  const isUnnamed = choicesOf(action, after).length > 0 && meantBy(action, draft, after) === undefined
  const isFactMissing = asksFact(action, draft, after) && (draft.newFact ?? '').trim().length < 2
  return [
    ...(isUnnamed ? (['whose'] as const) : []),
    ...(asksBasis(action) && basis === undefined ? (['basis'] as const) : []),
    ...(isFactMissing ? (['newFact'] as const) : []),
    ...(action === 'correct-decision' && written.trim() === '' ? (['written'] as const) : []),
    ...(action === 'correct-decision' && corrected.trim() === '' ? (['corrected'] as const) : []),
    ...(text.trim().length < 2 ? (['text'] as const) : []),
  ]
}

/** The department that the page stands at, of whoever works in several. */
function standsAt({ shares = [] }: Choices) {
  const [at, ...others] = shares
  return others.length === 0 ? at : undefined
}

/** Under which what is half written is kept: each department's own. */
export const draftOf = (caseId: string, action: AfterAction, after: Choices) =>
  ['after', caseId, standsAt(after)?.unitId, action].filter((part) => part !== undefined).join(':')

/** In whose name the act is done; undefined where there is one alone, of who is above, and of what was said to another's proposal. */
export function nameOn(action: AfterAction, after: Choices): string | undefined {
  const at = standsAt(after)
  const isOthers = action === 'record-statement' && at?.isOthers === true
  return action === 'advise-revocation' || isOthers ? undefined : at?.shortName
}

/** What is sent: each action names what it asks for, and nothing else. */
export function bodyOfAfter(action: AfterAction, draft: AfterDraft, version: number, after: Choices) {
  const words = draft.text.trim()
  const meant = meantBy(action, draft, after)
  const whose = meant === undefined ? {} : { unitId: meant.unitId }
  // Of the department that the page stands at: what is answered is what one has read.
  const at = standsAt(after)
  const own = at ? { unitId: at.unitId } : {}
  const newFact = asksFact(action, draft, after) && draft.newFact ? { newFact: draft.newFact.trim() } : {}
  if (action === 'record-statement')
    return { action, version, statement: words, ...(at?.isOthers ? {} : own) }
  const asked = {
    'correct-decision': { written: draft.written.trim(), corrected: draft.corrected.trim(), ...whose },
    'advise-revocation': { basis: draft.basis, ...whose },
    'decline-advice': own,
    'propose-revocation': { basis: draft.basis, ...newFact, ...whose },
    'revoke-decision': own,
    'keep-decision': own,
  }[action]
  return { action, version, reason: words, ...asked }
}
