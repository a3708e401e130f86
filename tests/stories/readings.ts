import { breaksOn, lawsLastDay, newDays } from '#shared/domain/case/clock/broken-promise'
import { caseLight } from '#shared/domain/case/clock/case-light'
import {
  acceptanceClock,
  answerByOf,
  dueOfCase,
  lastAnswerOn,
  nearestDue,
  noticeDays,
  promisedClock,
  statutoryClock,
  taskDue,
} from '#shared/domain/case/clock/clocks'
import { dueWords } from '#shared/domain/case/clock/due-words'
import { extendedWords } from '#shared/domain/case/clock/extended'
import { provisionalDueOfCase } from '#shared/domain/case/clock/provisional-due'
import { shareDue } from '#shared/domain/case/clock/task-light'
import { toldDays } from '#shared/domain/case/clock/told-days'
import { areTurningDaysKnown, caseTurningDays, turningDays } from '#shared/domain/case/clock/turning-days'
import type { Pool } from '#shared/domain/case/context'
import { addable, changedSinceJudged } from '#shared/domain/case/correction/brought'
import { lookersOf, redraftTargets } from '#shared/domain/case/correction/draft-step'
import { awaitedDrafts, wantedItems } from '#shared/domain/case/correction/joined-notice'
import { noticesGiven } from '#shared/domain/case/correction/notices-given'
import { returnableDrafts } from '#shared/domain/case/correction/return-draft'
import { isAgainst } from '#shared/domain/case/delivery/against'
import { choosableMethods, mayChooseDelivery } from '#shared/domain/case/delivery/choose-delivery'
import { DELIVERY_ACTS, whyNotDelivery } from '#shared/domain/case/delivery/delivery'
import {
  awaitedServices,
  datedParts,
  isDeliveredLate,
  servingClock,
} from '#shared/domain/case/delivery/delivery-clock'
import { serviceOf } from '#shared/domain/case/delivery/evolve-delivery'
import { owedPapers } from '#shared/domain/case/delivery/owed-papers'
import { remedyFrom } from '#shared/domain/case/delivery/served-on'
import {
  closingShare,
  handedOverHow,
  isCertificateApart,
  mayBePosted,
} from '#shared/domain/case/delivery/settle'
import { APPLICANT, contextOf, type Journey, staff } from '#shared/domain/case/journeys/case-fixture'
import { nowWords } from '#shared/domain/case/outcome/now-words'
import { outcomeAt, standingOf, suspensionOf } from '#shared/domain/case/outcome/outcome'
import { isRateable } from '#shared/domain/case/outcome/rateable'
import { laneNote, laneWords, lateLanes } from '#shared/domain/case/parallel/lane-words'
import { lanesOf } from '#shared/domain/case/parallel/lanes'
import { decidedShares, partlyWords, restingOn, tallyOf } from '#shared/domain/case/parallel/share-decisions'
import { noticeStage, objectionPools, toDoOfNotice } from '#shared/domain/case/publicity/objections'
import { noticeForEverybody } from '#shared/domain/case/publicity/public-notice'
import { bookingsOf, bookingTold, howToGetWords } from '#shared/domain/case/result/booked'
import { isHeldBack, whyNotPaid } from '#shared/domain/case/result/payout'
import { whyNotAfter } from '#shared/domain/case/revocation/after-decision'
import { AFTER_DECISION } from '#shared/domain/case/revocation/after-decision-who'
import { openRevocation, speakUntilOf } from '#shared/domain/case/revocation/revocation'
import { settleDue, settlesWords, settlingsOf } from '#shared/domain/case/revocation/settling'
import { maySayAll, maySpeak } from '#shared/domain/case/revocation/speaking'
import { stepOf } from '#shared/domain/case/route'
import { openCorrection, openParts } from '#shared/domain/case/state'
import {
  type AllowedAction,
  allowedActions,
  awaitsItsOrgan,
  firstAction,
} from '#shared/domain/case/step/actions'
import { lapsedBecause, lapsedWords, openApprovals } from '#shared/domain/case/step/approvals'
import { nextOnTime } from '#shared/domain/case/step/decide-on-time'
import { isJointlyDisowned, leadersOfCase } from '#shared/domain/case/step/leading'
import { returnTargets } from '#shared/domain/case/step/return-targets'
import { mayDisown, mayTakeOver, mayWithdraw } from '#shared/domain/case/whose/applicant-acts'
import { disownedTold, disownedWords } from '#shared/domain/case/whose/disowned'
import { awaitedIdentity, isDisowned } from '#shared/domain/case/whose/identity'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { isAmongPools, organName } from '#shared/domain/organization/registry'
import { type ClockDue, dueOf, type LegalClock } from '#shared/domain/time-limit/clock'
import type { Light } from '#shared/domain/time-limit/light'
import { COUNTY } from './county'

