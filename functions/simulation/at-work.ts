import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import type { Queue } from '#shared/contract/work'
import { addDays } from '#shared/domain/kernel/plain-date'
import type { PackStaffMember } from '../platform/db/seed/pack-schema'
import { asItShouldBe, paidBy } from './client'
import { noteRefusal, type World } from './people'
import { hoursAtWork, momentOf } from './pushes-counted'

// What the pack's own staff do in their hours, by the doors of their desk: from what each case itself offers them.

type Action = AllowedAction['action']

/** In the order in which somebody goes on with a case. */
const GOES_ON = [
  'sign-visit',
  'draft-nothing',
  'record-visit',
  'resume',
  'publish-notice',
  'close-notice',
  'verify',
  'accept',
  'pass',
  'convene',
  'grant',
  'pay',
  'conclude',
  'deliver',
  'promise-anew',
] as const satisfies readonly Action[]

/** What is done now and then instead, and in how many of a hundred. */
const NOW_AND_THEN = [
  ['request-correction', 7],
  ['decline', 1],
  ['fail', 2],
  ['refuse', 4],
  ['return', 2],
  ['transfer', 1],
  ['assign', 3],
  ['suspend', 3],
  ['extend', 2],
  ['request-approval', 2],
  ['reject-approval', 30],
  ['require-rectification', 10],
] as const satisfies readonly (readonly [Action, number])[]

/** What a case of theirs in hand is worked on with, at most, each time they sit down. */
const MOST_AT_ONCE = 12

/** One case in so many lies until its last day, or beyond. */
const LIES_ONE_IN = 15

const numberOf = (caseNumber: string) => Number(caseNumber.slice(-6))

/** The rows of a member's queue, and what they do with each. */
export async function workAt(world: World, member: PackStaffMember) {
  const { client, random, today } = world
  const person = await client.as(member.id)
  const answer = await person.send<Queue>('GET', '/api/work/cases')
  if (noteRefusal(world, '待办', answer)) return
  let acts = 0
  const seen = new Set<string>()
  for (const { caseId, caseNumber, dueOn, firstAction } of answer.body.items) {
    if (acts >= MOST_AT_ONCE) return
    if (firstAction === null || seen.has(caseId)) continue
    seen.add(caseId)
    const lies = numberOf(caseNumber) % LIES_ONE_IN === 0
    // On the last day itself about half of what lies is remembered in time.
    if (lies && dueOn !== null && (dueOn > today() || (dueOn === today() && random.chance(0.8)))) continue
    if (!lies && random.chance(0.35)) continue
    acts += 1
    await goOn(world, member, caseId)
  }
}

async function goOn(world: World, member: PackStaffMember, caseId: string) {
  const { client, random } = world
  const person = await client.as(member.id)
  const answer = await person.send<CaseView>('GET', `/api/cases/${caseId}`)
  if (noteRefusal(world, '看件', answer)) return
  const view = answer.body
  const { staff } = view
  if (!staff) return
  if (staff.mayConfirmIdentity && !staff.applicantUnnamed && random.chance(0.5)) {
    const body = { version: view.version, reason: '本人和身份证都在面前' }
    noteRefusal(
      world,
      '核身份',
      await person.send('POST', `/api/cases/${caseId}/identity-confirmation`, { body }),
    )
    return
  }
  const chosen = choose(world, view)
  if (!chosen) return
  const { action, stepKey, unitId } = chosen
  const more = sentWith(world, view, chosen, member.id)
  if (more === undefined) return
  const done = await person.send('POST', `/api/cases/${caseId}/actions`, {
    body: { action, stepKey, unitId, version: view.version, ...more },
  })
  noteRefusal(world, action, done)
}

function choose({ random }: World, { staff }: CaseView): AllowedAction | undefined {
  const allowed = staff?.allowed ?? []
  const offered = (action: Action) =>
    allowed.find((each) => each.action === action && isStillToDo(staff, each))
  for (const [action, ofHundred] of NOW_AND_THEN) {
    const found = offered(action)
    if (found && random.int(1, 100) <= ofHundred) return found
  }
  return GOES_ON.flatMap((action) => offered(action) ?? [])[0]
}

