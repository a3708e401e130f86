import type { Person } from '../product/county'
import { type Actor, ADMIN, CHIEF_LIAISON, ITEM_WINDOW, SUPERVISOR, TOWN_WINDOW, VISITOR } from './actors'

type Method = 'GET' | 'POST' | 'DELETE'

/** The one case that everybody asks for. */
export interface Filed {
  readonly caseId: string
  readonly version: number
  readonly fileId: string
  /** A second session of the applicant. */
  readonly sessionId: string
  /** A valid application for somebody else, with papers of the person's own. */
  readonly application: (person: Person) => Promise<object>
}

/** One way to ask a route, and who is to be answered what. */
interface Row {
  readonly asks: string
  readonly path?: (filed: Filed) => string
  readonly body?: (filed: Filed, person: Person) => object | Promise<object>
  readonly expected: (actor: Actor) => number
}

const everybody = (status: number) => () => status
/** 401 without a session, before anything else is looked at. */
const signedIn =
  (status: number | ((actor: Actor) => number)) =>
  (actor: Actor): number =>
    actor.name === VISITOR ? 401 : typeof status === 'number' ? status : status(actor)
/** Who may not see the case is told that there is none. */
const seeing = (status: number | ((actor: Actor) => number)) =>
  signedIn((actor) => (actor.sees === 'nothing' ? 404 : typeof status === 'number' ? status : status(actor)))

const asked = (asks: string, expected: Row['expected'], rest: Omit<Row, 'asks' | 'expected'> = {}): Row => ({
  asks,
  expected,
  ...rest,
})

const NOBODYS_ID = '00000000-0000-7000-8000-000000000000'
const STALE = 999
const LAYS_CALENDARS = [ADMIN, CHIEF_LIAISON]
const caseAt =
  (rest = '') =>
  ({ caseId }: Filed) =>
    `/api/cases/${caseId}${rest}`

const byAdmin = (asks: string, status: number, rest: Parameters<typeof asked>[2] = {}) =>
  asked(
    asks,
    signedIn((actor) => (actor.name === ADMIN ? status : 403)),
    rest,
  )

const changedSince = (asks: string, door: string) =>
  asked(asks, seeing(409), { path: caseAt(door), body: () => ({ version: STALE }) })

/** Whoever it is for came, and nobody in their place. */
const typedFor = ({ agent: _agent, ...application }: { readonly agent?: boolean }) => ({
  ...application,
  consent: { how: 'signed' },
})

/** The act, and the papers that it would issue. */
const afterDecision = (door: string) => [
  asked('to revoke what has changed', seeing(409), {
    path: caseAt(door),
    body: () => ({ action: 'keep-decision', reason: '核过没有错', version: STALE }),
  }),
  // Staff hear that nothing is decided yet; whoever applies has no decision of theirs to revoke.
  asked(
    'to revoke what is not decided',
    seeing((actor) => (actor.sees === 'own' ? 403 : 409)),
    {
      path: caseAt(door),
      body: ({ version }) => ({ action: 'revoke-decision', reason: '查明不符合条件', version }),
    },
  ),
]

const HANDING = { action: 'hand-over', of: 'result', takenOn: '2026-11-30' }
const DYING = { action: 'record', diedOn: '2026-11-20', proof: '死亡医学证明书' }
/** Whoever applies writes nothing of it down; staff hear that nothing is decided yet. */
const byServers = (door: 'delivery' | 'death', body: object) =>
  [true, false].map((stale) =>
    asked(
      `${door}, ${stale}`,
      seeing((by) => (by.sees === 'own' && !stale ? 403 : 409)),
      {
        path: caseAt(`/${door}`),
        body: ({ version }) => ({ ...body, version: stale ? STALE : version }),
      },
    ),
  )
