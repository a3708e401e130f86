import { applicantFieldsOf, identityKeysOf } from '../../application/item-answers'
import type { Field, FieldKind, ServiceItem } from '../../service-item/item'
import type { CaseState, ContentChange, CorrectionItem } from '../state'
import { hasOwnerTakenPart, openCorrection } from '../state'
import { isWithdrawable } from '../whose/applicant-acts'

/** What somebody who brings something is to the case. */
export interface Bringer {
  readonly owner: boolean
  readonly filer: boolean
  /** Staff with the person before them, where staff entered it. */
  readonly standsIn: boolean
}

/** What may be brought of one's own accord: keys of fields, names of papers. */
export interface Addable {
  readonly fields: readonly string[]
  readonly papers: readonly string[]
}

/** Where to reach and where to pay: no step judges them. */
const ADDED_KINDS: ReadonlySet<FieldKind> = new Set(['phone', 'bankcard'])

/** Staff who entered it for somebody go on until it is accepted. */
const mayBring = ({ accepted }: CaseState, { owner, filer, standsIn }: Bringer) =>
  owner || filer || (standsIn && accepted === null)

/**
 * Papers, phones and bank cards, until the decision. What an open notice asks is brought as its answer. Phone and card
 * are the owner's alone once one has taken part or the applicant is confirmed: that somebody is known is told to nobody.
 */
export function addable(item: ServiceItem, state: CaseState, by: Bringer): Addable {
  if (!isWithdrawable(state) || state.applicant?.disowned || !mayBring(state, by))
    return { fields: [], papers: [] }
  const isTheirs = by.owner || !(hasOwnerTakenPart(state) || state.identityConfirmed)
  return {
    fields: isTheirs
      ? item.fields
          .filter(({ key, kind }) => ADDED_KINDS.has(kind) && !isAsked(state, 'field', key))
          .map(({ key }) => key)
      : [],
    papers: item.materials
      .filter(({ kind, name }) => kind === 'upload' && !isAsked(state, 'material', name))
      .map(({ name }) => name),
  }
}

/** An open notice asks for it. */
export const isAsked = (state: CaseState, kind: CorrectionItem['kind'], name: string) =>
  openCorrection(state)?.items.some((each) => each.kind === kind && each.name === name) ?? false

/** Why a field is no addition, in words. */
export const refusalOfField = (item: ServiceItem, key: string) =>
  ADDED_KINDS.has(item.fields.find((field) => field.key === key)?.kind ?? 'text')
    ? '手机号和收款的卡只有核过身份的本人能改'
    : '这一项不能自己改，要改就请办的人发补正通知'

/**
 * Keys of name and number that can no longer be changed: both of a confirmed applicant; the number alone where its owner
 * has taken part, since a wrong name beside it is still to be put right.
 */
export function fixedIdentityKeys(item: ServiceItem, state: CaseState): readonly string[] {
  const { number } = applicantFieldsOf(item)
  if (state.identityConfirmed) return identityKeysOf(item)
  return number !== null && hasOwnerTakenPart(state) ? [number] : []
}

/** The answer as it stands is the owner's own. */
export const isOwnersAnswer = ({ changes }: Pick<CaseState, 'changes'>, key: string) =>
  changes.filter(({ fields }) => fields.includes(key)).slice(-1)[0]?.byOwner ?? false

/** What stands now as it was confirmed, in place of what had been typed. */
const NAMED = {
  name: '姓名按核实的改正',
  'name-and-number': '姓名、证件号按核实的改正',
  whom: '写上了是谁申请的',
} as const satisfies Record<NonNullable<ContentChange['named']>, string>

type Changed = Pick<ContentChange, 'fields' | 'papers' | 'named'>

/** Of a firm it is the name that the register has. */
export const namedWords = (item: ServiceItem, named: keyof typeof NAMED) =>
  named === 'name' && applicantFieldsOf(item).kind === 'firm' ? '单位名称按登记的改正' : NAMED[named]

/** What a change has changed, in words; empty where it was nothing. */
export function changeWords(
  item: ServiceItem,
  { fields, papers, named }: Changed,
  wordsOf: (field: Field) => string = ({ label }) => label,
): string {
  const said = named === null ? null : applicantFieldsOf(item).name
  const changed = item.fields.filter(({ key }) => key !== said && fields.includes(key)).map(wordsOf)
  return [
    ...(named === null ? [] : [namedWords(item, named)]),
    ...(changed.length > 0 ? [`改了：${changed.join('、')}`] : []),
    ...(papers.length > 0 ? [`交了：${papers.join('、')}`] : []),
  ].join('；')
}

/** What has changed since a step had judged it, until it is decided: whoever decides next is told. */
export function changedSinceJudged({ steps, changes, decision }: CaseState): Changed {
  if (decision !== null) return { fields: [], papers: [], named: null }
  const judged = steps.flatMap(({ doneAt }) => doneAt ?? [])
  const later = changes.filter(({ at }) => judged.some((done) => done < at))
  const named = later.flatMap((each) => each.named ?? [])
  return {
    fields: [...new Set(later.flatMap(({ fields }) => fields))],
    papers: [...new Set(later.flatMap(({ papers }) => papers))],
    named: named.includes('name-and-number') ? 'name-and-number' : (named[0] ?? null),
  }
}
