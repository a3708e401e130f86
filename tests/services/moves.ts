import type { CaseView } from '#shared/contract/case'
import type { CaseEventType } from '#shared/domain/case/events'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { caseOf, type Person } from '../product/county'

/** An act that a page offers, how it is sent, and the first event that the case has of it once it is done. */
export interface Move {
  readonly name: string
  /** As the events have it. */
  readonly actor: string
  readonly leaves: CaseEventType
  readonly send: () => Promise<{ readonly status: number; readonly body: unknown }>
}

/** As a hand mistypes it: each slip is put right once. */
const SLIPS = [
  ['户囗簿', '户口簿'],
  ['身份让', '身份证'],
] as const
const REASON = { reason: '户囗簿和身份让都看过了' }
const ASKED = { ...REASON, items: [{ kind: 'material', name: '居民身份证', reason: '看不清' }] }

/** What each asks for besides. */
const STEP_ACTS: Readonly<Record<string, { readonly leaves: CaseEventType; readonly more: object }>> = {
  verify: { leaves: 'verified', more: {} },
  accept: { leaves: 'accepted', more: {} },
  'request-correction': { leaves: 'correction-requested', more: ASKED },
  decline: { leaves: 'declined', more: REASON },
  grant: { leaves: 'granted', more: {} },
  refuse: { leaves: 'refused', more: REASON },
  conclude: { leaves: 'concluded', more: {} },
}

const AFTER_ACTS: Readonly<Record<string, { readonly leaves: CaseEventType; readonly more: object }>> = {
  'correct-decision': { leaves: 'decision-corrected', more: REASON },
  'propose-revocation': {
    leaves: 'revocation-proposed',
    more: { ...REASON, basis: 'procedure' },
  },
  'record-statement': { leaves: 'holder-heard', more: { statement: '当面说的，写在这里' } },
  'revoke-decision': { leaves: 'decision-revoked', more: REASON },
  'keep-decision': { leaves: 'decision-kept', more: REASON },
}

let facts = 0
/** What an earlier proposal rested on is not new. */
const newFact = () => {
  facts += 1
  return `又查到第 ${facts} 份材料`
}

/** What depends on the case as it stands: a slip is put right once; null where none is left. */
function foundFor(action: string, { staff, timeline }: CaseView) {
  if (action === 'propose-revocation') return staff?.afterDecision?.asksNewFact ? { newFact: newFact() } : {}
  if (action !== 'correct-decision') return {}
  const slip = SLIPS[timeline.filter(({ type }) => type === 'decision-corrected').length]
  return slip ? { written: slip[0], corrected: slip[1] } : null
}

type ByStaff = { readonly who: string; readonly person: Person; readonly view: CaseView }

function stepMoves(id: string, { who, person, view }: ByStaff): readonly Move[] {
  return (view.staff?.allowed ?? []).flatMap(({ action, stepKey, unitId }) => {
    const act = STEP_ACTS[action]
    if (!act) return []
    const body = { action, stepKey, unitId, version: view.version, ...act.more }
    return [
      {
        name: `${who} ${action}`,
        actor: `staff:${who}`,
        leaves: act.leaves,
        send: () => person.send('POST', `/api/cases/${id}/actions`, { body }),
      },
    ]
  })
}

function decisionMoves(id: string, { who, person, view }: ByStaff): readonly Move[] {
  const choices = view.staff?.afterDecision
  return (choices?.allowed ?? []).flatMap((action) => {
    const act = AFTER_ACTS[action]
    const found = foundFor(action, view)
    if (!act || found === null) return []
    const body = { action, version: view.version, ...act.more, ...found }
    return [
      {
        name: `${who} ${action}`,
        actor: `staff:${who}`,
        leaves: act.leaves,
        send: () => person.send('POST', `/api/cases/${id}/after-decision`, { body }),
      },
    ]
  })
}

function deliveryMoves(id: string, now: Instant, { who, person, view }: ByStaff): readonly Move[] {
  return (view.delivery?.papers ?? []).flatMap(({ of, acts }) =>
    acts.includes('hand-over')
      ? [
          {
            name: `${who} hand-over ${of}`,
            actor: `staff:${who}`,
            leaves: of === 'result' ? ('delivered' as const) : ('served' as const),
            send: () =>
              person.send('POST', `/api/cases/${id}/delivery`, {
                body: {
                  action: 'hand-over',
                  of,
                  version: view.version,
                  takenOn: dayIn(now),
                  reason: '来窗口要了',
                },
              }),
          },
        ]
      : [],
  )
}

interface Owner {
  readonly person: Person
  readonly actor: string
}

async function ownMoves(id: string, { person, actor }: Owner): Promise<readonly Move[]> {
  const view = await caseOf(person, id)
  const { version, status } = view
  const own = (name: string, leaves: CaseEventType, door: string, more: object): Move => ({
    name: `owner ${name}`,
    actor,
    leaves,
    send: () => person.send('POST', `/api/cases/${id}/${door}`, { body: { version, ...more } }),
  })
  const isOpen = ['submitted', 'correcting', 'accepted', 'examining'].includes(status)
  const brought =
    status === 'correcting' ? [{ name: '居民身份证', files: [await person.upload()] }] : undefined
  return [
    ...(brought ? [own('supplement', 'supplemented', 'supplement', { materials: brought })] : []),
    ...(isOpen ? [own('withdraw', 'withdrawn', 'withdrawal', {})] : []),
    ...(view.revocation?.maySpeak
      ? [
          own('speak', 'holder-heard', 'statement', {
            statement: '没有这回事',
            isAll: view.revocation.maySayAll,
          }),
        ]
      : []),
    ...(view.delivery?.choices ?? [])
      .filter(({ method }) => method !== 'post')
      .map(({ method }) => own(`choose ${method}`, 'delivery-chosen', 'delivery-choice', { method })),
  ]
}

/** All that the pages of these people offer for a case now; `undoing` may take back what they did last. */
export async function movesOf(
  id: string,
  people: { readonly staff: ReadonlyMap<string, Person>; readonly owner: Owner; readonly now: Instant },
  undoing: string | undefined,
): Promise<readonly Move[]> {
  const views = await Promise.all(
    [...people.staff].map(async ([who, person]) => ({ who, person, view: await caseOf(person, id) })),
  )
  const undone = views.flatMap(({ who, person, view }): readonly Move[] =>
    `staff:${who}` === undoing
      ? [
          {
            name: `${who} undo`,
            actor: undoing,
            leaves: 'undone',
            send: () => person.send('POST', `/api/cases/${id}/undo`, { body: { version: view.version } }),
          },
        ]
      : [],
  )
  return [
    ...views.flatMap((each) => [
      ...stepMoves(id, each),
      ...decisionMoves(id, each),
      ...deliveryMoves(id, people.now, each),
    ]),
    ...undone,
    ...(await ownMoves(id, people.owner)),
  ]
}
