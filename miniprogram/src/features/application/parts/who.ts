import type { Account } from '#shared/contract/account'
import type { ApplicationForm, CreateCase } from '#shared/contract/application'
import type { EnterApplication } from '#shared/contract/entry'
import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { ENTERS_AT, type EntryChannel, entersAt } from '#shared/domain/organization/entering'

type RelativeKind = NonNullable<CreateCase['relation']>[number]['kind']

/** Where a member of staff types applications for others. */
export interface EntryPlace {
  readonly channel: EntryChannel
  readonly staffId: string
  readonly unitName: string
}

/** What the applicant is to whoever types it. */
export type ApplicantIs = 'none' | RelativeKind

/** How whoever came agreed that it is typed, and why they had to come. */
export interface Agreed {
  readonly how: EnterApplication['consent']['how']
  readonly visitReason: string
}

/** For whom an application is, and by whom it is filled in. */
export type Who =
  | { readonly kind: 'self' }
  /** For somebody who gave no power; each has a draft of their own. */
  | { readonly kind: 'other'; readonly draftKey: string }
  | {
      readonly kind: 'entry'
      readonly place: EntryPlace
      /** Whom it is for, or somebody of theirs with a power. */
      readonly came: 'person' | 'agent'
      readonly agreed: Agreed
      readonly applicantIs: ApplicantIs
      /** Who applies, where the form does not ask. */
      readonly applicant?: NonNullable<CreateCase['applicant']>
    }

export const SELF: Who = { kind: 'self' }

/** A person whom no answer names: beside a form that asks for no number staff write who applies. */
export const isNamedBeside = (form: ApplicationForm) => applicantFieldsOf(form).number === null

/** Of the member of staff, as the applicant's relative: 父母's child, 子女's parent. */
const RELATIVE_OF = {
  spouse: 'spouse',
  parent: 'child',
  child: 'parent',
  sibling: 'sibling',
  other: 'other',
} as const satisfies Record<RelativeKind, RelativeKind>

/** 回避: what they will decide nothing of. 公务员法 第76条 */
export const isRelative = (who: Who) => who.kind === 'entry' && who.applicantIs !== 'none'

/** None or one: who holds a post of a village and one of a window sits at the window, as the server has it. */
export function entryPlacesOf({ roles, staffId }: Pick<Account, 'roles' | 'staffId'>): readonly EntryPlace[] {
  if (staffId === null) return []
  const channel = entersAt(roles.map(({ role }) => role))
  const post = roles.find((each) => ENTERS_AT[channel].some((one) => one === each.role))
  return post ? [{ channel, staffId, unitName: post.unitName }] : []
}

/** Whether somebody acts for another: whom staff type it for applies all the same. */
export const isAgent = (who: Who) => who.kind === 'other' || (who.kind === 'entry' && who.came === 'agent')

type Filing =
  | Pick<CreateCase, 'agent'>
  | Pick<EnterApplication, 'agent' | 'consent' | 'visitReason' | 'relation' | 'applicant'>

/** What an application says of how it came in; with a consent it goes in by the door of its own (`doorOf`). */
export function filingOf(who: Who): Filing {
  if (who.kind !== 'entry') return { agent: isAgent(who) }
  const { place, came, agreed, applicantIs, applicant } = who
  return {
    ...(came === 'agent' ? { agent: true } : {}),
    consent: { how: agreed.how },
    visitReason: agreed.visitReason,
    ...(applicant ? { applicant } : {}),
    ...(applicantIs === 'none'
      ? {}
      : { relation: [{ staffId: place.staffId, kind: RELATIVE_OF[applicantIs] }] }),
  }
}
