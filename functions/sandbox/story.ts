import { IDENTITY_CHECK } from '#shared/domain/case/whose/identity-check'
import type { Instant } from '#shared/domain/kernel/plain-date'

// One case from its first word to its last, told as the product has it: nothing here is counted by the console.

export interface Somebody {
  readonly id: string
  readonly name: string
}

/** A member of staff; `nextDuty` is now while they are on duty, null where no hours come. */
export interface Colleague extends Somebody {
  readonly nextDuty: Instant | null
}

/** A step of the item as the county publishes it, with who may take it. */
export interface RouteStep {
  readonly key: string
  readonly name: string
  readonly kind: string
  /** Held on the phone, far from a desk. */
  readonly afield: boolean
  readonly decides: boolean
  /** Has people before them, and may check who they are. */
  readonly meets: boolean
  readonly staff: readonly Colleague[]
}

interface Act {
  readonly type: string
  /** Null where it happened at none. */
  readonly stepKey: string | null
  readonly at: Instant
  /** Null: the product itself, or somebody who is not of the pack. */
  readonly by: Somebody | null
}

export interface StoryCase {
  readonly id: string
  readonly caseNumber: string
  readonly status: string
  readonly isIdentityConfirmed: boolean
  /** The owner took it over from whoever filed it. */
  readonly isTakenOver: boolean
  /** In their order, less what was taken back. */
  readonly acts: readonly Act[]
  /** Shares that are open, with who may take each. */
  readonly open: readonly {
    readonly stepKey: string
    readonly queue: string
    readonly staff: readonly Colleague[]
  }[]
  readonly mayBeRated: boolean
  readonly ratedAt: Instant | null
  /** Messages of this case: pushed by WeChat, and kept in the inbox alone. */
  readonly told: readonly { readonly name: string; readonly pushed: number; readonly kept: number }[]
}

export interface StoryFacts {
  readonly item: { readonly id: string; readonly name: string }
  readonly filer: Somebody
  readonly owner: Somebody
  readonly route: readonly RouteStep[]
  /** What the form asks of the owner and their cards answer, by the labels of its fields. */
  readonly answers: readonly { readonly label: string; readonly value: string }[]
  /** The newest of the owner in this item; null before the first. */
  readonly found: StoryCase | null
}

interface StoryStep {
  readonly key: string
  readonly person: Somebody
  readonly title: string
  readonly how: string
  /** `passed`: it went on without it. */
  readonly state: 'done' | 'now' | 'coming' | 'passed'
  readonly at: Instant | null
  readonly device: 'phone' | 'desk'
  /** Where it is done, or can be looked at; empty before there is a case. */
  readonly page: string
}

interface NextAct extends Pick<StoryStep, 'person' | 'device' | 'page'> {
  /** In words, where it is no step's: the applicant's, or a check of the identity; else empty. */
  readonly deed: string
  /** They are not on duty before; null where they are, or keep no hours. */
  readonly waitsUntil: Instant | null
}

export interface Story extends Pick<StoryFacts, 'item' | 'answers'> {
  /** `ended`: without what was applied for. */
  readonly phase: 'first' | 'running' | 'done' | 'ended'
  readonly caseNumber: string | null
  readonly steps: readonly StoryStep[]
  readonly next: NextAct | null
  /** What is otherwise than the steps say; null where nothing is. */
  readonly says: string | null
  readonly told: StoryCase['told']
}

/** Neighbours call each other by the given name. */
const given = ({ name }: Somebody) => (name.length > 2 ? name.slice(1) : name)

interface Telling {
  readonly coming: string
  readonly how: string
}

const TELLING: Readonly<Record<string, Telling>> = {
  verify: { coming: '在村里看一眼', how: '看过人和材料，点“核实上报”' },
  accept: { coming: '受理', how: '看过材料，点“受理”' },
  examine: { coming: '审核', how: '看过材料，点“准予”，签字' },
  conclude: { coming: '办结，送到手机', how: '点“办结”，再点“送达”' },
}

const DONE: Readonly<Record<string, string>> = {
  verified: '在村里核实过了',
  accepted: '受理了',
  declined: '没受理',
  granted: '审核，准了',
  refused: '审核，没批',
  examined: '办完了这一步',
  concluded: '办结了',
  delivered: '送到了',
}

const ENDED: Readonly<Record<string, string>> = {
  declined: '没受理',
  withdrawn: '撤回了',
  terminated: '停了',
}

const deviceOf = ({ afield }: RouteStep) => (afield ? '手机' : '电脑')
const IDENTITY_FIRST = `先点“${IDENTITY_CHECK}”，再`

function howOf(step: RouteStep, found: StoryCase | null) {
  const how = TELLING[step.kind]?.how ?? `办“${step.name}”`
  const asksIdentity = found !== null && !found.isIdentityConfirmed && step.meets && step.kind !== 'conclude'
  return `${deviceOf(step)}，${asksIdentity ? IDENTITY_FIRST : ''}${how}`
}

const casePage = (found: StoryCase | null, path: string) => (found ? `${path}?id=${found.id}` : '')

/** Whoever is there first; of several in the order of the pool. */
const soonest = (staff: readonly Colleague[]) =>
  [...staff].sort((left, right) => (left.nextDuty ?? '9').localeCompare(right.nextDuty ?? '9'))[0]

const NOBODY: Colleague = { id: '', name: '还没有人', nextDuty: null }

