import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { Problem } from '#shared/contract/problems'
import { ELDER_KEY, followAccount } from './elder-mode'
import { platform } from './index'
import type { LogInAnswer } from './platform'

export const TOKEN = 'token'
/** Of what is half written here: each with its `key`, of what staff type for somebody `entry:…`. */
export const DRAFTS = 'drafts'
const LOGGED_OUT = 'logged-out'

interface Session {
  readonly isLoggedIn: boolean
}

/** Whether this phone holds a session; the server may have ended it meanwhile. */
export const useSession = create<Session>(() => ({ isLoggedIn: findToken() !== undefined }))

export function findToken(): string | undefined {
  const token = platform.read(TOKEN)
  return typeof token === 'string' ? token : undefined
}

export function forgetToken() {
  platform.remove(TOKEN)
  useSession.setState({ isLoggedIn: false })
}

export type SessionAnswer =
  | { readonly kind: 'open' }
  | Extract<LogInAnswer, { kind: 'unavailable' }>
  | { readonly kind: 'refused'; readonly body: unknown }
  | { readonly kind: 'unreachable' }

/** A session that somebody has opened for this side. */
export function openWith(token: string) {
  platform.write(TOKEN, token)
  platform.remove(LOGGED_OUT)
  useSession.setState({ isLoggedIn: true })
}

async function logIn(consents: Problem['consents']): Promise<SessionAnswer> {
  const answer = await platform.logIn()
  if (answer.kind !== 'code') return answer
  // A code lives for one use: what failed is asked again with a new one, never repeated.
  const { status, body } = await platform.request('POST', '/api/sessions', {
    body: { code: answer.code, ...(consents ? { consents } : {}) },
  })
  const token = status === 201 && typeof body === 'object' && body && 'token' in body ? body.token : undefined
  if (typeof token !== 'string') return { kind: 'refused', body }
  openWith(token)
  followAccount(body && typeof body === 'object' && 'account' in body ? body.account : undefined)
  return { kind: 'open' }
}

let opening: Promise<SessionAnswer> | undefined

/** Logs in; several callers at once share one login. */
export function openSession(consents?: Problem['consents']): Promise<SessionAnswer> {
  opening ??= logIn(consents)
    .catch((): SessionAnswer => ({ kind: 'unreachable' }))
    .finally(() => {
      opening = undefined
    })
  return opening
}

/** Whoever pressed 退出登录 is not logged in again behind his back. */
export const mayLogInSilently = () => platform.read(LOGGED_OUT) !== true

/**
 * A page is there for everybody at once; whoever has been here before is recognised beside it, and it is asked for again
 * as soon as both are known.
 */
export function useRecognition(isUnknown: boolean, reload: () => Promise<unknown>) {
  const tried = useRef(false)
  // Beside what the page was asked for without a session.
  const beside = useRef<Promise<SessionAnswer>>()
  useEffect(() => {
    if (findToken() === undefined && mayLogInSilently()) beside.current = openSession()
  }, [])
  useEffect(() => {
    if (!isUnknown || tried.current || !mayLogInSilently()) return
    tried.current = true
    // What had no network beside the first try has one now: the page came.
    void (beside.current ?? openSession())
      .then((answer) => (answer.kind === 'unreachable' ? openSession() : answer))
      .then(({ kind }) => (kind === 'open' ? reload() : undefined))
  }, [isUnknown, reload])
}

const closed = new Set<() => void>()
/** Before what the phone keeps is forgotten. */
export function onSessionClosed(listener: () => void): () => void {
  closed.add(listener)
  return () => void closed.delete(listener)
}

/**
 * The phone's half of logging out; the server's is `DELETE /api/sessions/current`. Drafts and the last contents of pages
 * go too: the next hands may be others'. 个人信息保护法 第51条
 */
export function closeSession() {
  for (const listener of closed) listener()
  platform.forgetWhere((key) => key !== ELDER_KEY)
  platform.write(LOGGED_OUT, true)
  forgetToken()
}