/** What can be told of a case at one moment, by its name in the story. */
export type Readings = Readonly<Record<string, string>>

const nameOf = (unitId: string) => organName(COUNTY, unitId) || unitId
const poolWords = ({ role, unitId }: Pool) => `${nameOf(unitId)}/${role}`
const list = (...said: readonly (string | null | undefined | false)[]) => said.filter(Boolean).join('，')
const yes = (holds: boolean, word: string) => (holds ? word : '')

function dueText(due: ClockDue | ReturnType<typeof dueOfCase>): string {
  switch (due.kind) {
    case 'on':
      return list(due.on, 'clock' in due && due.clock, 'anew' in due && due.anew && `改到 ${due.anew}`)
    case 'paused':
      return `停着，从 ${due.since} 起`
    case 'calendar-missing':
      return `缺 ${due.year} 年的日历`
    case 'waits-for':
      return `等 ${due.stepKey}（${due.because}）`
  }
}

const lightText = (light: Light) => Object.values(light).join(' ')

const clockText = (clock: LegalClock) => dueText(dueOf(clock, COUNTY.calendar))

/** Who of the county may act at an open share, each by themselves. */
function poolsAt(journey: Journey): readonly Pool[] {
  const { item, state } = journey
  const context = contextOf(journey, { kind: 'system' })
  const all = openParts(state).flatMap(({ step, part }) => [
    ...context.poolsOf(stepOf(item, step.key), part.unitId),
    ...openApprovals(state).flatMap(({ approvers }) => approvers),
    ...leadersOfCase(item, state),
    ...objectionPools(item, state, { run: step, part }),
  ])
  return [...new Map(all.map((pool) => [poolWords(pool), pool])).values()]
}

const actText = ({ action, stepKey, unitId }: AllowedAction) => `${action}@${stepKey}/${nameOf(unitId)}`

function acts(journey: Journey): Readings {
  const { item, state } = journey
  return Object.fromEntries(
    poolsAt(journey).map((pool) => {
      // Nobody answers what they have asked for themselves.
      const isAsked = openApprovals(state).some(({ approvers }) => isAmongPools(approvers, pool))
      const context = contextOf(journey, { ...staff(pool), staffId: isAsked ? 'asked' : 'first' })
      const allowed = allowedActions(item, state, context)
      const first = openParts(state).flatMap(({ step, part }) => {
        const action = firstAction(item, state, { stepKey: step.key, unitId: part.unitId }, context)
        return action === null ? [] : [`先 ${action}@${step.key}/${nameOf(part.unitId)}`]
      })
      const waits = awaitsItsOrgan(item, state, context).map(({ unitId }) => `等 ${nameOf(unitId)} 的人`)
      return [`${poolWords(pool)} 可以`, list(...allowed.map(actText), ...first, ...waits)]
    }),
  )
}

/** Above the organ, in it, and elsewhere. */
const AFTERWARDS = (organ: string): readonly Pool[] => [
  { role: 'dept-approver', unitId: organ },
  { role: 'town-approver', unitId: organ },
  { role: 'window', unitId: organ },
  { role: 'supervisor', unitId: '341821' },
  { role: 'county-approver', unitId: '341821' },
]