/** Every route of the OpenAPI document. What must not change the case asks with a stale version, or for nothing. */
export const ROUTES: Readonly<Record<`${Method} /api/${string}`, readonly Row[]>> = {
  'GET /api/health': [asked('whether it works', everybody(200))],
  'GET /api/about': [asked('whose it is', everybody(200))],
  'GET /api/agreements': [asked('what one agrees to', everybody(200))],
  'GET /api/agreements/{kind}/{version}': [
    asked('one version of it', everybody(200), { path: () => '/api/agreements/privacy/1' }),
    asked('a version that is none', everybody(404), { path: () => '/api/agreements/privacy/999' }),
  ],
  'GET /api/home': [asked('the front page', everybody(200))],
  'GET /api/service-items': [asked('the catalogue', everybody(200))],
  'GET /api/service-items/{id}': [
    asked('a guide', everybody(200), { path: () => '/api/service-items/LX-005' }),
    asked('a guide that is none', everybody(404), { path: () => '/api/service-items/LX-999' }),
  ],
  'GET /api/time-limit/due-date': [
    asked('a last day', everybody(200), {
      path: () => '/api/time-limit/due-date?start=2026-11-24&days=10&unit=working',
    }),
    asked('a day that no calendar tells', everybody(422), {
      path: () => '/api/time-limit/due-date?start=2014-01-01&days=10&unit=working',
    }),
  ],
  'POST /api/sessions': [
    asked('to log in with a code that is none', everybody(401), {
      body: () => ({ code: 'nobody-gave-this' }),
    }),
  ],
  'GET /api/sessions': [asked('for the own sessions', signedIn(200))],
  'DELETE /api/sessions/{id}': [
    asked(
      'to end a session of the applicant',
      signedIn((actor) => (actor.person === 'li-jianguo' ? 204 : 404)),
      {
        path: ({ sessionId }) => `/api/sessions/${sessionId}`,
      },
    ),
  ],
  'POST /api/desk-sessions': [asked('for a code to show', everybody(201), { body: () => ({}) })],
  'GET /api/desk-sessions/{id}': [
    asked('what became of a code that nobody was given', everybody(404), {
      path: () => `/api/desk-sessions/${'x'.repeat(43)}`,
    }),
  ],
  'POST /api/desk-sessions/confirmation': [
    asked(
      'to let in what shows no such code',
      signedIn((actor) => (actor.staff ? 404 : 403)),
      { body: () => ({ code: 'a-code-that-nobody-showed' }) },
    ),
  ],
  // A phone is no desk.
  'POST /api/desk-sessions/current/lock': [asked('to lock a phone', everybody(401))],
  'POST /api/desk-sessions/current/unlock': [
    asked('to unlock a phone', everybody(401), { body: () => ({ pin: '270391' }) }),
  ],
  'DELETE /api/desk-sessions/current': [asked('to leave a phone', everybody(401))],
  'POST /api/desk-sessions/current/second-factor': [
    byAdmin('to show a second factor on a phone', 409, { body: () => ({ code: '270391' }) }),
  ],
  'POST /api/account/second-factor/removal': [
    byAdmin('to drop what was never enrolled', 409, { body: () => ({ code: '270391' }) }),
  ],
  'POST /api/account/second-factor/confirmation': [
    byAdmin('to confirm what was never enrolled', 409, { body: () => ({ code: '270391' }) }),
  ],
  'POST /api/account/second-factor': [byAdmin('to enrol a second factor', 201)],
  'GET /api/account': [asked('for the own account', signedIn(200))],
  'POST /api/account': [
    asked('to change the own account', signedIn(200), { body: () => ({ elderMode: false }) }),
  ],
  'GET /api/account/consents': [asked('what was agreed to', signedIn(200))],
  'POST /api/account/consents': [
    asked('to agree to words that are none', signedIn(409), {
      body: () => ({ consents: [{ purpose: 'privacy', version: '999' }] }),
    }),
  ],
  'POST /api/account/consents/withdrawal': [
    asked('to take back what goes with the account alone', signedIn(400), {
      body: () => ({ purpose: 'service' }),
    }),
  ],
  'GET /api/account/copy': [asked('what is known of oneself', signedIn(200))],
  'GET /api/account/closing': [asked('what leaving would take along', signedIn(200))],
  'POST /api/account/closing': [
    asked('to close the account with words too long', signedIn(400), {
      body: () => ({ reason: '长'.repeat(201) }),
    }),
  ],
  'POST /api/account/phone': [
    asked('to set a phone with a code that is none', signedIn(422), { body: () => ({ code: 'none' }) }),
  ],
  'POST /api/account/identity': [
    asked('to type a number with a wrong check digit', signedIn(400), {
      body: () => ({ name: '沈秀英', idNumber: '341821194403050000' }),
    }),
  ],
  'POST /api/account/identity-confirmation': [
    asked(
      'to confirm with a code that is none',
      signedIn(({ realNameLevel }) => ({ 0: 403, 1: 403, 2: 422, 3: 200 })[realNameLevel]),
      { body: () => ({ code: 'none' }) },
    ),
  ],
  'GET /api/invitations': [byAdmin('who works here', 200)],
  'POST /api/invitations': [
    byAdmin('to invite nobody', 404, {
      body: () => ({ staffId: 'nobody' }),
    }),
  ],
  'GET /api/work/calendars/{year}': [
    asked(
      'for a year and its draft',
      signedIn((actor) => (LAYS_CALENDARS.includes(actor.name) ? 200 : 403)),
      { path: () => '/api/work/calendars/2027' },
    ),
  ],
  'GET /api/work/calendars/{year}/moves': [
    asked(
      'for what a draft that is none would move',
      signedIn((actor) => (LAYS_CALENDARS.includes(actor.name) ? 404 : 403)),
      { path: () => `/api/work/calendars/2027/moves?draftId=${NOBODYS_ID}` },
    ),
  ],
  'POST /api/work/calendars/{year}': [
    asked(
      'for a year without a holiday',
      signedIn((actor) => (LAYS_CALENDARS.includes(actor.name) ? 422 : 403)),
      { path: () => '/api/work/calendars/2027', body: () => ({ offDays: [], workDays: [] }) },
    ),
  ],
  'POST /api/work/calendars/{year}/publication': [
    asked(
      'to publish a draft that is none',
      signedIn((actor) => (LAYS_CALENDARS.includes(actor.name) ? 404 : 403)),
      { path: () => '/api/work/calendars/2027/publication', body: () => ({ draftId: NOBODYS_ID }) },
    ),
  ],
  'POST /api/members/{staffId}/end-of-work': [
    byAdmin('to end the work of nobody', 404, {
      path: () => '/api/members/nobody/end-of-work',
      body: () => ({ reason: '调走了' }),
    }),
  ],
  'POST /api/members/{staffId}/return': [
    byAdmin('to have nobody back', 404, { path: () => '/api/members/nobody/return' }),
  ],
  'POST /api/invitations/redemption': [
    asked(
      'to redeem an invitation that is none',
      signedIn((actor) => (actor.staff ? 409 : 404)),
      {
        body: () => ({ token: 'an-invitation-that-nobody-wrote' }),
      },
    ),
  ],
  'GET /api/service-items/{id}/form': [
    asked('for a form', signedIn(200), { path: () => '/api/service-items/LX-005/form' }),
  ],
  'POST /api/uploads': [
    asked('for room for a photo', signedIn(201), {
      body: () => ({ name: '照片.png', contentType: 'image/png', size: 100 }),
    }),
  ],
  // 实名 level 2 suffices to apply: a counter asks no more of who stands before it.
  'POST /api/cases': [
    asked(
      'to apply',
      signedIn(({ realNameLevel }) => (realNameLevel >= 2 ? 201 : 403)),
      {
        body: ({ application }, person) => application(person),
      },
    ),
  ],
  'GET /api/cases': [asked('for the own cases', signedIn(200))],
  'GET /api/cases/{id}': [
    asked('for the case', seeing(200), { path: caseAt() }),
    asked('for a case that is none', signedIn(404), { path: () => `/api/cases/${NOBODYS_ID}` }),
  ],
  'POST /api/cases/{id}/actions': [
    asked('to act on what has changed', seeing(409), {
      path: caseAt('/actions'),
      body: () => ({ action: 'accept', stepKey: 'accept', unitId: '341821105', version: STALE }),
    }),
    // What every act of its kind needs is told to whoever sends one.
    asked('to decline without a reason', signedIn(400), {
      path: caseAt('/actions'),
      body: ({ version }) => ({ action: 'decline', stepKey: 'accept', unitId: '341821105', version }),
    }),
    // Nobody has said that it is not theirs; whose task it is not never gets to hear of that.
    asked(
      'to end what nobody disowned as disowned',
      seeing((actor) => (actor.name === TOWN_WINDOW ? 422 : 403)),
      {
        path: caseAt('/actions'),
        body: ({ version }) => ({
          action: 'terminate',
          stepKey: 'accept',
          unitId: '341821105',
          version,
          reason: 'disowned',
        }),
      },
    ),
    // A step that is not open yet is nobody's task, its future holder's included.
    asked('to decide what is not accepted yet', seeing(403), {
      path: caseAt('/actions'),
      body: ({ version }) => ({ action: 'grant', stepKey: 'review', unitId: '341821105', version }),
    }),
  ],
  'POST /api/cases/{id}/after-decision': afterDecision('/after-decision'),
  'POST /api/cases/{id}/after-decision/papers': afterDecision('/after-decision/papers'),
  'POST /api/cases/{id}/statement': [
    asked('to speak on what nobody asks', seeing(409), {
      path: caseAt('/statement'),
      body: ({ version }) => ({ version, statement: '我没有什么要说的' }),
    }),
  ],
  'POST /api/cases/{id}/delivery': byServers('delivery', HANDING),
  'POST /api/cases/{id}/death': byServers('death', DYING),
  'POST /api/cases/{id}/delivery-choice': [
    asked('to choose for what has changed', seeing(409), {
      path: caseAt('/delivery-choice'),
      body: () => ({ method: 'pickup', version: STALE }),
    }),
  ],
  'POST /api/cases/{id}/undo': [changedSince('to take back what has changed since', '/undo')],
  'POST /api/cases/{id}/supplement': [
    asked('to supplement what nobody asked for', seeing(409), {
      path: caseAt('/supplement'),
      body: ({ version }) => ({ version, answers: {}, materials: [] }),
    }),
  ],
  'POST /api/cases/{id}/additions': [
    asked('to add to what has changed', seeing(409), {
      path: caseAt('/additions'),
      body: () => ({ version: STALE, answers: { mobile: '15400000009' } }),
    }),
  ],
  'POST /api/cases/{id}/takeover': [changedSince('to take over what has changed', '/takeover')],
  'POST /api/cases/{id}/withdrawal': [changedSince('to withdraw what has changed', '/withdrawal')],
  // It has no version that could be stale: who may is told by tests/product/nudge.test.ts.
  'POST /api/cases/{id}/nudge': [
    asked('to nudge a case that is none', signedIn(404), {
      path: () => `/api/cases/${NOBODYS_ID}/nudge`,
      body: () => ({}),
    }),
    asked('to nudge with more than that', signedIn(400), {
      path: caseAt('/nudge'),
      body: ({ version }) => ({ version }),
    }),
  ],
  'POST /api/cases/{id}/disownment': [changedSince('to disown what has changed', '/disownment')],
  // Whose matter it is begins it anew once it has ended; staff may see the case and have nothing to begin.
  'POST /api/cases/{id}/again': [
    asked(
      'to apply again for what has not ended',
      seeing((actor) => (actor.sees === 'own' ? 409 : 404)),
      { path: caseAt('/again') },
    ),
  ],
  'POST /api/cases/{id}/identity-confirmation': [
    asked(
      'to confirm on what has changed',
      signedIn((actor) => (actor.sees === 'nothing' && actor.name !== ITEM_WINDOW ? 404 : 409)),
      {
        path: caseAt('/identity-confirmation'),
        body: () => ({ version: STALE, reason: '本人在面前' }),
      },
    ),
  ],
  'GET /api/cases/{id}/documents/{documentId}': [
    asked('for a document that is none', signedIn(404), { path: caseAt(`/documents/${NOBODYS_ID}`) }),
  ],
  'GET /api/cases/{id}/receipt': [asked('for the receipt', seeing(200), { path: caseAt('/receipt') })],
  'GET /api/cases/{id}/receipt/{paper}': [
    asked('for the receipt on a roll', seeing(200), { path: caseAt('/receipt/58') }),
  ],
  'GET /api/cases/{id}/application-form': [
    asked('for what was filed', seeing(200), { path: caseAt('/application-form') }),
  ],
  'GET /api/cases/{id}/application-form/a4': [
    asked('for what was filed, on a sheet', seeing(200), { path: caseAt('/application-form/a4') }),
  ],
  'GET /api/certificates/{code}': [
    asked('for a certificate that nobody issued', everybody(404), {
      path: () => '/api/certificates/0123456789ABCDEFGHJKMNPQRS',
    }),
  ],
  'GET /api/notices': [asked('what hangs in public', everybody(200), { path: () => '/api/notices' })],
  'GET /api/notices/{id}': [
    asked('for a notice that does not hang', everybody(404), { path: () => `/api/notices/${NOBODYS_ID}` }),
  ],
  'POST /api/notices/{id}/objections': [
    asked('to object to a notice that does not hang', everybody(404), {
      path: () => `/api/notices/${NOBODYS_ID}/objections`,
      body: () => ({ words: '占了大家的路' }),
    }),
    asked('to object without a word', everybody(400), {
      path: () => `/api/notices/${NOBODYS_ID}/objections`,
      body: () => ({ words: '' }),
    }),
  ],
  'GET /api/work/objections': [
    asked(
      'for what was said against notices',
      signedIn((actor) => (actor.staff ? 200 : 403)),
    ),
  ],
  'POST /api/work/objections/{id}/set-aside': [
    asked(
      'to set aside what is none of theirs',
      signedIn((actor) => (actor.staff ? 404 : 403)),
      { path: () => `/api/work/objections/${NOBODYS_ID}/set-aside`, body: () => ({ reason: '没有这回事' }) },
    ),
  ],
  'POST /api/work/objections/{id}/told': [
    asked(
      'to say of what is none of theirs that it was told',
      signedIn((actor) => (actor.staff ? 404 : 403)),
      { path: () => `/api/work/objections/${NOBODYS_ID}/told`, body: () => ({}) },
    ),
  ],
  'GET /api/cases/{id}/files/{fileId}': [
    asked('for a paper of the case', seeing(200), {
      path: ({ caseId, fileId }) => `/api/cases/${caseId}/files/${fileId}`,
    }),
    asked('for a paper that is none', signedIn(404), { path: caseAt(`/files/${NOBODYS_ID}`) }),
  ],
  // Whose matter it is rates it; staff may see the case and are told all the same that there is none to rate.
  'POST /api/cases/{id}/rating': [
    asked(
      'to rate before it is done',
      seeing((actor) => (actor.sees === 'own' ? 409 : 404)),
      {
        path: caseAt('/rating'),
        body: () => ({ level: 1 }),
      },
    ),
  ],
  'GET /api/work/cases': [
    asked(
      'for work',
      signedIn((actor) => (actor.staff ? 200 : 403)),
    ),
  ],
  'POST /api/work/cases/search': [
    asked(
      'for a name',
      signedIn((actor) => (actor.staff ? 200 : 403)),
      { body: () => ({ q: '王' }) },
    ),
  ],
  'GET /api/work/replies': [
    asked(
      'for what the own units offer as words',
      signedIn((actor) => (actor.staff ? 200 : 403)),
    ),
  ],
  'POST /api/work/replies': [
    asked(
      'to word for a unit that is none',
      signedIn((actor) => (actor.staff ? 404 : 403)),
      { body: () => ({ unitId: 'nobody', act: 'decline', version: 0, replies: [] }) },
    ),
  ],
  'GET /api/work/missed-items': [
    asked(
      'for what first notices missed',
      signedIn((actor) => (actor.staff ? 200 : 403)),
    ),
  ],
  'POST /api/work/cases/{id}/looks': [
    asked(
      'to look without a reason',
      signedIn((actor) => (actor.name === SUPERVISOR ? 400 : 403)),
      { path: ({ caseId }) => `/api/work/cases/${caseId}/looks`, body: () => ({}) },
    ),
    asked(
      'to look at a case that is none',
      signedIn((actor) => (actor.name === SUPERVISOR ? 404 : 403)),
      { path: () => `/api/work/cases/${NOBODYS_ID}/looks`, body: () => ({ reason: '群众来信反映' }) },
    ),
  ],
  'POST /api/work/case-numbers': [
    asked(
      'for a number that is none',
      signedIn((actor) => (actor.name === SUPERVISOR ? 404 : 403)),
      { body: () => ({ caseNumber: '3418219999999999' }) },
    ),
  ],
  'POST /api/work/applications': [
    asked(
      'to type it for somebody',
      signedIn((actor) => (actor.counter ? 201 : 403)),
      { body: async ({ application }, person) => typedFor(await application(person)) },
    ),
  ],
  'POST /api/work/identity-checks': [
    asked(
      'for a number that is none',
      signedIn((actor) => (actor.counter ? 400 : 403)),
      { body: () => ({ idNumber: '341821194403050000' }) },
    ),
    asked(
      'for whoever shows the card',
      signedIn((actor) => (actor.counter ? 200 : 403)),
      { body: () => ({ idNumber: '341821194611180024' }) },
    ),
  ],
  'GET /api/inbox': [asked('for the own messages', signedIn(200))],
  'POST /api/inbox/read': [
    asked('to mark a message that is none', signedIn(404), { body: () => ({ upTo: NOBODYS_ID }) }),
  ],
  'GET /api/reminder-settings': [asked('for what the own phone rings', signedIn(200))],
  'POST /api/reminder-settings': [
    asked('to switch one off', signedIn(200), { body: () => ({ kinds: [{ kind: 'money', on: false }] }) }),
    asked('to switch off what the law has told', signedIn(422), {
      body: () => ({ kinds: [{ kind: 'to-do', on: false }] }),
    }),
  ],
  'GET /api/work/reminders': [
    byAdmin('for dead letters', 200, { path: () => '/api/work/reminders?status=dead' }),
  ],
  'POST /api/work/reminders/{id}/resend': [
    byAdmin('to send again what is none', 404, { path: () => `/api/work/reminders/${NOBODYS_ID}/resend` }),
  ],
  'GET /api/consents': [asked('for the own consents', signedIn(200))],
  'POST /api/consents': [
    asked('to report a choice', signedIn(200), {
      body: () => ({ choices: [{ templateId: 'YX-CASE-TODO', choice: 'accept' }] }),
    }),
  ],
  'DELETE /api/sessions/current': [asked('to end the own session', signedIn(204))],
}
