import { IDLE_MINUTES } from '#shared/domain/account/desk-session'
import { platform } from './index'
import { closeSession, findToken, openWith } from './session'

const DESK = 'desk'

/** This browser was let in by a phone. */
export const isAtDesk = () => platform.read(DESK) === true

const post = (path: string, token: string | undefined, body?: object) =>
  platform.request('POST', path, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body }),
  })

const saying = (body: unknown): { code?: unknown; title?: unknown; detail?: unknown } =>
  typeof body === 'object' && body !== null ? body : {}

async function unlock(token: string | undefined, pin: string) {
  const { status, body } = await post('/api/desk-sessions/current/unlock', token, { pin }).catch(() => ({
    status: 0,
    body: undefined,
  }))
  if (status === 204) return { kind: 'open' } as const
  if (status === 401) return { kind: 'ended' } as const
  const { title, detail } = saying(body)
  const words = [title, detail].filter((each) => typeof each === 'string')
  return { kind: 'wrong', sentence: words.length > 0 ? words.join('，') : '没有连上网，再试一次' } as const
}

let opening: Promise<'open' | 'left' | 'ended'> | undefined

/**
 * Whether a session that was refused is open again: a locked one asks for its PIN, however many requests wait for it; one
 * that has ended says so at once.
 */
export function unlocked(token: string | undefined): Promise<'open' | 'left' | 'ended'> {
  opening ??= ask(token).finally(() => {
    opening = undefined
  })
  return opening
}

async function ask(token: string | undefined) {
  const { status, body } = await platform.request('GET', '/api/sessions', {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  })
  if (status === 200) return 'open'
  if (saying(body).code !== 'account.session-locked') return 'ended'
  const answer = await platform.askPin({ unlock: (pin) => unlock(token, pin) })
  if (answer === 'left') await leaveDesk(token)
  return answer
}

/** Ends the desk on the server; this side forgets it with everything else that it kept. */
async function leaveDesk(token: string | undefined) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  await platform.request('DELETE', '/api/desk-sessions/current', { headers }).catch(() => undefined)
  closeSession()
  platform.write(DESK, true)
}

let stop: (() => void) | undefined

/** A desk that nobody touches is locked by itself, before anybody asks the server for anything. */
export function watchDesk() {
  stop?.()
  stop = platform.whenIdle(IDLE_MINUTES * 60_000, () => {
    const token = findToken()
    if (!isAtDesk() || token === undefined) return
    void post('/api/desk-sessions/current/lock', token)
      .catch(() => undefined)
      .then(() => unlocked(token))
      .catch(() => undefined)
  })
}

const OWNER = 'desk-of'

/**
 * The token with which a browser's code was answered, and whose it is: of what somebody else wrote here nothing stays.
 * 个人信息保护法 第51条
 */
export async function enterDesk(token: string) {
  const { body } = await platform.request('GET', '/api/account', {
    headers: { authorization: `Bearer ${token}` },
  })
  const owner = body && typeof body === 'object' && 'id' in body ? body.id : undefined
  if (platform.read(OWNER) !== owner) closeSession()
  platform.write(OWNER, owner)
  platform.write(DESK, true)
  openWith(token)
  watchDesk()
}