/** One visit is enough, and what is checked long after a decision is another month's work. */
function isStillToDo(staff: CaseView['staff'], { action, stepKey, unitId }: AllowedAction) {
  const step = staff?.steps.find(({ key }) => key === stepKey)
  if (step?.followUp) return false
  if (action !== 'record-visit') return true
  return !staff?.visits?.some((each) => each.stepKey === stepKey && each.unitId === unitId && each.record)
}

const REASON = '按规定写明的理由'

const visitAt = ({ staff }: CaseView, { stepKey, unitId }: AllowedAction) =>
  staff?.visits?.find((each) => each.stepKey === stepKey && each.unitId === unitId)

const workingDayIn = ({ today, worksOn }: World, ahead: number) => {
  let day = addDays(today(), ahead)
  while (!worksOn(day)) day = addDays(day, 1)
  return day
}

type Sent = (world: World, view: CaseView, allowed: AllowedAction, by: string) => object | undefined

/** What an act asks for besides; undefined where there is nobody or nothing to name. */
const SENT: Partial<Record<Action, Sent>> = {
  grant: (_world, view, allowed) => ({
    ...paidBy(allowed, view),
    ...(allowed.reasonRequired ? { reason: REASON } : {}),
  }),
  pay: ({ today }) => ({ paidOn: today() }),
  deliver: (_world, { staff }) => ({ method: staff?.deliveryMethods[0] ?? 'electronic' }),
  'record-visit': (_world, view, allowed, by) => {
    const [colleague] = (view.staff?.colleagues ?? []).filter(({ staffId }) => staffId !== by)
    return colleague && { officerIds: [by, colleague.staffId], ...asItShouldBe(view, allowed) }
  },
  'sign-visit': (_world, view, allowed) => {
    const record = visitAt(view, allowed)?.record
    return record ? { record: record.digest } : undefined
  },
  transfer: (_world, { staff }) => {
    const [target] = staff?.transferTargets ?? []
    return target ? { reason: REASON, toUnitId: target.unitId } : undefined
  },
  assign: ({ random }, { staff }, { unitId }) => {
    const theirs = (staff?.assignees ?? []).filter((each) => each.unitId === unitId)
    return theirs.length > 0 ? { staffId: random.pick(theirs).staffId } : undefined
  },
  suspend: ({ random }) => ({ reason: REASON, basis: 'expert-review', expectedDays: random.int(2, 6) }),
  'require-rectification': (world) => ({
    reason: REASON,
    recheckOn: workingDayIn(world, world.random.int(2, 5)),
  }),
  'promise-anew': (world) => ({ reason: REASON, newDueOn: workingDayIn(world, world.random.int(2, 4)) }),
  'request-correction': (world, view) => asked(world, view),
  return: () => ({ reason: REASON }),
}

const sentWith: Sent = (world, view, allowed, by) => {
  const sent = SENT[allowed.action]
  return sent ? sent(world, view, allowed, by) : allowed.reasonRequired ? { reason: REASON } : {}
}

const ASKABLE = ['text', 'phone', 'textarea', 'number', 'money']

/** A paper that was brought, or an answer that was given, is asked for once more. */
function asked({ random, items }: World, view: CaseView): object | undefined {
  const item = items.find(({ id }) => id === view.serviceItemId)
  const papers = (item?.materials ?? []).filter(({ kind, required }) => kind === 'upload' && required)
  const fields = (item?.fields ?? []).filter(
    ({ kind, key, prefill }) =>
      ASKABLE.includes(kind) && prefill === null && view.answers.some((answer) => answer.key === key),
  )
  const choices = [
    ...papers.map(({ name }) => ({ kind: 'material', name, reason: '照片看不清' })),
    ...fields.map(({ key }) => ({ kind: 'field', name: key, reason: '再对一遍' })),
  ]
  if (choices.length === 0) return undefined
  return { reason: REASON, items: [random.pick(choices)] }
}

/** When somebody sits down at their queue on a day: some times in their hours, a part-timer once or twice. */
export function timesAtWork({ random, today, worksOn }: World, member: PackStaffMember): readonly number[] {
  const hours = hoursAtWork(member, today(), worksOn)
  const times = hours.flatMap(([from, to]) =>
    Array.from({ length: member.partTime ? random.int(1, 2) : random.int(2, 4) }, () =>
      // On the quarter: several sit down at once, as in an office.
      momentOf(today(), Math.min(from + Math.floor(random.int(0, to - from - 1) / 15) * 15, to - 1)),
    ),
  )
  return [...new Set(times)]
}
