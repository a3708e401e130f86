import type { CaseEventType } from '../case/events'
import type { UrgentLight } from './due-message'

/** A later event of its case that makes a message untrue. */
export interface Ending {
  readonly type: CaseEventType
  /** Both events have the same of these. */
  readonly same?: readonly string[]
  /** The event that was told has all this. */
  readonly of?: Readonly<Record<string, string | boolean>>
  /** The event that was told has this, whatever it is. */
  readonly having?: string
  /** Whoever was told did it themselves. */
  readonly own?: true
  /** It ends nothing once this has taken it back. */
  readonly until?: CaseEventType
  /** Of whose own the case is, not of who had filed it for them. */
  readonly ofOwner?: true
}

/** A later message to the same person that takes one back, of an event that has the same of these. */
interface Otherwise {
  readonly kind: MessageKind
  readonly same?: readonly string[]
}

interface Wanted {
  /** What rests, or waits for the applicant, is no work now. */
  readonly rests: boolean
  /** The share itself; what was asked of them, or given to them to end, beside it; or either. */
  readonly rows: 'share' | 'asked' | 'either'
  /** What was given to a colleague who is at work is theirs alone (`toldOf`). */
  readonly alone: boolean
}

/** Which open work of the case a message calls to. */
export const WORKS = {
  share: { rests: false, rows: 'share', alone: true },
  asked: { rests: false, rows: 'asked', alone: true },
  /** What was brought to work that rests is looked at once it goes on. */
  held: { rests: true, rows: 'share', alone: true },
  /** Who was there signs, whoever the share was given to. */
  signing: { rests: true, rows: 'share', alone: false },
  /** Of whoever is away colleagues hear that it runs out. */
  due: { rests: false, rows: 'either', alone: false },
} as const satisfies Record<string, Wanted>
export type Work = keyof typeof WORKS

/** What of a message to one audience may make its phone stay silent. A decision, an end, and what asks for nothing: never. */
export interface Rule {
  readonly untrueAfter: readonly Ending[] | 'never'
  /** Another message says it, where no event of its own case does: who it was for has left it, or it is told of another case. */
  readonly saidOtherwise?: Otherwise
  /** Once none of it is theirs no phone rings. */
  readonly callsTo?: Work
  /** It says no more than how far it is: the next message of the case that rings by the same consent says it too. */
  readonly calm?: true
  /** It takes no consent that a decision may need: it rings where WeChat lets another one through besides, else it stands in the inbox. */
  readonly spare?: true
  /**
   * It takes back what one of these had asked for: of what never rang, or was over before, nobody is told that it is over. Of what was
   * told to who had filed it: whose own the case is hears it all the same.
   */
  readonly follows?: readonly MessageKind[]
  /** It tells of an event of another case: what is said of it otherwise goes by the kinds alone, in the order in which they were written. */
  readonly ofOther?: true
}

/** As what residents understand a message, and by which they say that no phone rings for it (`message-groups.ts`). */
export type MessageGroup =
  /** Somebody waits for them. */
  | 'to-do'
  /** What it has come to, how that is served, and what becomes of it afterwards. */
  | 'outcome'
  /** Until when, and that this is another day now. */
  | 'days'
  /** Whose case it is, or who does something in their name. */
  | 'whose'
  /** How far it is. */
  | 'progress'
  | 'money'

/** What is not named by an event of a case, or to somebody by another name. */
type OwnKind =
  | 'task'
  | 'lead'
  | 'approval'
  | 'approval-answered'
  | 'approval-overtaken'
  | `due-${UrgentLight['kind'] | 'last-duty'}`
  | 'visit-unsigned'
  | 'card-changed'
  | 'asked-supplied'
  | 'moved-away'
  | 'check-failed'
  | 'applicant-died'
  | 'applicant-lives'
  | 'family-goes-on'
  | 'rating-invited'
  | 'name-awaited'
  | 'silence'
  | 'settlers-missing'
  | 'work-left'
  | `${'revocation-proposed' | 'decision-kept' | 'decision-revoked' | 'death-record-withdrawn'}-paying`
  | `${'revocation-proposed' | 'decision-revoked' | 'decision-kept'}-resting`

export type MessageKind = CaseEventType | OwnKind

const never: Rule = { untrueAfter: 'never' }
const after = (...types: readonly CaseEventType[]): Rule => ({ untrueAfter: types.map((type) => ({ type })) })
const calls = (callsTo: Work): Rule => ({ untrueAfter: 'never', callsTo })
const also = (rule: Rule, ...endings: readonly Ending[]): Rule => ({
  ...rule,
  untrueAfter: [...(rule.untrueAfter === 'never' ? [] : rule.untrueAfter), ...endings],
})
const calm = (rule: Rule): Rule => ({ ...rule, calm: true })

