import type { CaseSummary, CaseView } from '#shared/contract/case'
import { statusWords } from '#shared/contract/case.labels'
import { type Outcome, type ToldStatus, toldStatus } from '#shared/domain/case/outcome'
import type { Lamp } from '../../../ui/progress/due-light'
import { residentLight } from '../../time-limit/parts/resident-light'

type Lit = Pick<CaseSummary | CaseView, 'light'> & Outcome

/** Where the status says more than the days left. */
const LAMPS = {
  submitted: undefined,
  correcting: undefined,
  declined: 'ended',
  accepted: undefined,
  examining: undefined,
  suspended: 'paused',
  granted: 'done',
  refused: 'ended',
  concluded: 'done',
  delivered: 'done',
  withdrawn: 'ended',
  terminated: 'ended',
  'check-failed': 'late',
} as const satisfies Record<ToldStatus, Lamp | undefined>

/** The one mark on a case: what became of it, or how long it still takes. */
export function caseLamp({ light, ...lit }: Lit): { light: Lamp; words: string } {
  const status = toldStatus(lit)
  const lamp = LAMPS[status]
  if (lamp !== undefined) return { light: lamp, words: statusWords(lit) }
  if (status === 'correcting' && light.kind === 'unknown') return { light: 'today', words: '等你补' }
  return residentLight(light)
}

/** Nothing is going on any more. */
export const isOver = ({ status }: Pick<Lit, 'status'>) =>
  LAMPS[status] === 'done' || LAMPS[status] === 'ended'

/** A result to read: granted or refused. */
export const hasResult = ({ status }: Pick<Lit, 'status'>) => LAMPS[status] === 'done' || status === 'refused'
