import { dayIn, type PlainDate } from '../../kernel/plain-date'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { openRevocation, speakUntil } from '../revocation/revocation'
import type { Revocation } from '../revocation/revocation-state'
import type { CaseState } from '../state'
import type { DeathEvent } from './death-events'
import type { DeathRecord } from './death-record'
import { SERVED_PAPERS, type ServedPaper, type Service, type SignedPaper } from './delivery-state'
import { serviceOf, toBeServed, withOwnInApp, withoutWish } from './evolve-delivery'
import { inAppOn, keptInApp } from './in-app'
import { announcedUntil } from './served-without-them'
import { signedAt } from './signed-at'

type Recorded = Extract<DeathEvent, { type: 'applicant-death-recorded' }>
type Withdrawn = Extract<DeathEvent, { type: 'death-record-withdrawn' }>

const isSame = (one: SignedPaper) => (other: SignedPaper) =>
  one.of === other.of && one.signedAt === other.signedAt
const isAmong = (papers: readonly SignedPaper[]) => (paper: SignedPaper) => papers.some(isSame(paper))

/** As an event took it that says nothing of it: theirs in their hand whenever, or on their phone before the day on which they died. */
function wasHad(state: CaseState, of: ServedPaper, diedOn: PlainDate) {
  if (of === 'result' ? state.deliveredAt !== null : serviceOf(state, of)?.served !== undefined) return true
  const inApp = inAppOn(state, of)
  return inApp !== null && inApp < diedOn
}

const signed = (state: CaseState): readonly SignedPaper[] =>
  SERVED_PAPERS.flatMap((of) => {
    const at = signedAt(state, of)
    return at === null ? [] : [{ of, signedAt: at }]
  })

/**
 * What was theirs on a day before they died, by whichever way: nobody who has died takes a paper, refuses one or has an agent. Of what
 * asks them to speak they had it with the last day to do so. 民法典 第13、173条, 行政许可法 第7条
 */
export const hadBefore = (
  state: CaseState,
  diedOn: PlainDate,
  calendar: WorkingCalendar,
): readonly SignedPaper[] =>
  signed(state).filter(({ of }) =>
    [inAppOn(state, of), toldOn(state, of), inHandOn(state, of), upUntil(state, of)].some(
      (on) => on !== null && on < diedOn && (of !== 'revocation-notice' || isSpoken(state, diedOn, calendar)),
    ),
  )

/** That a revocation was taken back is theirs with its message, where the app reached them. */
function toldOn(state: CaseState, of: ServedPaper): PlainDate | null {
  const at = of === 'revocation-withdrawn' && !serviceOf(state, of) ? signedAt(state, of) : null
  return at === null ? null : dayIn(at)
}

function inHandOn(state: CaseState, of: ServedPaper): PlainDate | null {
  const { deliveredAt, owedAgain, servedOn } = state
  if (of !== 'result' || owedAgain !== undefined) return serviceOf(state, of)?.served?.on ?? null
  return deliveredAt === null ? null : (servedOn ?? dayIn(deliveredAt))
}

/** Put up it is theirs with the end of its days, whenever that is written down. 民事诉讼法 第95条 */
function upUntil(state: CaseState, of: ServedPaper): PlainDate | null {
  const announced = serviceOf(state, of)?.announced
  return announced ? announcedUntil(announced) : null
}

/** Their days to speak were over before. */
function isSpoken(state: CaseState, diedOn: PlainDate, calendar: WorkingCalendar) {
  const open = openRevocation(state)
  const until = open && speakUntil(open, calendar)
  return until?.kind === 'on' && until.on < diedOn
}

/** What hangs in the name of who has died serves no family, whose name does not stand there. */
export const hungInVain = (state: CaseState, had: readonly SignedPaper[]): readonly SignedPaper[] =>
  signed(state).filter((paper) => {
    const service = serviceOf(state, paper.of)
    return service?.announced !== undefined && service.served === undefined && !isAmong(had)(paper)
  })

/** What came into the hand of a family while the record stood, hangs for them or is on its way to them. */
export const handedOf = (state: CaseState): readonly SignedPaper[] =>
  signed(state).filter((paper) => {
    if (isAmong(state.death?.had ?? [])(paper)) return false
    const service = serviceOf(state, paper.of)
    const before = state.death?.dropped.services?.find(isSame(paper))
    const letters = before && !isDropped(before) ? before.posts.length : 0
    return (
      service?.served !== undefined ||
      service?.announced !== undefined ||
      (service?.posts.length ?? 0) > letters ||
      isClosedSince(state, paper.of)
    )
  })