function afterwards(journey: Journey): Readings {
  const { item, state } = journey
  const organs = [...new Set([state.organUnitId, ...decidedShares(item, state).map(({ unitId }) => unitId)])]
  return Object.fromEntries(
    organs.flatMap(AFTERWARDS).map((pool) => {
      const context = contextOf(journey, { ...staff(pool), staffId: 'second' })
      const after = AFTER_DECISION.filter((act) => whyNotAfter(item, state, act, context) === null)
      return [`决定以后，${poolWords(pool)} 可以`, after.join('，')]
    }),
  )
}

function delivery(journey: Journey): Readings {
  const { item, state } = journey
  const closing = openParts(state).map(({ step, part }) => ({ stepKey: step.key, unitId: part.unitId }))
  const holder: Pool[] = state.steps.flatMap((run) =>
    run.parts.map(({ unitId }) => ({ role: stepOf(item, run.key).role, unitId })),
  )
  const context = contextOf(journey, { ...staff(...holder), staffId: 'first' })
  return {
    送达: owedPapers(state)
      .map((of) => {
        const mayAct = DELIVERY_ACTS.filter((act) => whyNotDelivery(item, state, act, of, context) === null)
        return `${of}：${list(...mayAct, yes(isAgainst(state, of), '不利'), yes(mayBePosted(item, state, of), '能寄'))}`
      })
      .join('；'),
    等送达: list(
      ...awaitedServices(item, state).map(({ of, stepKey, unitId }) => `${of}@${stepKey}/${nameOf(unitId)}`),
      yes(state.decision?.toBeServed === true, '决定书要另外送'),
      yes(isDeliveredLate(item, state, COUNTY.calendar), '送晚了'),
    ),
    送达期限: list(
      ...datedParts(item, state).map(({ step, part }) => {
        const clock = servingClock(item, state, step, part)
        return clock && `${step.key}/${nameOf(part.unitId)} ${clockText(clock)}`
      }),
    ),
    收法: list(
      mayChooseDelivery(state, APPLICANT) && `能选 ${choosableMethods(item, true, APPLICANT).join('、')}`,
      handedOverHow(item, state),
      yes(isCertificateApart(item, state), '证另领'),
      ...closing.map((at) => {
        const share = closingShare(item, state, at)
        return share && `办结在 ${share.stepKey}/${nameOf(share.unitId)}`
      }),
    ),
    救济起算: list(
      ...(['refused', 'declined', 'revoked', 'lapsed'] as const).map((of) => {
        const on = remedyFrom(state, of)
        return on && `${of} ${on}`
      }),
    ),
    已收: list(
      ...(['result', 'decline', 'termination', 'revocation-notice', 'revocation'] as const).map((of) => {
        const served = serviceOf(state, of)?.served
        return served && `${of} ${served.on}`
      }),
    ),
  }
}

function shares(journey: Journey): Readings {
  const { item, state, now } = journey
  const { calendar } = COUNTY
  return Object.fromEntries(
    openParts(state).map(({ step, part }) => {
      const { due, days } = nearestDue(item, state, step, part, calendar)
      const share = shareDue(item, state, { run: step, part }, calendar)
      return [
        `${step.key}/${nameOf(part.unitId)} 期限`,
        list(
          dueText(taskDue(item, state, step, part, calendar)),
          `最近 ${dueText(due)}（${days} 天的）`,
          `条 ${dueText(share.due)}`,
          `转色 ${turningDays(item, state, step, calendar).join(' ')}`,
          returnTargets(item, state, step.key).length > 0 &&
            `能退到 ${returnTargets(item, state, step.key).join('、')}`,
          yes(isJointlyDisowned(item, state, { key: step.key }), '要牵头的来终止'),
          toDoOfNotice(item, state, { stepKey: step.key, unitId: part.unitId }, { now, calendar }, [
            'publish-notice',
            'close-notice',
          ]).join('、'),
        ),
      ]
    }),
  )
}

