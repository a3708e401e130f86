import type { Account } from '#shared/contract/account'
import type { ApplicationForm, CreateCase } from '#shared/contract/application'
import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { ENTERS_AT, type EntryChannel } from '#shared/domain/organization/entering'

type RelativeKind = NonNullable<CreateCase['relation']>[number]['kind']

/** Where a member of staff types applications for others. */
export interface EntryPlace {
  readonly channel: EntryChannel
  readonly staffId: string
  readonly unitName: string
}

/** What the applicant is to whoever types it. */
export type ApplicantIs = 'none' | RelativeKind

/** For whom an application is, and by whom it is filled in. */
export type Who =
  | { readonly kind: 'self' }
  /** For somebody who gave no power; each has a draft of their own. */
  | { readonly kind: 'other'; readonly draftKey: string }
  | {
      readonly kind: 'entry'
      readonly place: EntryPlace
      /** The applicant did not come: somebody of theirs did. */
      readonly agent: boolean
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

const CHANNELS = Object.keys(ENTERS_AT) as EntryChannel[]

/** One place for each way in, the first of the account's. */
export function entryPlacesOf({ roles, staffId }: Pick<Account, 'roles' | 'staffId'>): readonly EntryPlace[] {
  if (staffId === null) return []
  return CHANNELS.flatMap((channel) => {
    const role = roles.find((each) => ENTERS_AT[channel].some((one) => one === each.role))
    return role ? [{ channel, staffId, unitName: role.unitName }] : []
  })
}

/** What an application says of how it came in. */
export function filingOf(
  who: Who,
): Pick<CreateCase, 'agent' | 'channel' | 'assisted' | 'relation' | 'applicant'> {
  if (who.kind !== 'entry') return { agent: who.kind === 'other' }
  const { place, agent, applicantIs, applicant } = who
  return {
    agent,
    channel: place.channel,
    assisted: true,
    ...(applicant ? { applicant } : {}),
    ...(applicantIs === 'none'
      ? {}
      : { relation: [{ staffId: place.staffId, kind: RELATIVE_OF[applicantIs] }] }),
  }
}
