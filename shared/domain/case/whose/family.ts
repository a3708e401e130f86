import { dayWords } from '../../kernel/day-words'
import type { PlainDate } from '../../kernel/plain-date'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { serviceOf } from '../delivery/evolve-delivery'
import { owedPapers } from '../delivery/owed-papers'
import { OUTCOME_WORDS, takingBackUntil } from '../outcome/outcome-words'
import { unheardWords } from '../outcome/taking-back-words'
import { goesOnWords } from '../result/payout'
import { awaitsService, openHearing } from '../revocation/revocation'
import { lastTakenBack, type Revocation } from '../revocation/revocation-state'
import { takingBackBy } from '../revocation/taking-back'
import { TAKEN_BACK } from '../revocation/unheard'
import type { CaseState } from '../state'

/** What is told to the family of an applicant who died while the case ran. The county's own words. */
export const FAMILY_GOES_ON =
  '申请人不在了，这件到此为止。家里人可以带死亡证明和自己的身份证，到村里或镇上窗口办后面的事。记错了、本人在世的，跟窗口说一声，随时能重新办'

/** The same of what was decided before it was known: the decision stands. */
const FAMILY_TAKES =
  '申请人不在了，已经作出的决定不变，文书交给家里人。家里人可以带死亡证明和自己的身份证，到办这件的窗口来拿'

const WRONG = '前面记的“申请人不在了”记错了，已经改正'
const NOT_DEAD = `${WRONG}，照原来的接着办`

/** Of whom nothing waits to be handed over. */
const FAMILY_HAS_ALL = '申请人不在了，已经作出的决定不变，现在没有要领的文书'

/** What was decided is written up and handed over yet. */
const isToCome = (state: CaseState) =>
  state.decision !== null && state.endedAt === null && !serviceOf(state, 'result')?.served

/** What the family is told of it: they are asked to come for what waits. */
export const familyTakes = (state: CaseState) =>
  owedPapers(state).length > 0 || isToCome(state) ? FAMILY_TAKES : FAMILY_HAS_ALL

const REMEDY = '不服的，送到以后可以申请行政复议，也可以到法院起诉'

/** What became of it while nobody could hear of it: of what is to fall they are told until when they may speak. */
function sinceThen(withdrawn: Withdrawn, at: ToldAt): string | null {
  const said = [takenBackSince(withdrawn), becameOf(withdrawn.after, at)].filter((each) => each !== null)
  return said.length === 0 ? null : said.join('。')
}

type PaidItem = Parameters<typeof goesOnWords>[0]

/** Taken back while nobody could hear of it: what goes on is what stands. */
function takenBackSince({ item, before, after }: Withdrawn): string | null {
  const { takenBackAt } = lastTakenBack(after) ?? {}
  const since = before?.death?.at
  if (takenBackAt === undefined || since === undefined || takenBackAt < since) return null
  if (after.status === 'revoked') return null
  const money = openHearing(after) ? null : goesOnWords(item, after)
  return `前面的${TAKEN_BACK}，原来的决定照样算数${money === null ? '' : `，${money}`}`
}

function hearingWords(open: Revocation, today: PlainDate) {
  if (open.speakUntil !== undefined)
    return `原来的决定准备撤销，有话 最晚 ${dayWords(open.speakUntil, today)} 说`
  return awaitsService(open)
    ? '原来的决定准备撤销，《拟撤销告知书》还没送到你，送到以后才算说的日子，有话也可以先说'
    : '原来的决定准备撤销，告知书送到了，最晚哪天说等放假安排公布了再告诉你，有话现在就能说'
}

function becameOf(state: CaseState, { today, calendar, isHolders }: ToldAt): string | null {
  const open = openHearing(state)
  if (open?.decided === 'granted') return hearingWords(open, today)
  const owed = owedPapers(state).length > 0
  if (state.status === 'revoked') {
    const by = takingBackBy(state, calendar)
    if (by !== undefined)
      return `${unheardWords({ by, isHolders }, today)}。${isHolders ? '' : '申请人'}不想等的，也可以申请行政复议，或者到法院起诉`
    return owed ? `原来的决定已经撤销。文书还没送到你，${REMEDY}` : '原来的决定已经撤销'
  }
  return owed ? '有文书还没送到你，会交给你本人' : null
}

/** To the place where it was typed: what goes on is what stands. */
export function notDeadForPlace(state: CaseState, { today, calendar }: Omit<ToldAt, 'isHolders'>) {
  if (state.status !== 'revoked') return NOT_DEAD
  const by = takingBackBy(state, calendar)
  if (by === undefined) return `${WRONG}，原来的决定已经撤销，由作出决定的单位办`
  const until = takingBackUntil(by, today)
  return `${WRONG}，${OUTCOME_WORDS.takingBack}，由作出决定的单位办${until === null ? '' : `，${until}`}`
}

/** `isHolders`: whoever reads is whom it was decided for; of anybody else it is said of whose it is. */
interface ToldAt {
  readonly today: PlainDate
  readonly calendar: WorkingCalendar
  readonly isHolders: boolean
}

interface Withdrawn {
  readonly item: PaidItem
  /** While the record stood; missing where nothing goes by it. */
  readonly before?: CaseState | null
  readonly after: CaseState
}

/** To whoever was told of it before, and to who lives. */
export function notDead(withdrawn: Withdrawn, at: ToldAt) {
  const said = sinceThen(withdrawn, at)
  return said === null ? NOT_DEAD : `${WRONG}。${said}`
}
