import type { Problem } from '#shared/contract/problems'
import { fail, ok, type Result } from '#shared/domain/kernel/result'
import { learnTime } from './clock'
import { learnDemo } from './deployment'
import { given, isAtDesk, isOthers, reopened } from './desk'
import { platform } from './index'
import { intentOf } from './intents'
import type { HttpAnswer, Method, OtherWay, PickedFile } from './platform'
import { findToken, forgetToken, mayLogInSilently, openSession, type SessionAnswer } from './session'

/** Why a request brought nothing: what the server said, or what this side knows without it. */
export interface Trouble {
  readonly code: Problem['code'] | 'network.unreachable' | 'account.open-in-wechat' | 'upload.refused'
  /** In the resident's words. */
  readonly title: string
  readonly detail?: string
  /** To name on the phone when asking 12345. */
  readonly requestId?: string
  readonly errors: NonNullable<Problem['errors']>
  readonly retryAfterSeconds?: number
  readonly caseId?: string
  /** What is to be agreed to first, in the words that hold now. */
  readonly consents?: NonNullable<Problem['consents']>
  readonly where?: OtherWay
}

export type Answer<Value> = Result<Value, Trouble>

const UNREACHABLE: Trouble = { code: 'network.unreachable', title: '没有连上网', errors: [] }

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'title' in body

function troubleOf({ status, body }: HttpAnswer): Trouble {
  if (isProblem(body)) return { ...body, errors: body.errors ?? [] }
  // Something before our server answered: a proxy, a captive portal.
  return status >= 500
    ? { code: 'server.unavailable', title: '县里的系统没回应', errors: [] }
    : { code: 'server.error', title: '出错了，不是你的问题', errors: [] }
}

const troubleOfSession = (answer: Exclude<SessionAnswer, { kind: 'open' }>): Trouble => {
  switch (answer.kind) {
    case 'unavailable':
      return {
        code: 'account.open-in-wechat',
        title: answer.sentence,
        errors: [],
        ...(answer.where ? { where: answer.where } : {}),
      }
    case 'refused':
      return troubleOf({ status: 401, body: answer.body })
    case 'unreachable':
      return UNREACHABLE
  }
}

/** Whoever logged out on purpose logs in again, and whoever is new with what they agreed to. */
export async function logIn(consents?: Trouble['consents']): Promise<Answer<undefined>> {
  const session = await openSession(consents)
  return session.kind === 'open' ? ok(undefined) : fail(troubleOfSession(session))
}

type Headers = Readonly<Record<string, string>>

/** Routes that answer whoever has no session as well. */
const OPEN = /^\/api\/(about|agreements|certificates|home|notices|service-items|time-limit)(\/|\?|$)/

/**
 * Sends with the session, and once more after a silent login when it was over. Where there is none one is opened first,
 * but for what is there for everybody: a refusal would only be one more way.
 */
async function loggedIn<Reply extends { readonly status: number }>(
  path: string,
  send: (session: Headers) => Promise<Reply>,
  isAct = false,
) {
  const withToken = (token: string | undefined) => send(token ? { authorization: `Bearer ${token}` } : {})
  const early =
    findToken() === undefined && !isAtDesk() && mayLogInSilently() && !OPEN.test(path)
      ? await openSession()
      : undefined
  // What could not reach the server will not reach it now.
  if (early?.kind === 'unreachable') return fail(troubleOfSession(early))
  const token = findToken()
  if (isOthers(token)) return given()
  const first = await withToken(token)
  if (first.status !== 401) return ok(first)
  // What was asked waits behind the lock, and is asked again by the same.
  if (isAtDesk()) {
    await reopened(token, isAct)
    return ok(await withToken(token))
  }
  // A login that came meanwhile stands: the refusal was of the token before it. One that is under way is shared.
  const now = findToken()
  if (now === token || now === undefined) {
    forgetToken()
    if (!mayLogInSilently()) return ok(first)
    const session = early === undefined || early.kind === 'open' ? await openSession() : early
    if (session.kind !== 'open') return fail(troubleOfSession(session))
  }
  return ok(await withToken(findToken()))
}

/**
 * Whether what was sent may have been done all the same: it was not answered, or given up while it ran. Of another's service
 * that is away the server says so (`detail`), and has done nothing.
 */
export const isUnanswered = ({ code, detail }: Trouble) =>
  code === 'network.unreachable' || (code === 'server.unavailable' && detail === undefined)

const PASSING: readonly Trouble['code'][] = ['network.unreachable', 'server.unavailable', 'server.error']