function publicity(journey: Journey): Readings {
  const { item, state, now } = journey
  const at = { now, calendar: COUNTY.calendar }
  const everybody = noticeForEverybody(item, state, at)
  return {
    公示: list(
      ...state.steps.map((run) => {
        const stage = noticeStage(item, run, at)
        const days = noticeDays(item, run, COUNTY.calendar)
        return (
          stage &&
          `${run.key} ${stage} ${Object.values(days ?? {})
            .map((each) => JSON.stringify(each))
            .join(' ')}`
        )
      }),
      everybody && `公开页 ${everybody.publishedOn} 到 ${everybody.lastOn}`,
    ),
  }
}

function corrections(journey: Journey): Readings {
  const { item, state, now } = journey
  const { calendar } = COUNTY
  const asked = openCorrection(state)
  const owner = addable(item, state, { owner: true, filer: true, standsIn: false })
  const filer = addable(item, state, { owner: false, filer: true, standsIn: false })
  return {
    补正: list(
      asked && `要补 ${asked.items.map(({ name }) => name).join('、')}`,
      asked && `到 ${answerByOf(item, state, calendar).answerBy ?? '没有日子'}`,
      lastAnswerOn(item, state, calendar),
      lookersOf(item, state).length > 0 && `${lookersOf(item, state).map(nameOf).join('、')}再看`,
      noticesGiven(state).length > 0 && `发过 ${noticesGiven(state).length} 次`,
    ),
    意见: list(
      ...awaitedDrafts(item, state, { now, calendar }).map(({ unitId }) => `等${nameOf(unitId)}`),
      ...wantedItems(item, state).map(
        ({ kind, name, asked: by }) =>
          `${kind} ${name}（${by.map(({ unitId, reasonDigest }) => `${nameOf(unitId)} ${reasonDigest}`).join('、')}）`,
      ),
      returnableDrafts(item, state).length > 0 &&
        `能退 ${returnableDrafts(item, state).map(nameOf).join('、')}`,
      redraftTargets(item, state).length > 0 && `能再看 ${redraftTargets(item, state).length}`,
    ),
    能添: list(owner.fields.join('、'), owner.papers.join('、')),
    代填的人能添: list(filer.fields.join('、'), filer.papers.join('、')),
    审后改的: JSON.stringify(changedSinceJudged(state)),
  }
}

function lanes(journey: Journey): Readings {
  const { item, state, now } = journey
  const today = dayIn(now)
  const all = lanesOf(item, state, today, COUNTY.calendar)
  return {
    ...Object.fromEntries(
      all.map((lane) => [
        `　${nameOf(lane.unitId)}`,
        list(
          laneWords(lane, today),
          laneNote(lane, nameOf),
          lane.decides && `定“${lane.decides}”`,
          lane.light && lightText(lane.light),
        ),
      ]),
    ),
    谁慢了: lateLanes(all, nameOf) ?? '',
    批了几样: (() => {
      const tally = tallyOf(item, state)
      return tally === null ? '' : partlyWords(tally)
    })(),
    靠着它的: decidedShares(item, state)
      .map(({ stepKey, unitId }) =>
        restingOn(item, state, { stepKey, unitId })
          .map((each) => nameOf(each.unitId))
          .join('、'),
      )
      .join(' '),
  }
}

function revoking(journey: Journey): Readings {
  const { state } = journey
  const open = openRevocation(state)
  return {
    撤销: list(
      ...settlingsOf(state).map(
        (each) =>
          `${settlesWords(each.of).name}：${settlesWords(each.of).note}，${dueText(settleDue(state, each, COUNTY.calendar))}，${each.pools.map(poolWords).join('、')}`,
      ),
      open && `能说到 ${JSON.stringify(speakUntilOf(state, COUNTY.calendar))}`,
      yes(maySpeak(state, APPLICANT), '能说'),
      yes(maySayAll(state, APPLICANT), '能说完'),
    ),
  }
}