/** Of what was done for who has died: a letter alone is on its way yet, and whoever takes it is named. */
const isDropped = ({ served, announced }: Service) => served !== undefined || announced !== undefined

/** What was handed over while the record stood has closed the case: what had before is owed again. */
const isClosedSince = ({ deliveredAt, owedAgain }: CaseState, of: ServedPaper) =>
  of === 'result' && deliveredAt !== null && owedAgain === undefined

/** As before anything was done for these. */
const untouched = (state: CaseState, papers: readonly SignedPaper[]): CaseState =>
  state.services === undefined
    ? state
    : {
        ...state,
        services: state.services.map((each) =>
          papers.some(isSame(each)) ? { of: each.of, signedAt: each.signedAt, posts: [] } : each,
        ),
      }

const changeOpen = (state: CaseState, change: (open: Revocation) => Revocation): CaseState =>
  openRevocation(state)
    ? {
        ...state,
        revocations: (state.revocations ?? []).map((each) =>
          each.answeredAt === null ? change(each) : each,
        ),
      }
    : state

/** What was said since is no word of the holder, and gives nothing up. */
const saidSince = ({ heard, ...open }: Revocation, since: (at: Revocation['proposedAt']) => boolean) => ({
  ...open,
  heard: heard.map((said) => {
    const { isAll: _all, isHolders: _holders, ...words } = said
    return since(said.at) ? words : said
  }),
})

/** Nobody was told of it who could speak: its days begin once the family has the notice. */
function unheard({ servedOn: _on, speakUntil: _until, ...open }: Revocation, diedOn: PlainDate): Revocation {
  return { ...saidSince(open, (at) => dayIn(at) >= diedOn), toBeServed: true }
}

/** What was served since the day of the death is owed, though the case was closed by it. */
function withoutServed(
  state: CaseState,
  { at, diedOn, hung = [] }: Recorded,
  had: readonly SignedPaper[],
): CaseState {
  const lost = signed(state).filter((paper) => !isAmong(had)(paper))
  const isLost = (of: ServedPaper) => lost.some((each) => each.of === of)
  const open = untouched(
    state,
    lost.filter((paper) => serviceOf(state, paper.of)?.served || isAmong(hung)(paper)),
  )
  const parts: CaseState = {
    ...open,
    steps: open.steps.map((run) => ({
      ...run,
      parts: run.parts.map(({ inAppOn: on, ...part }) =>
        on === undefined || on >= diedOn ? part : { ...part, inAppOn: on },
      ),
    })),
  }
  const again =
    isLost('result') && state.deliveredAt !== null && state.status === 'delivered'
      ? toBeServed({ ...parts, owedAgain: at }, 'result', { toBeServed: true })
      : parts
  const owed = isLost('revocation-withdrawn')
    ? toBeServed(again, 'revocation-withdrawn', { toBeServed: true })
    : again
  if (!isLost('revocation-notice') || openRevocation(state)?.decided !== 'granted') return owed
  return toBeServed(
    changeOpen(owed, (each) => unheard(each, diedOn)),
    'revocation-notice',
    { toBeServed: true },
  )
}

/** What is dropped with it, of what it was before. */
function droppedOf(state: CaseState, event: Recorded, had: readonly SignedPaper[]) {
  const isLost = (of: ServedPaper) => signed(state).some((each) => each.of === of && !isAmong(had)(each))
  const isBegun = ({ announced, posts }: Service) =>
    event.hung !== undefined && (announced !== undefined || posts.length > 0)
  const services = (state.services ?? []).filter(
    (each) => (each.served || isBegun(each)) && signed(state).some(isSame(each)) && !isAmong(had)(each),
  )
  const own = state.steps.flatMap(({ key: stepKey, parts }) =>
    parts.flatMap(({ unitId, inAppOn: on }) =>
      on !== undefined && on >= event.diedOn ? [{ stepKey, unitId, on }] : [],
    ),
  )
  const revocation = isLost('revocation-notice') ? openRevocation(state) : undefined
  return {
    ...(services.length === 0 ? {} : { services }),
    ...(own.length === 0 ? {} : { own }),
    ...(revocation === undefined ? {} : { revocation }),
    ...(state.owedAgain === undefined ? {} : { owedAgain: state.owedAgain }),
  }
}

