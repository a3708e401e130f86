import type { CaseCreated } from '#shared/contract/application'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import type { County, Person } from './county'

export interface Applicant {
  readonly name: string
  readonly idNumber: string
}

const DALIANG = '341821105200'

/** A valid application of an item for somebody of 大梁村, with photos of these ids. */
export function applicationWith(
  county: County,
  itemId: string,
  { name, idNumber }: Applicant,
  uploadId: () => string,
) {
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const input = validInput(item, createRandom(7), {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId,
    identity: { name, idNumber, mobile: '15400000001' },
    villageCode: DALIANG,
  })
  return { serviceItemId: itemId, ...input }
}

/** How many photos an item may ask for. */
const placesOf = (itemId: string) => {
  const item = packItems().find(({ id }) => id === itemId)
  return [...(item?.materials ?? []), ...(item?.fields ?? [])]
}

/** The same with photos of `person`; `change` replaces answers. */
export async function applicationOf(
  county: County,
  person: Person,
  itemId: string,
  of: Applicant,
  change: Record<string, unknown> = {},
) {
  const uploads = await Promise.all(placesOf(itemId).map(() => person.upload()))
  const input = applicationWith(county, itemId, of, () => uploads.pop() ?? '')
  return { ...input, answers: { ...input.answers, ...change } }
}

/** The same, filed by `person`. */
export const filing =
  (countyOf: () => County) =>
  async (person: Person, itemId: string, of: Applicant, change: Record<string, unknown> = {}) =>
    person.send<CaseCreated & { caseId?: string }>('POST', '/api/cases', {
      body: await applicationOf(countyOf(), person, itemId, of, change),
    })