/** Everything that is told of the case now, whoever is told it. */
export function readingsOf(journey: Journey): Readings {
  const { item, state, now } = journey
  const { calendar } = COUNTY
  const today = dayIn(now)
  const due = dueOfCase(item, state, calendar)
  const standing = standingOf(item, state, { calendar, documents: [] })
  const light = caseLight(item, state, today, calendar)
  const at = { now, calendar }
  const toApplicant = nowWords(item, state, standing, { reader: 'applicant', at })
  const toStaff = nowWords(item, state, standing, { reader: 'staff', at, units: [state.organUnitId] })
  const context = contextOf(journey, APPLICANT)
  const freeToTake = { ...APPLICANT, mayTakeOver: true, mayDisown: true } as const
  return {
    状态: list(
      state.status,
      ...Object.values(outcomeAt(standing, light, 'applicant')).map((each) => String(each)),
    ),
    申请人看到: list(toApplicant.unitId && nameOf(toApplicant.unitId), toApplicant.words),
    办的人看到: list(
      toStaff.unitId && nameOf(toStaff.unitId),
      toStaff.words,
      JSON.stringify(outcomeAt(standing, light, 'staff').word),
    ),
    期限: dueWords(item, state, due, today),
    按日历: list(
      dueText(due),
      `排在 ${provisionalDueOfCase(item, state, calendar, today)}`,
      ...Object.entries({
        受理: acceptanceClock(item, state),
        承诺: promisedClock(item, state),
        法定: statutoryClock(item, state),
      }).map(([name, clock]) => clock && `${name} ${clockText(clock)}`),
    ),
    灯: lightText(light),
    转色: list(
      ...caseTurningDays(item, state, calendar),
      yes(!areTurningDaysKnown(item, state, calendar), '有不知道的'),
    ),
    自己会变: nextOnTime(item, state, calendar) ?? '',
    说过的日子: JSON.stringify(toldDays(item, state, calendar)),
    承诺过了: list(
      breaksOn(item, state, calendar) && `${breaksOn(item, state, calendar)} 起算晚`,
      `新的日子 ${newDays(item, state, context).slice(0, 3).join(' ')}`,
      lawsLastDay(item, state, context) && `法定最后 ${JSON.stringify(lawsLastDay(item, state, context))}`,
    ),
    延长: JSON.stringify(extendedWords(item, state, due, calendar, today)),
    停: JSON.stringify(suspensionOf(state)?.basis ?? ''),
    申请人可以: list(
      yes(mayWithdraw(state, APPLICANT), '撤回'),
      yes(mayTakeOver(state, freeToTake), '接过来'),
      yes(mayDisown(state, freeToTake), '说不是自己的'),
      yes(isRateable(state), '评价'),
    ),
    怎么领: howToGetWords(item, state, now),
    约的: JSON.stringify(bookingTold(bookingsOf(state), now, state.endedAt !== null)),
    身份: list(
      awaitedIdentity(item, state)?.kind,
      isDisowned(state) && `${disownedWords(state)}／${disownedTold(state)}`,
    ),
    请示: list(
      ...openApprovals(state).map(
        ({ for: kind, unitId, approvers }) =>
          `${nameOf(unitId)}请 ${approvers.map(poolWords).join('、')} 定 ${kind}`,
      ),
      ...state.approvals
        .filter((asked) => asked.answeredAt === null && !openApprovals(state).includes(asked))
        .map((asked) => `${asked.for} 不用答了：${lapsedWords(lapsedBecause(state, asked, false), state)}`),
    ),
    发钱: list(whyNotPaid(state)?.code, yes(isHeldBack(item, state), '先不发')),
    ...shares(journey),
    ...acts(journey),
    ...lanes(journey),
    ...publicity(journey),
    ...corrections(journey),
    ...delivery(journey),
    ...afterwards(journey),
    ...revoking(journey),
  }
}
