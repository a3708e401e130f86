import type { PlainDate } from '../../kernel/plain-date'
import { organName, type Registry } from '../../organization/registry'
import type { ServiceItem } from '../../service-item/item'
import { type AsOf, noticeStage } from '../publicity/objections'
import { stepOf } from '../route'
import { type CaseState, openParts, type StepPart, type StepRun } from '../state'
import { SPECIAL_PROCEDURES } from '../step/special-procedures'
import { disownedTold, disownedWords } from '../whose/disowned'
import { isDisowned } from '../whose/identity'
import { type OutcomeReader, type Standing, suspensionOf } from './outcome'
import { isOver, takingBackUntil } from './outcome-words'

/** Where the case is, in one line: what is done, and at which organ where one alone does it. */
export interface NowWords {
  readonly unitId: string | null
  readonly words: string
}

export function nowWords(
  item: ServiceItem,
  state: CaseState,
  { key, word, besides }: Standing,
  {
    reader,
    at,
    units = [],
  }: {
    readonly reader: OutcomeReader
    readonly at: AsOf
    /** The reader's own: of several shares that are open theirs is told, where it is one. */
    readonly units?: readonly string[]
  },
): NowWords {
  const nothing: NowWords = { unitId: null, words: word }
  if (isOver({ key }) || key === 'correcting') return nothing
  // It goes on no more, whatever step is open: an organ has to end it.
  if (isDisowned(state))
    return { unitId: null, words: reader === 'staff' ? disownedWords(state) : disownedTold(state) }
  if (key === 'suspended') return { unitId: null, words: suspendedWords(state) }
  const shares = openShares(item, state)
  const owns = shares.filter(({ part }) => units.includes(part.unitId))
  const own = owns.length === 1 ? owns[0] : undefined
  const told = own ? [own] : shares
  const [open] = told
  if (!open) return nothing
  const working = told.filter(({ part }) => part.suspendedAt === null)
  const doings = new Set(working.map((share) => doingWords(item, share, at)))
  const doing = doings.size === 1 ? [...doings].join('') : '正在办'
  const joined = (...words: readonly string[]) => [...words, ...besides].join('，')
  const stopped = organsOf(told).size - organsOf(working).size
  if (organsOf(told).size === 1)
    return { unitId: open.part.unitId, words: joined(stopped === 0 ? doing : STOPPED) }
  const organs = organsOf(working).size
  if (organs === 0) return { unitId: null, words: joined(`${stopped} 个部门都${STOPPED}`) }
  const rest = stopped === 0 ? [] : [`${stopped} 个部门${STOPPED}`]
  return { unitId: null, words: joined(`${organs} 个部门${doing}`, ...rest) }
}

/** Its own days stand still, and the others' go on. 行政许可法 第45条 */
const STOPPED = '暂停着'

const organsOf = (shares: ReturnType<typeof openShares>) => new Set(shares.map(({ part }) => part.unitId))

/** What somebody works on; what goes on beside the steps is left out. */
const openShares = (item: ServiceItem, state: CaseState) =>
  openParts(state).filter(({ step }) => !stepOf(item, step.key).optional)

/** How many organs work on it at one time: of several none is whom the applicant asks about the whole. */
export const organsAtWork = (item: ServiceItem, state: CaseState): number =>
  organsOf(openShares(item, state)).size

const DECIDING = '正在作决定'
const EXAMINING = '正在审核'

const AWAITING = '在等能作决定的人'

/** What is done in a share that is decided there: of several organs each may decide its own where it examines. */
const DEEDS_OF_DECIDING = [DECIDING, EXAMINING]

/** Nobody of these organs is there who decides: nobody decides it now. Of several that work at one time those that wait are named. */
export function withDecidersAwaited(
  now: NowWords,
  unitIds: readonly string[],
  registry: Pick<Registry, 'units'>,
): NowWords {
  const { unitId, words } = now
  if (unitIds.length === 0 || (unitId !== null && !unitIds.includes(unitId))) return now
  const deed = DEEDS_OF_DECIDING.find((each) => words.includes(each))
  if (unitId !== null) return deed === undefined ? now : { unitId, words: words.replace(deed, AWAITING) }
  const [working = '', ...rest] = words.split('，')
  const [, count] = /^(\d+) 个部门正在/.exec(working) ?? []
  if (count === undefined) return now
  const named = unitIds.map((each) => organName(registry, each)).join('、')
  const all = unitIds.length > 1 ? '都' : ''
  const first =
    Number(count) === unitIds.length ? `${named}${all}${AWAITING}` : `${working}，其中${named}${AWAITING}`
  return { unitId, words: [first, ...rest].join('，') }
}

/** 正在收回撤销，最晚 4月1日 收回; `by`: missing where nothing waits. */
export function withTakingBack(now: NowWords, by: PlainDate | null | undefined, today: PlainDate): NowWords {
  const until = by === undefined ? null : takingBackUntil(by, today)
  return until === null ? now : { ...now, words: `${now.words}，${until}` }
}

const doingWords = (
  item: ServiceItem,
  { step, part }: ReturnType<typeof openParts>[number],
  at: AsOf,
): string =>
  ({
    verify: '正在核实',
    accept: '收到了，准备受理',
    examine: EXAMINING,
    inspect: siteWords(part),
    publicise: noticeWords(item, step, at),
    decide: DECIDING,
    conclude: '正在办结',
  })[stepOf(item, step.key).kind]

/** Written down by one of them it is no visit until all who were there have signed. */
function siteWords({ visited, visit }: StepPart) {
  if (visited) return '到现场看过了，正在办'
  return visit === undefined ? '要到现场看' : '到现场看过了，等同去的人签名'
}

function noticeWords(item: ServiceItem, run: StepRun, at: AsOf) {
  const stage = noticeStage(item, run, at)
  if (stage === null) return '准备公示'
  return stage === 'runs' ? '正在公示' : '公示期满了，准备往下办'
}

/** By the procedure's own name: hearing, test, appraisal are none of the case's steps. */
function suspendedWords(state: CaseState) {
  const basis = suspensionOf(state)?.basis
  return `等${basis ? SPECIAL_PROCEDURES[basis] : '专门的程序'}做完，这段不算时限`
}

/** 梅渚镇正在审核 */
export const wordsText = ({ unitId, words }: NowWords, registry: Pick<Registry, 'units'>) =>
  unitId === null ? words : `${organName(registry, unitId)}${words}`
