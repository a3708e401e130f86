import { owedPapers } from '../case/delivery/owed-papers'
import type { CaseEvent } from '../case/events'
import { OUTCOME_WORDS } from '../case/outcome/outcome-words'
import type { CaseState } from '../case/state'
import { FAMILY_GOES_ON, familyTakes, notDeadForPlace } from '../case/whose/family'
import type { PlainDate } from '../kernel/plain-date'
import { pageOf, type TaskOf } from './staff-task'
import { progressData } from './templates'

/** Of a death as it is told to whoever holds another case: each of the two has one message of the other, however often one is recorded. */
export function eventOfOther(eventId: string, caseId: string): string {
  const digits = (id: string) => [...id].map((digit) => Number.parseInt(digit, 16))
  const other = digits(caseId)
  return digits(eventId)
    .map((digit, at) => (Number.isNaN(digit) ? '-' : (digit ^ (other[at] ?? 0)).toString(16)))
    .join('')
}

const LIVES = '这位申请人没有去世，前面登记错了，接着办'
const DIED = '这位申请人已登记为去世，核实后办理'
/** For whoever holds another case of an applicant who died, of that case alone. */
export function deathMessage(of: TaskOf, today: PlainDate) {
  return {
    kind: 'applicant-died',
    urgent: false,
    channel: 'relation',
    templateId: 'YX-STAFF-TASK',
    title: `${of.item.plainName}：申请人已登记为去世`,
    lines: [DIED, `办件编号 ${of.caseNumber}`],
    page: pageOf(of),
    data: progressData({
      item: of.item.plainName,
      caseNumber: of.caseNumber,
      word: '核实',
      day: today,
      note: DIED,
    }),
  } as const
}

/** To whoever was told that: it is not so. */
export function notDeadMessage(of: TaskOf, today: PlainDate) {
  return {
    ...deathMessage(of, today),
    kind: 'applicant-lives',
    title: `${of.item.plainName}：申请人没有去世，前面登记错了`,
    lines: [LIVES, `办件编号 ${of.caseNumber}`],
    data: progressData({
      item: of.item.plainName,
      caseNumber: of.caseNumber,
      word: '接着办',
      day: today,
      note: LIVES,
    }),
  } as const
}

/** What the family is told of an event by which a death is known, or known to be none; in a title, a line and a word. */
function familyWords(
  type: CaseEvent['type'],
  after: CaseState,
  at: Parameters<typeof notDeadForPlace>[1],
): readonly [string, string, string, string] {
  if (type === 'death-record-withdrawn')
    return ['：申请人没有去世，前面登记错了', notDeadForPlace(after, at), '改正了', '前面登记错了']
  if (type !== 'applicant-death-recorded')
    return [
      `的申请${OUTCOME_WORDS.terminated}，告诉家里人`,
      FAMILY_GOES_ON,
      OUTCOME_WORDS.terminated,
      '告诉家里人怎么办后面的事',
    ]
  const [word, note] =
    owedPapers(after).length > 0 ? ['交给家属', '告诉家里人来拿文书'] : ['决定不变', '现在没有要领的文书']
  return ['：申请人不在了，告诉家里人', familyTakes(after), word, note]
}

/** For the place where it was typed for somebody who died: the family comes there. `sees`: the reader may open the case. */
export function familyMessage(
  of: TaskOf & { readonly after: CaseState },
  type: CaseEvent['type'],
  at: Parameters<typeof notDeadForPlace>[1],
  sees: boolean,
) {
  const [title, line, word, note] = familyWords(type, of.after, at)
  const { plainName } = of.item
  return {
    ...deathMessage(of, at.today),
    kind: 'family-goes-on',
    title: plainName + title,
    lines: [line, `办件编号 ${of.caseNumber}`],
    page: sees ? pageOf(of) : 'staff/case/queue',
    data: progressData({ item: plainName, caseNumber: of.caseNumber, word, day: at.today, note }),
  } as const
}