const of = (group: MessageGroup) => (rule: Rule) => ({ ...rule, group })
const toDo = of('to-do')
const outcome = of('outcome')
const days = of('days')
const whose = of('whose')
const progress = of('progress')
const money = of('money')
/** Of every kind to whoever applied: nothing rings for the dead. Whoever had filed it for them lives. */
const OWNER_DIED: Ending = {
  type: 'applicant-death-recorded',
  until: 'death-record-withdrawn',
  ofOwner: true,
}

const STOPPED = ['declined', 'withdrawn', 'terminated'] as const
const OVER = [...STOPPED, 'granted', 'refused', 'concluded'] as const
const SHARE = ['stepKey', 'unitId'] as const
const ASKED = [...SHARE, 'for'] as const

/** It goes on, stands still, takes longer or has another day. */
const GOES_ON = after(...OVER)
const TO_BE_BROUGHT = after('supplemented', 'correction-lapsed', ...OVER)
/** The day of an open notice is told with the others. */
const DAYS = also(GOES_ON, { type: 'supplemented', having: 'answerBy' })
const STANDS_STILL = also(GOES_ON, { type: 'clock-resumed', same: SHARE })
const GOES_ON_AGAIN = also(GOES_ON, { type: 'clock-suspended', same: SHARE })
/** Of several organs one revokes at a time. */
const TO_BE_SETTLED = after('decision-revoked', 'decision-kept')

/** A request waits for whoever is asked: until it is answered, its share is no more where it was, or others answer it. */
const REQUEST: Rule = also(
  { ...GOES_ON, saidOtherwise: { kind: 'approval-overtaken', same: ASKED } },
  { type: 'approval-rejected', same: ASKED },
  { type: 'approval-lapsed', same: ASKED },
  { type: 'limit-extended', of: { for: 'extend' } },
  { type: 'clock-suspended', same: SHARE, of: { for: 'suspend' } },
  { type: 'correction-requested', same: SHARE, of: { for: 'request-correction' } },
  ...(['accepted', 'examined', 'returned', 'transferred'] as const).map((type) => ({ type, same: SHARE })),
  { type: 'disowned' },
  // Somebody was found: whoever was to find them hears no more of it.
  { type: 'approvers-changed', same: ASKED, of: { nobody: true } },
)

export interface Audiences {
  readonly applicant?: Rule & { readonly group: MessageGroup }
  readonly staff?: Rule
}

/**
 * Every kind of message that a case can send: to whom, and when its phone stays silent though it was written. An audience that is
 * missing is told nothing by that name. Of the domain's own function and of the claim's statement this is the one source.
 */
