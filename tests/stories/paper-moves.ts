import type { CaseActor, Pool } from '#shared/domain/case/context'
import type { CaseCommand } from '#shared/domain/case/decide'
import {
  act,
  attempt,
  factsOf,
  file,
  type Journey,
  NO_CHANGE,
  staff,
  writtenFor,
} from '#shared/domain/case/journeys/case-fixture'
import type { CorrectionItem } from '#shared/domain/case/state'
import type { StepAction } from '#shared/domain/service-item/item'
import { packItems } from '../generated-input'
import { PLACES } from './county'

/** An item of the pack, filed. */
export function applied(id: string, day: string, more: Parameters<typeof file>[2] = {}): Journey {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return file(item, day, { places: PLACES, ...more })
}

/** One of the staff of the county, in one role. */
export const officer = (role: Pool['role'], unitId: string, staffId = 'first'): CaseActor => ({
  ...staff({ role, unitId }),
  staffId,
})

export function does(journey: Journey, command: CaseCommand, actor: CaseActor): Journey {
  const tried = attempt(journey, command, actor)
  if (!tried.ok) throw new Error(`${command.type}: ${tried.error.code}`)
  return tried.value
}

export const material = (name: string, why = 'why'): CorrectionItem => ({
  kind: 'material',
  name,
  reasonDigest: why,
})

/** The applicant brings something by themselves. */
export const brings = (journey: Journey, actor: CaseActor, paper: string) =>
  does(
    journey,
    {
      type: 'add',
      answersDigest: 'added',
      facts: factsOf(journey),
      change: { ...NO_CHANGE, papers: [paper] },
    },
    actor,
  )

/** One after the other, on one day. */
export const acts = (journey: Journey, ...actions: readonly StepAction[]) =>
  actions.reduce((next, action) => act(next, action), journey)

/** What stands in a record of a site, where one point is found wanting. */
export const foundWanting = ({ item }: Journey, stepKey: string) => {
  const written = writtenFor(item, stepKey)
  return {
    ...written,
    onSite: 'remarked' as const,
    onSiteDigest: 'they-said',
    findings: written.findings.map((each, at) =>
      at === 0 ? { ...each, answer: 'no' as const, remarkDigest: 'not-there', fileIds: ['p1', 'p2'] } : each,
    ),
  }
}