/** Nobody's phone is the dead's: what came to it since they died serves nobody, and what they had wished for goes with them. */
function record(before: CaseState, event: Recorded): CaseState {
  const { at, diedOn, proofDigest } = event
  const papers = signed(before)
  const had = event.had ?? papers.filter(({ of }) => wasHad(before, of, diedOn))
  const dropped = (before.inApp ?? []).filter((each) => papers.some(isSame(each)) && !had.some(isSame(each)))
  const state = event.had === undefined ? before : withoutServed(before, event, had)
  const death: DeathRecord = {
    at,
    diedOn,
    proofDigest,
    had,
    dropped: {
      ...(before.deliveryChoice === undefined ? {} : { deliveryChoice: before.deliveryChoice }),
      inApp: dropped,
      owed: [
        ...dropped.filter(({ of }) => of !== 'result' && serviceOf(before, of) === undefined),
        ...papers.filter(
          ({ of }) => serviceOf(before, of) === undefined && serviceOf(state, of) !== undefined,
        ),
      ],
      ...(event.had === undefined ? {} : droppedOf(before, event, had)),
    },
  }
  const dead: CaseState = { ...withoutWish(state), isDeceased: true, death }
  const kept = keptInApp(
    dead,
    (state.inApp ?? []).filter((each) => !dropped.includes(each)),
  )
  return dropped.reduce(
    (next, { of }) => (of === 'result' ? next : toBeServed(next, of, { toBeServed: true })),
    kept,
  )
}

/**
 * They can speak from the day on which they hear that they live, where they had the notice before; where a family alone had it, from
 * the day on which it is theirs. Of a case from before it was kept nothing is known of what was before.
 */
function heardAnew(
  state: CaseState,
  { at, speakUntil }: Withdrawn,
  { at: since, dropped }: DeathRecord,
): CaseState {
  const open = openRevocation(state)
  if (open?.decided !== 'granted') return state
  const { revocation: before } = dropped
  const isProposedSince = open.proposedAt >= since
  const isHad = !isProposedSince && (before?.toBeServed !== true || before.servedOn !== undefined)
  return changeOpen(state, ({ servedOn: _on, speakUntil: _until, toBeServed: isOwed, ...each }) => {
    const words = saidSince(each, (said) => said >= since)
    const kept =
      before === undefined ? words.heard : [...before.heard, ...words.heard.slice(before.heard.length)]
    const owed = before === undefined ? isOwed : before.toBeServed
    return {
      ...words,
      heard: kept,
      ...(owed ? { toBeServed: true as const } : {}),
      ...(isHad ? { servedOn: dayIn(at) } : {}),
      ...(speakUntil === undefined ? {} : { speakUntil }),
    }
  })
}

const knownUnheard = (state: CaseState, { at, unheard = [] }: Withdrawn): CaseState =>
  unheard.length === 0 || state.revocations === undefined
    ? state
    : {
        ...state,
        revocations: state.revocations.map((each) =>
          unheard.includes(each.proposedAt) ? { ...each, unheardSince: at } : each,
        ),
      }

/** What a family had in their place served nobody; what had been theirs before is theirs again. */
function returned(state: CaseState, event: Withdrawn, death: DeathRecord): CaseState {
  const { services = [], own = [], owedAgain } = death.dropped
  const { handed = [] } = event
  const { owedAgain: _again, ...before } = untouched(state, handed)
  const again = services.filter((each) => isDropped(each) || isAmong(handed)(each))
  const restored: CaseState = {
    ...before,
    ...(owedAgain === undefined ? {} : { owedAgain }),
    ...(before.services === undefined
      ? {}
      : { services: before.services.map((each) => again.find(isSame(each)) ?? each) }),
  }
  const told = withOwnInApp(restored, own)
  const isClosed = handed.some(({ of }) => isClosedSince(state, of))
  const owed = isClosed ? toBeServed({ ...told, owedAgain: event.at }, 'result', { toBeServed: true }) : told
  return knownUnheard(heardAnew(owed, event, death), event)
}

/** As it had been, but for what was done meanwhile. */
function withdraw({ isDeceased: _dead, death, ...state }: CaseState, event: Withdrawn): CaseState {
  if (!death) return state
  const { deliveryChoice, inApp, owed } = death.dropped
  const before = event.handed === undefined ? state : returned(state, event, death)
  const services = (before.services ?? []).filter(
    (each) => !(owed.some(isSame(each)) && each.posts.length === 0 && !each.served && !each.announced),
  )
  const alive: CaseState = {
    ...before,
    ...(before.services === undefined ? {} : { services }),
    ...(deliveryChoice === undefined ? {} : { deliveryChoice }),
  }
  const isServedSince = ({ of }: SignedPaper) =>
    event.handed === undefined && serviceOf(alive, of)?.served !== undefined
  return keptInApp(alive, [...(alive.inApp ?? []), ...inApp.filter((each) => !isServedSince(each))])
}

export const applyDeath = (state: CaseState, event: DeathEvent): CaseState =>
  event.type === 'applicant-death-recorded' ? record(state, event) : withdraw(state, event)