export const MESSAGE_KINDS: Readonly<Record<MessageKind, Audiences>> = {
  // Of an event, to whoever applied, to whoever passes it on to them, and to whom it calls.
  filed: { applicant: whose(never) },
  verified: { applicant: outcome(after(...STOPPED, 'granted', 'refused')), staff: never },
  accepted: { applicant: days(calm(GOES_ON)) },
  declined: { applicant: outcome(never), staff: never },
  'correction-requested': { applicant: toDo(TO_BE_BROUGHT), staff: TO_BE_BROUGHT },
  'correction-reminded': { applicant: toDo(TO_BE_BROUGHT), staff: TO_BE_BROUGHT },
  supplemented: { applicant: days(never), staff: calls('held') },
  added: { applicant: progress(never), staff: calls('held') },
  'applicant-named': { applicant: whose(never), staff: calls('held') },
  'taken-over': { applicant: whose(never), staff: calls('held') },
  disowned: { applicant: whose(never), staff: never },
  'correction-drafted': {},
  'draft-returned': {},
  'correction-lapsed': { applicant: progress(calm(GOES_ON)) },
  examined: { applicant: outcome(never), staff: never },
  signed: {},
  returned: {},
  transferred: { applicant: progress(never) },
  assigned: {},
  'handed-over': {},
  'visit-recorded': {},
  'visit-signed': {},
  'rectification-required': { applicant: toDo(GOES_ON), staff: GOES_ON },
  'clock-suspended': { applicant: days(STANDS_STILL), staff: STANDS_STILL },
  'clock-resumed': { applicant: days(GOES_ON_AGAIN), staff: GOES_ON_AGAIN },
  'stop-overran': { staff: STANDS_STILL },
  'limit-extended': { applicant: days(GOES_ON), staff: GOES_ON },
  'approval-requested': { staff: REQUEST },
  'approval-rejected': {},
  'approval-lapsed': {},
  'approvers-changed': { staff: REQUEST },
  'promise-broken': { applicant: days(never), staff: after('promised-anew', ...OVER) },
  'promised-anew': { applicant: days(GOES_ON), staff: GOES_ON },
  'notice-published': { applicant: progress(calm(GOES_ON)) },
  'notice-closed': {},
  'objection-recorded': { applicant: outcome(GOES_ON), staff: GOES_ON },
  'identity-confirmed': { applicant: whose(never) },
  granted: { applicant: outcome(never), staff: after('delivered') },
  refused: { applicant: outcome(never), staff: after('delivered') },
  'payment-recorded': { applicant: money(never) },
  concluded: { applicant: outcome(never) },
  delivered: { applicant: outcome(never) },
  posted: { applicant: progress(never) },
  'post-returned': { applicant: outcome(never) },
  announced: { applicant: outcome(never) },
  served: { applicant: outcome(never) },
  'delivery-chosen': {},
  withdrawn: { applicant: outcome(never), staff: never },
  terminated: { applicant: outcome(never), staff: never },
  undone: {},
  'dates-filled': { applicant: days(DAYS), staff: DAYS },
  'dates-moved': { applicant: days(DAYS), staff: DAYS },
  'renewed-revoked': {},
  nudged: { staff: calls('share') },
  'applicant-death-recorded': { applicant: outcome(after('death-record-withdrawn')) },
  'death-record-withdrawn': {
    applicant: outcome({ ...after('applicant-death-recorded'), follows: ['applicant-death-recorded'] }),
    staff: after('decision-kept'),
  },
  'decision-corrected': { applicant: outcome(never), staff: never },
  'revocation-proposed': { applicant: toDo(TO_BE_SETTLED), staff: TO_BE_SETTLED },
  'revocation-advised': { staff: after('advice-declined', 'revocation-proposed') },
  'advice-declined': { staff: never },
  'settlers-changed': {
    staff: also(
      never,
      ...(['decision-revoked', 'decision-kept'] as const).map((type) => ({
        type,
        of: { settles: 'revocation' },
      })),
      { type: 'decision-kept', of: { settles: 'unheard' } },
      ...(['advice-declined', 'revocation-proposed'] as const).map((type) => ({
        type,
        of: { settles: 'advice' },
      })),
    ),
  },
  'hearing-dated': { applicant: toDo(TO_BE_SETTLED), staff: TO_BE_SETTLED },
  'holder-heard': { applicant: outcome(never), staff: TO_BE_SETTLED },
  'decision-revoked': { applicant: outcome(never), staff: never },
  'decision-kept': { applicant: outcome(never), staff: never },
  // Of a name of their own.
  'card-changed': { applicant: whose(never), staff: calls('held') },
  task: { staff: calls('share') },
  lead: { staff: calls('asked') },
  approval: { staff: { ...REQUEST, callsTo: 'asked' } },
  'due-soon': { staff: calls('due') },
  'due-last-duty': { staff: calls('due') },
  'due-today': { staff: calls('due') },
  'due-late': { staff: calls('due') },
  'approval-answered': { staff: never },
  'approval-overtaken': {
    staff: { untrueAfter: 'never', follows: ['approval', 'approval-requested', 'approvers-changed'] },
  },
  'visit-unsigned': {
    staff: also(
      calls('signing'),
      { type: 'visit-signed', same: SHARE, own: true },
      // It asks anew.
      { type: 'visit-recorded', same: SHARE },
    ),
  },
  // Who accepts looks at it no more by then.
  'asked-supplied': { staff: after('accepted', ...STOPPED) },
  'moved-away': { staff: never },
  'check-failed': { staff: after('revocation-proposed') },
  // Of what is known of another case of theirs.
  'applicant-died': {
    staff: { ...calls('held'), saidOtherwise: { kind: 'applicant-lives' }, ofOther: true },
  },
  'applicant-lives': { staff: { untrueAfter: 'never', follows: ['applicant-died'], ofOther: true } },
  'family-goes-on': { staff: after('applicant-death-recorded', 'death-record-withdrawn') },
  // Whose grant may be revoked reads why before anybody asks what they think of it.
  'rating-invited': {
    applicant: progress({ ...after('revocation-proposed', 'decision-revoked', 'disowned'), spare: true }),
  },
  'name-awaited': { staff: never },
  silence: { staff: never },
  'settlers-missing': {
    staff: also(TO_BE_SETTLED, { type: 'advice-declined' }, { type: 'settlers-changed' }),
  },
  'work-left': { staff: never },
  'revocation-proposed-paying': { staff: TO_BE_SETTLED },
  'decision-kept-paying': { staff: never },
  'decision-revoked-paying': { staff: after('decision-kept') },
  'death-record-withdrawn-paying': { staff: after('revocation-proposed') },
  'revocation-proposed-resting': { staff: TO_BE_SETTLED },
  'decision-revoked-resting': { staff: never },
  'decision-kept-resting': { staff: never },
}

export type Audience = 'applicant' | 'staff'

export function ruleOf(kind: MessageKind, audience: Audience): Rule | undefined {
  const rule = MESSAGE_KINDS[kind][audience]
  return rule && audience === 'applicant' ? also(rule, OWNER_DIED) : rule
}
