import { randomUUID } from 'node:crypto'
import type { AgreementList } from '#shared/contract/account'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import type { Problem } from '#shared/contract/problems'

export interface Answer<Body = unknown> {
  readonly status: number
  readonly body: Body
  readonly headers: Headers
}

type Method = 'GET' | 'POST' | 'DELETE'

interface Sending {
  readonly body?: unknown
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Nothing is ticked that a page would ask a guardian for. */
  readonly unticked?: boolean
}

export interface Person {
  readonly id: string
  /** Sends with this person's session and a fresh Idempotency-Key unless one is given. */
  send<Body = Record<string, unknown>>(method: Method, path: string, sending?: Sending): Promise<Answer<Body>>
  upload(file?: Uint8Array, contentType?: string, name?: string): Promise<string>
  /** Somebody else at the same product. */
  colleague(personId: string): Promise<Person>
  /** A file as it is served. */
  fetchFile(
    path: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; contentType: string | null; bytes: Buffer }>
}

/** A running product with its local WeChat, as residents and staff reach it: over HTTP alone. */
export interface Client {
  /** Calls a door of the console. */
  door<Body = Record<string, unknown>>(method: Method, path: string, body?: unknown): Promise<Answer<Body>>
  /** Logs a person of the pack in, once; later calls answer the same session. */
  as(personId: string): Promise<Person>
  /** A new session even for who has one. */
  logIn(personId: string): Promise<Person>
  visitor: Person
}

const freshKey = () => `test-${randomUUID()}`

// A white pixel: the smallest photo that every decoder takes.
export const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

async function answerOf<Body>(response: Response): Promise<Answer<Body>> {
  const text = await response.text()
  const json = /json/.test(response.headers.get('content-type') ?? '') && text !== ''
  return {
    status: response.status,
    body: (json ? JSON.parse(text) : text) as Body,
    headers: response.headers,
  }
}

/** What each door asks of whoever comes to it for the first time, as the pages tick it. */
const TICKED: Readonly<Record<string, readonly string[]>> = {
  '/api/sessions': ['service', 'privacy'],
  '/api/account/phone': ['phone'],
  '/api/account/identity': ['identity'],
  '/api/account/identity-confirmation': ['identity', 'sensitive'],
}
const versions = new Map<string, Promise<Readonly<Record<string, string>>>>()

const versionsAt = (url: string) => {
  const known =
    versions.get(url) ??
    fetch(`${url}/api/agreements`)
      .then((response) => response.json() as Promise<AgreementList>)
      .then(({ agreements }) => Object.fromEntries(agreements.map(({ kind, version }) => [kind, version])))
  versions.set(url, known)
  return known
}

/** What a page would lay before a guardian: a child is applied for, or its number written. */
const asksGuardian = ({ status, body }: Answer<unknown>) => {
  const { code, consents } = (body ?? {}) as Partial<Problem>
  const [only, more] = consents ?? []
  return (
    (status === 409 && only?.purpose === 'guardian' && more === undefined) ||
    (status === 422 && code === 'account.guardian-needed')
  )
}

/** In the words that hold where the product answers at `url`. */
export async function ticked(url: string, ...purposes: readonly string[]) {
  const held = await versionsAt(url)
  return purposes.map((purpose) => ({ purpose, version: held[purpose] ?? held['privacy'] ?? '' }))
}

/** Who has ticked nothing says so: `consents: []`. */
async function withTicks(url: string, path: string, body: unknown) {
  const purposes = TICKED[path]
  if (purposes === undefined || typeof body !== 'object' || body === null) return body
  if ('consents' in body && body.consents !== undefined) return body
  return { ...body, consents: await ticked(url, ...purposes) }
}

function personAt(url: string, id: string, token: string | null, as: Client['as']): Person {
  const once = async <Body>(method: Method, path: string, { body, key, headers }: Sending) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...(method === 'GET' ? {} : { 'Idempotency-Key': key ?? freshKey() }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return answerOf<Body>(response)
  }
  const send = async <Body>(method: Method, path: string, { unticked, ...sending }: Sending = {}) => {
    const { body: sent } = sending
    const body = method === 'POST' ? await withTicks(url, path, sent) : sent
    const answer = await once<Body>(method, path, { ...sending, body })
    if (unticked || method !== 'POST' || !asksGuardian(answer)) return answer
    const consents = await ticked(url, 'guardian')
    if (path === '/api/account/identity') {
      const also = { ...(body as object), consents: [...(await ticked(url, 'identity')), ...consents] }
      return once<Body>(method, path, { ...sending, body: also })
    }
    if (answer.status !== 409) return answer
    await once('POST', '/api/account/consents', { body: { consents } })
    return once<Body>(method, path, { ...sending, body })
  }
  return {
    id,
    send,
    colleague: as,
    async fetchFile(path, headers = {}) {
      const response = await fetch(`${url}${path}`, {
        headers: { ...(token === null ? {} : { Authorization: `Bearer ${token}` }), ...headers },
      })
      const bytes = Buffer.from(await response.arrayBuffer())
      return { status: response.status, contentType: response.headers.get('content-type'), bytes }
    },
    async upload(file = PHOTO, contentType = 'image/png', name = '照片.png') {
      const promised = await send<{ id: string; url: string; fields: Record<string, string> }>(
        'POST',
        '/api/uploads',
        {
          body: { name, contentType, size: file.length },
        },
      )
      if (promised.status !== 201) throw new Error(`upload refused: ${JSON.stringify(promised.body)}`)
      const form = new FormData()
      for (const [field, value] of Object.entries(promised.body.fields)) form.append(field, value)
      form.append('file', new Blob([new Uint8Array(file)], { type: contentType }), name)
      const posted = await fetch(promised.body.url, { method: 'POST', body: form })
      if (posted.status >= 300) throw new Error(`post refused: ${posted.status} ${await posted.text()}`)
      return promised.body.id
    },
  }
}

