import type { CaseEventType } from '#shared/domain/case/events'
import type { Revocation } from '#shared/domain/case/revocation/revocation-state'

const NOES: readonly CaseEventType[] = [
  'declined',
  'refused',
  'approval-rejected',
  'promise-broken',
  'correction-lapsed',
  'terminated',
  'withdrawn',
]

interface Told {
  readonly type: CaseEventType
  readonly outcome?: string
  readonly decided?: Revocation['decided']
}

/** Whether a line of what happened bears the mark of what went otherwise than was asked for, promised or hoped. */
export const isUnwanted = ({ type, outcome, decided }: Told) =>
  outcome === 'failed' || NOES.includes(type) || (type === 'decision-revoked' && decided === 'granted')
