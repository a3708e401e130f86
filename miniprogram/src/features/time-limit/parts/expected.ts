import type { CaseView } from '#shared/contract/case'
import type { DueBecause } from '#shared/contract/primitives'
import { dayWords } from '../../../ui/words/dates'

/** Of a stop: 预计 12月9日 周三 做完; once that day is over, that it is not. Null where nothing stops it. */
export function expectedWords({ expectedOn }: Pick<CaseView, 'expectedOn'>, today: string) {
  if (!expectedOn) return null
  return expectedOn < today
    ? `原来预计 ${dayWords(expectedOn)} 做完，过了，还没做完`
    : `预计 ${dayWords(expectedOn)} 做完`
}

type Waiting = Pick<CaseView, 'dueBecause'>

type Stage = Extract<DueBecause, { kind: 'waits-for' }>

const waitOf = ({ dueBecause }: Waiting): Partial<Stage> =>
  dueBecause?.kind === 'waits-for' ? dueBecause : {}

/** Of a stop, where a list tells of it: who stopped it may want something of the applicant, in words that it does not carry. */
export function stoppedWords(of: Waiting, today: string) {
  const { because, until = null } = waitOf(of)
  const expected = because === 'special-procedure' ? expectedWords({ expectedOn: until }, today) : null
  return `${expected === null ? '' : `${expected}。`}为什么停、要不要你去，点开就看`
}

/** What is late while no day is promised yet: a village's stage has a limit of its own. */
export function stageLate(of: Waiting) {
  const { stepName = '', unpublished, until } = waitOf(of)
  return unpublished && until ? `${stepName}该 ${dayWords(until)} 贴出来，还没贴` : `${stepName}没按时限做完`
}

/** What comes after a stage that is late, where a notice has to hang first for how long. */
export function afterStage(of: Waiting) {
  const { unpublished } = waitOf(of)
  return unpublished ? `${hangsWords(unpublished)}，公示完就告诉你哪天办好` : '做完就告诉你哪天办好'
}

/** 贴出来起要 5 天 */
const hangsWords = ({ days, unit }: NonNullable<Stage['unpublished']>) =>
  `贴出来起要 ${days} ${unit === 'working' ? '个工作日' : '天'}`

/** In place of the apology: nothing may be granted before. */
export const IDENTITY_FIRST = '身份还没核，核过才能办'