/** The product that answers at `url`. */
export function clientOf(url: string): Client {
  const people = new Map<string, Promise<Person>>()
  const door = async <Body>(method: Method, path: string, body?: unknown) =>
    answerOf<Body>(
      await fetch(`${url}/sandbox/api/${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
      }),
    )
  const logIn = async (personId: string) => {
    const { body } = await door<{ code: string }>('POST', 'login-codes', { person: personId })
    const session = await personAt(url, personId, null, as).send<{ token: string }>('POST', '/api/sessions', {
      body: { code: body.code },
    })
    if (session.status !== 201) throw new Error(`no session: ${JSON.stringify(session.body)}`)
    return personAt(url, personId, session.body.token, as)
  }
  const as = (personId: string) => {
    const known = people.get(personId) ?? logIn(personId)
    people.set(personId, known)
    return known
  }
  return {
    door,
    logIn,
    as,
    visitor: personAt(url, 'visitor', null, as),
  }
}

/** A new invented person, registered up to `level`. */
export async function newcomer(
  client: Client,
  options: { name: string; birth: string; villageCode: string; level: 0 | 1 | 2 | 3 },
) {
  const { name, birth, villageCode, level } = options
  const born = await client.door<{ id: string; idNumber: string }>('POST', 'people', {
    name,
    birth,
    villageCode,
  })
  const person = await client.logIn(born.body.id)
  const codeFor = async (purpose: string) =>
    (await client.door<{ code: string }>('POST', 'login-codes', { person: born.body.id, purpose })).body.code
  const steps = [
    async () => person.send('POST', '/api/account/phone', { body: { code: await codeFor('phone') } }),
    async () =>
      person.send('POST', '/api/account/identity', { body: { name, idNumber: born.body.idNumber } }),
    async () =>
      person.send('POST', '/api/account/identity-confirmation', {
        body: { code: await codeFor('real-name') },
      }),
  ]
  for (const step of steps.slice(0, level)) {
    const answer = await step()
    if (answer.status !== 200) throw new Error(`not registered: ${JSON.stringify(answer.body)}`)
  }
  return { person, idNumber: born.body.idNumber, personId: born.body.id }
}

export const caseOf = async (person: Person, id: string) =>
  (await person.send<CaseView>('GET', `/api/cases/${id}`)).body

/** One act of a member of staff, as the page would do it: from what the case itself allows. */
export async function act(
  person: Person,
  caseId: string,
  action: AllowedAction['action'],
  more: Record<string, unknown> = {},
) {
  const view = await caseOf(person, caseId)
  const allowed = view.staff?.allowed.find((each) => each.action === action)
  if (!allowed)
    throw new Error(`${person.id} may not ${action}: ${JSON.stringify(view.staff?.allowed ?? view)}`)
  const { stepKey, unitId } = allowed
  const seen = action === 'record-visit' ? asItShouldBe(view, allowed) : {}
  const done = await person.send('POST', `/api/cases/${caseId}/actions`, {
    body: { action, stepKey, unitId, version: view.version, ...seen, ...paidBy(allowed, view), ...more },
  })
  if (action === 'record-visit' && done.status === 200) await countersign(person, caseId)
  return done
}

/** An amount where a decision must say one: what most guides leave room for, the figure of a row where one must be met. */
export const paidBy = (
  { amountAsked }: Pick<AllowedAction, 'amountAsked'>,
  { serviceItemId }: Pick<CaseView, 'serviceItemId'>,
) => (amountAsked ? { amount: serviceItemId === 'LX-009' ? 1_000_00 : AMOUNTS[amountAsked] } : {})
const AMOUNTS = { monthly: 80_00, once: 10_000_00 } as const

/** All points of the list as they should be, the applicant elsewhere. */
export function asItShouldBe({ staff }: CaseView, at: Pick<AllowedAction, 'stepKey' | 'unitId'>) {
  const visit = staff?.visits?.find(({ stepKey, unitId }) => stepKey === at.stepKey && unitId === at.unitId)
  return {
    onSite: 'absent',
    findings: (visit?.checklist?.points ?? []).map(({ key }) => ({ point: key, answer: 'yes' })),
  }
}

/** Whoever else was at the site signs what was written down, each on their own account. */
export async function countersign(person: Person, caseId: string) {
  const { staff } = await caseOf(person, caseId)
  const open = staff?.visits?.find(({ record }) => record?.officers.some(({ signed }) => !signed))
  const missing = open?.record?.officers.filter(({ signed }) => !signed) ?? []
  for (const { staffId } of missing) {
    const signed = await act(await person.colleague(staffId), caseId, 'sign-visit', {
      record: open?.record?.digest,
    })
    if (signed.status !== 200) throw new Error(`not signed: ${JSON.stringify(signed.body)}`)
  }
}
