import type { CaseView } from '#shared/contract/case'
import type { DueBecause } from '#shared/contract/primitives'
import { expectedWords } from '#shared/domain/time-limit/expected-words'
import { today } from '../../../platform/clock'
import { dayWords } from '../../../ui/words/dates'

/** Of a stop: 预计 12月9日 周三 做完; once that day is over, that it is not. Null where nothing stops it. */
export const expectedNote = ({ expectedOn }: Pick<CaseView, 'expectedOn'>, today: string) =>
  expectedOn ? expectedWords(dayWords(expectedOn), expectedOn < today) : null

type Waiting = Pick<CaseView, 'dueBecause'>

type Stage = Extract<DueBecause, { kind: 'waits-for' }>

const waitOf = ({ dueBecause }: Waiting): Partial<Stage> =>
  dueBecause?.kind === 'waits-for' ? dueBecause : {}

/** Of a stop, where a list tells of it: who stopped it may want something of the applicant, in words that it does not carry. */
export function stoppedWords(of: Waiting, today: string) {
  const { because, until = null } = waitOf(of)
  const expected = because === 'special-procedure' ? expectedNote({ expectedOn: until }, today) : null
  return `${expected === null ? '' : `${expected}。`}为什么停、要不要你去，点开就看`
}

/** The law's last day, where it is what is over: nobody had promised it. Null where it is not. */
export function lawOver(of: Waiting & { dueOn: string | null; dueByLaw?: boolean | undefined }) {
  if (of.dueOn !== null) return of.dueByLaw ? of.dueOn : null
  const { lawOn } = waitOf(of)
  return lawOn !== undefined && lawOn < today() ? lawOn : null
}

/** What is late while no day is promised yet: a village's stage has a limit of its own. */
export function stageLate(of: Waiting) {
  const { stepName = '', unpublished, until } = waitOf(of)
  return unpublished && until ? `${stepName}该 ${dayWords(until)} 贴出来，还没贴` : `${stepName}没按时限做完`
}

/** What comes after a stage that is late, where a notice has to hang first for how long. */
export function afterStage(of: Waiting) {
  const { unpublished, lawOn, stepName = '' } = waitOf(of)
  if (lawOn !== undefined) return `${stepName}做完，就告诉你哪天办好`
  return unpublished ? `${hangsWords(unpublished)}，公示完就告诉你哪天办好` : '做完就告诉你哪天办好'
}

/** 贴出来起要 5 天 */
const hangsWords = ({ days, unit }: NonNullable<Stage['unpublished']>) =>
  `贴出来起要 ${days} ${unit === 'working' ? '个工作日' : '天'}`

/** In place of the apology: nothing may be granted before. Whose identity is confirmed has only to take it over. */
export const firstWords = (isTakeover: boolean) =>
  isTakeover ? '等你接过来，接过来才能批' : '身份还没核，核过才能办'
