import { owedPapers } from '../case/delivery/owed-papers'
import type { CaseEvent } from '../case/events'
import { againWords } from '../case/outcome/again'
import { OUTCOME_WORDS } from '../case/outcome/outcome-words'
import { disownedTold, endedAsDisowned, LOST_BECAUSE, saidDisowned } from '../case/whose/disowned'
import { FAMILY_GOES_ON, familyTakes, notDead } from '../case/whose/family'
import { isFilersOwn } from '../case/whose/identity'
import {
  ended,
  gone,
  type Listener,
  MY_CASES,
  progress,
  type ResidentMessage,
  type Told,
  type WordingOf,
} from './resident-message'

/** Whoever has disowned it, on whichever of their accounts, hears what follows; another who acts for the firm that it is over. */
export function lost(
  told: Told,
  { type }: CaseEvent,
  wording: WordingOf,
  { acted }: Listener,
  unitName: (unitId: string) => string,
) {
  if (type === 'disowned' && (acted || told.after.applicant?.kind !== 'firm')) {
    const { title, line } = saidDisowned(told.after, unitName(told.after.organUnitId))
    return gone(told, wording(`：${title}`, line, '不是你的'))
  }
  return gone(told, wording('不是你的事了', LOST_BECAUSE[type === 'disowned' ? 'firm' : 'name'], '不是你的'))
}

const STOPPED = OUTCOME_WORDS.terminated
/** An allowance that has stopped would be money that stops: what has is the application. */
const APPLICATION_STOPPED = `的申请${STOPPED}`

/** The owner who took it over is not there to read it: whoever had filed it does, and sees the case no more. */
function died(told: Told, wording: WordingOf, { as }: Listener): ResidentMessage {
  const note = '家里人怎么办，点开就看到'
  const message = ended(told, wording(APPLICATION_STOPPED, FAMILY_GOES_ON, STOPPED, note))
  return as === 'filer' && told.after.takenOverAt ? { ...message, page: MY_CASES } : message
}

/** What was decided stands, and goes to the family: whoever had filed it is told, and the phone of the dead is not. */
export function deathTold(told: Told, wording: WordingOf, { as }: Listener): ResidentMessage {
  const line = familyTakes(told.after)
  const isOwed = owedPapers(told.after).length > 0
  const message = progress(
    told,
    wording(
      '：申请人不在了',
      line,
      isOwed ? '交给家属' : '决定不变',
      isOwed ? '文书交给家里人' : '没有要领的文书',
    ),
  )
  return as === 'filer' && told.after.takenOverAt ? { ...message, page: MY_CASES } : message
}

/** Where a paper says so one may object to it. */
const silenceWords = ({ item, after }: Told) =>
  `要补的一直没补，这件停了，${againWords(item)}${after.isEndTold ? '。不服怎么办，点开就看到' : ''}`

/** It has ended without a decision, and why. */
export function terminated(told: Told, wording: WordingOf, listener: Listener, cause: string | null) {
  if (cause === 'deceased') return died(told, wording, listener)
  return cause === 'disowned'
    ? ended(
        told,
        wording(
          APPLICATION_STOPPED,
          endedAsDisowned(told.item, told.after),
          STOPPED,
          disownedTold(told.after),
        ),
      )
    : ended(told, wording(APPLICATION_STOPPED, silenceWords(told), STOPPED))
}

/** Of whom it was for, and of whoever filed it for them: what became of it meanwhile is said of whose it is. */
export function livesTold(
  told: Told,
  wording: WordingOf,
  { as }: Listener,
  at: Omit<Parameters<typeof notDead>[1], 'isHolders'>,
) {
  const { applicant } = told.after
  const isHolders = as !== 'filer' || isFilersOwn(applicant, applicant?.numberIndex ?? null)
  const line = notDead(told, { ...at, isHolders })
  return progress(told, wording('：前面登记错了', line, '改正了', '前面登记错了'))
}
