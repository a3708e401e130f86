import type { CaseChanged } from '#shared/contract/case'
import type { ChooseDelivery, DeliverPaper } from '#shared/contract/delivery'
import type { Person } from './client'
import { caseOf } from './county'

type OfAct<Action extends DeliverPaper['action']> = Omit<
  Extract<DeliverPaper, { action: Action }>,
  'action' | 'version'
>

/** Staff write down how a paper goes; 200 and the case, else the problem. */
export async function deliver<Action extends DeliverPaper['action']>(
  staff: Person,
  caseId: string,
  action: Action,
  more: OfAct<Action>,
) {
  const { version } = await caseOf(staff, caseId)
  return staff.send<CaseChanged & { code?: string; errors?: { pointer: string }[] }>(
    'POST',
    `/api/cases/${caseId}/delivery`,
    { body: { action, version, ...more } },
  )
}

/** The applicant says how they want their papers. */
export async function choose(person: Person, caseId: string, wish: Omit<ChooseDelivery, 'version'>) {
  const { version } = await caseOf(person, caseId)
  return person.send<CaseChanged & { code?: string; errors?: { pointer: string }[] }>(
    'POST',
    `/api/cases/${caseId}/delivery-choice`,
    { body: { version, ...wish } },
  )
}
