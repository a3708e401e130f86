import type { CaseSummary, CaseView } from '#shared/contract/case'
import type { CaseStatus } from '#shared/domain/case/state'
import type { Light as Lamp } from '../../../ui/progress/due-light'
import { residentLight } from '../../time-limit/parts/resident-light'

type Lit = Pick<CaseSummary | CaseView, 'status' | 'statusText' | 'light' | 'dueBecause'>

/** Where the status says more than the days left. */
const LAMPS = {
  submitted: undefined,
  correcting: 'today',
  declined: 'paused',
  accepted: undefined,
  examining: undefined,
  suspended: 'paused',
  granted: 'done',
  refused: 'paused',
  concluded: 'done',
  delivered: 'done',
  withdrawn: 'paused',
  terminated: 'paused',
} as const satisfies Record<CaseStatus, Lamp | undefined>

/** The one mark on a case: what became of it, or how long it still takes. */
export function caseLight({ status, statusText, light, dueBecause }: Lit): { light: Lamp; words: string } {
  const lamp = LAMPS[status]
  return lamp === undefined ? residentLight(light, dueBecause) : { light: lamp, words: statusText }
}

/** Nothing is going on any more. */
export const isOver = ({ status }: Pick<Lit, 'status'>) =>
  LAMPS[status] === 'done' || (LAMPS[status] === 'paused' && status !== 'suspended')

/** A result to read: granted or refused. */
export const hasResult = ({ status }: Pick<Lit, 'status'>) => LAMPS[status] === 'done' || status === 'refused'