function stepOf(step: RouteStep, place: number, { route, found }: StoryFacts): StoryStep {
  const share = found?.open.find(({ stepKey }) => stepKey === step.key)
  const done = found?.acts.findLast(({ type, stepKey }) => stepKey === step.key && type in DONE)
  const holder = soonest(share?.staff ?? []) ?? soonest(step.staff) ?? NOBODY
  const about = {
    key: step.key,
    how: howOf(step, found),
    device: step.afield ? 'phone' : 'desk',
    page: casePage(found, 'staff/case/case'),
  } as const
  if (done && !share)
    return {
      ...about,
      person: done.by ?? holder,
      title: `${done.by ? given(done.by) : ''}${DONE[done.type]}`,
      state: 'done',
      at: done.at,
    }
  const title = `${given(holder)}${TELLING[step.kind]?.coming ?? `：${step.name}`}`
  if (share) return { ...about, person: holder, title, state: 'now', at: null }
  const later = route.slice(place + 1).map(({ key }) => key)
  const isPassed = found?.acts.some(({ type, stepKey }) => type in DONE && later.includes(stepKey ?? ''))
  return { ...about, person: holder, title, state: isPassed ? 'passed' : 'coming', at: null }
}

const formOf = ({ item }: StoryFacts) => `features/case/application/form?id=${item.id}`

function firstStep(facts: StoryFacts): StoryStep {
  const { filer, owner, found } = facts
  const filed = found?.acts.find(({ type }) => type === 'filed')
  const by = filed?.by ?? filer
  return {
    key: 'filing',
    person: by,
    title: by.id === owner.id ? `${given(owner)}自己申请` : `${given(by)}替妈妈申请`,
    how: '手机，点“帮别人办”，号码点“替他写上”，村点“和我一个村”，照片用样张，交完点“好，到时提醒我”',
    state: filed ? 'done' : 'now',
    at: filed?.at ?? null,
    device: 'phone',
    page: filed ? casePage(found, 'features/case/timeline') : formOf(facts),
  }
}

function lastStep({ owner, found }: StoryFacts): StoryStep {
  const state = found?.ratedAt ? 'done' : found?.mayBeRated ? 'now' : 'coming'
  const title = state === 'done' ? '妈妈收到，评过了' : '妈妈收到，评一个'
  return {
    key: 'rating',
    person: owner,
    title,
    how: '手机，大字版，看结果，点“这次办得怎么样”',
    state,
    at: found?.ratedAt ?? null,
    device: 'phone',
    page: casePage(found, 'features/case/result'),
  }
}

/** Whoever decides has nobody before them: before that it goes back to the last who had. */
function checkerOf({ route, found }: StoryFacts, steps: readonly StoryStep[], current: StoryStep) {
  const place = route.findIndex(({ key }) => key === current.key)
  if (found === null || found.isIdentityConfirmed || !route[place]?.decides || route[place].meets)
    return current
  const met = route.slice(0, place).findLast(({ meets, afield }) => meets && !afield)
  return steps.find(({ key }) => key === met?.key) ?? current
}

const CORRECTION = 'waits-for-applicant'

function nextOf(facts: StoryFacts, steps: readonly StoryStep[], now: Instant): NextAct | null {
  const { filer, owner, route, found } = facts
  const begin = { person: filer, device: 'phone', page: formOf(facts), waitsUntil: null } as const
  if (found === null) return { ...begin, deed: '替妈妈申请' }
  if (found.status in ENDED) return { ...begin, deed: '再申请一次' }
  if (found.open.some(({ queue }) => queue === CORRECTION)) {
    const page = `features/case/correction?id=${found.id}`
    return { ...begin, person: found.isTakenOver ? owner : filer, page, deed: '补材料' }
  }
  const current = steps.find(({ state }) => state === 'now')
  if (!current) return null
  const step = checkerOf(facts, steps, current)
  const share = found.open.find(({ stepKey }) => stepKey === step.key)
  const published = route.find(({ key }) => key === step.key)
  const colleagues = [...(share?.staff ?? []), ...(published?.staff ?? [])]
  const duty = colleagues.find(({ id }) => id === step.person.id)?.nextDuty
  const { person, device, page } = step
  const deed = step === current ? '' : IDENTITY_CHECK
  return { person, device, page, deed, waitsUntil: duty && duty > now ? duty : null }
}

function saysOf({ filer, owner, found }: StoryFacts, next: NextAct | null): string | null {
  if (found === null) return null
  const ended = ENDED[found.status]
  if (ended) return `这一件${ended}。可以再申请一次。`
  if (next?.deed === '补材料')
    return `要补材料，轮到${given(found.isTakenOver ? owner : filer)}。补好了接着走。`
  if (next?.deed === IDENTITY_CHECK)
    return `还没${IDENTITY_CHECK}，批不了。轮到${given(next.person)}：电脑，点“${IDENTITY_CHECK}”，核过了接着走。`
  if (found.open.some(({ queue }) => queue === 'paused')) return '这一件暂停计时，办完特别程序接着走。'
  return null
}

/** What the console's story shows of what the product has said at `now`. */
export function storyOf(facts: StoryFacts, now: Instant): Story {
  const { item, answers, found } = facts
  const steps = [
    firstStep(facts),
    ...facts.route.map((step, place) => stepOf(step, place, facts)),
    lastStep(facts),
  ]
  const next = nextOf(facts, steps, now)
  const isEnded = found !== null && found.status in ENDED
  const phase = found === null ? 'first' : isEnded ? 'ended' : next === null ? 'done' : 'running'
  return {
    item,
    answers,
    phase,
    caseNumber: found?.caseNumber ?? null,
    steps,
    next,
    says: saysOf(facts, next),
    told: found?.told ?? [],
  }
}