/** Says nothing of what was asked for or sent: the same may go through later. */
export const isPassing = ({ code }: Trouble) => PASSING.includes(code)

/** True when the server has decided: a repetition would be a new wish. */
const isFinal = ({ status, body }: HttpAnswer) =>
  status < 500 &&
  status !== 401 &&
  status !== 429 &&
  !(isProblem(body) && body.code === 'request.still-running')

/**
 * One request to our server. Logs in when it must, keeps one key for one wish, and never throws: what went wrong comes
 * back as `Trouble`. `Value` is the route's type of shared/contract.
 */
export const call = <Value>(method: Method, path: string, body?: unknown): Promise<Answer<Value>> =>
  exchange(method, path, body, method === 'GET' ? undefined : intentOf(method, path, body))

/** One wish that its sender has named: whatever it says by then, it is done once. */
interface Wish {
  readonly key: Promise<string>
  /** The server has decided. */
  done(): void
}

export const callAs = <Value>(wish: Wish, path: string, body: unknown): Promise<Answer<Value>> =>
  exchange('POST', path, body, wish)

/** A question whose words nobody may find on the phone afterwards: it changes nothing and has no key. */
export const ask = <Value>(path: string, body: unknown): Promise<Answer<Value>> =>
  exchange('POST', path, body, undefined)

/** By whom no session is held, or not yet: neither sent with one nor kept from who has another. */
export async function askWithout<Value>(method: Method, path: string, body?: object): Promise<Answer<Value>> {
  try {
    const sent = await platform.request(method, path, body === undefined ? {} : { body })
    learnTime(sent.date)
    learnDemo(sent.isDemo)
    return sent.status < 300 ? ok(sent.body as Value) : fail(troubleOf(sent))
  } catch (_reason) {
    return fail(UNREACHABLE)
  }
}

async function exchange<Value>(
  method: Method,
  path: string,
  body: unknown,
  intent: Wish | undefined,
): Promise<Answer<Value>> {
  try {
    const key = await intent?.key
    const sent = await loggedIn(
      path,
      (session) =>
        platform.request(method, path, {
          headers: { ...session, ...(key ? { 'idempotency-key': key } : {}) },
          ...(body === undefined ? {} : { body }),
        }),
      intent !== undefined,
    )
    if (!sent.ok) return sent
    learnTime(sent.value.date)
    learnDemo(sent.value.isDemo)
    if (isFinal(sent.value)) intent?.done()
    // The contract's types are the server's own; zod stays out of the mini program.
    return sent.value.status < 300 ? ok(sent.value.body as Value) : fail(troubleOf(sent.value))
  } catch (_reason) {
    return fail(UNREACHABLE)
  }
}

const REFUSED: Trouble = { code: 'upload.refused', title: '这张传不上去', errors: [] }

interface UploadTicket {
  readonly id: string
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

/**
 * Sends one file and answers its id; the same two steps in every deployment. `promise` is the key of the place that the
 * server promises it: asked again by the same, it is the same place, and a file that was half sent leaves none behind.
 */
export async function upload(
  file: PickedFile,
  promise: string,
  onProgress: (percent: number) => void,
): Promise<Answer<string>> {
  const { name, contentType, size } = file
  const wish = { key: Promise.resolve(promise), done() {} }
  const ticket = await callAs<UploadTicket>(wish, '/api/uploads', { name, contentType, size })
  if (!ticket.ok) return ticket
  const { id, url, fields } = ticket.value
  try {
    const answer = await platform.uploadFile(url, fields, file, onProgress)
    if (answer.status < 300) return ok(id)
    // The store of files has words of its own, and a reason.
    const isRefused = answer.status < 500 && !isProblem(answer.body)
    return fail(isRefused ? REFUSED : troubleOf(answer))
  } catch (_reason) {
    return fail(UNREACHABLE)
  }
}

/** Brings one file that only its readers may see, as what an Image can show; `accept`: of several kinds the one that is wanted. */
export async function download(path: string, accept?: string): Promise<Answer<string>> {
  const wanted: Headers = accept === undefined ? {} : { accept }
  try {
    const sent = await loggedIn(path, (session) => platform.downloadFile(path, { ...session, ...wanted }))
    if (!sent.ok) return sent
    const { status, source } = sent.value
    return source === undefined ? fail(troubleOf({ status, body: undefined })) : ok(source)
  } catch (_reason) {
    return fail(UNREACHABLE)
  }
}
