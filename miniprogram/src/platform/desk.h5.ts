import { IDLE_MINUTES } from '#shared/domain/account/desk-session'
import { now } from './clock'
import { platform } from './index'
import type { Unlocked } from './platform'
import { closeSession, DRAFTS, findToken, openWith, TOKEN } from './session'

/** Kept in this browser, for each of its tabs. */
const DESK = 'desk'
const LOCKED = 'desk-locked'
const UNTIL = 'desk-until'
const OWNER = 'desk-of'
/** When hands were last at this desk, by `platform.whenIdle`. */
const TOUCHED = 'touched'
/** What the door says to whoever comes back: kept until somebody is let in. */
const LEFT = 'desk-left'

/** This browser was let in by a phone. */
export const isAtDesk = () => platform.read(DESK) === true

/** The session that this tab was opened with: what stands here is its person's, and nobody else acts by it. */
let held: string | undefined

const post = (path: string, token: string | undefined, body?: object) =>
  platform.request('POST', path, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body }),
  })

const saying = (body: unknown): { code?: unknown; title?: unknown; detail?: unknown } =>
  typeof body === 'object' && body !== null ? body : {}

/** `pins`: too many wrong ones; `day`: it was ten in the evening; `left`: by whoever took the desk for somebody else; `ended`: by the phone, or by more desks than one may have. */
type EndedBy = 'pins' | 'day' | 'left' | 'ended'

export interface LeftDesk {
  readonly by: EndedBy
  /** Something was pressed that waited, and that the server has not been told of. */
  readonly isUnsent: boolean
}

/** Why nobody is in any more, for the page where one is let in. */
export const leftDesk = () => platform.read(LEFT) as LeftDesk | undefined

/** What waits for an answer in this tab would change something. */
let isActWaiting = false

/**
 * The session of `token` is over: no tab waits for its PIN any more. The first who knows why says it; another tab may have more
 * that did not go.
 */
function endDay(token: string | undefined, by: EndedBy) {
  // By now it is somebody else's desk.
  if (findToken() !== token) return
  const told = leftDesk()
  platform.write(LEFT, { by: told?.by ?? by, isUnsent: isActWaiting || told?.isUnsent === true })
  forgetDay()
}

/** What waits in this tab goes no more either. */
function noteUnsent() {
  const told = leftDesk()
  if (told && isActWaiting) platform.write(LEFT, { ...told, isUnsent: true })
}

async function unlock(token: string | undefined, pin: string): Promise<Unlocked> {
  const { status, body } = await post('/api/desk-sessions/current/unlock', token, { pin }).catch(() => ({
    status: 0,
    body: undefined,
  }))
  if (status === 204) return { kind: 'open' }
  const { title, detail } = saying(body)
  if (status === 401) {
    endDay(token, detail === undefined ? byNow() : 'pins')
    return { kind: 'ended' }
  }
  const words = [title, detail].filter((each) => typeof each === 'string')
  return { kind: 'wrong', sentence: words.length > 0 ? words.join('，') : '没有连上网，再试一次' }
}

/** The page goes, and with it what it shows: whatever waits here waits for nothing. */
function toDoor(): Promise<never> {
  platform.openDoor()
  return new Promise(() => {})
}

let cover: { readonly open: Promise<void>; readonly lift: () => void } | undefined

/**
 * Covers the page, in every tab, before anybody asks the server: it opens by the PIN alone. Whoever has not got it, or
 * takes the desk for somebody else, comes to the door; the cover stays until the page is gone.
 */
function covered(token: string | undefined): Promise<void> {
  if (cover) return cover.open
  platform.write(LOCKED, true)
  const { answer, lift } = platform.askPin((pin) => unlock(token, pin))
  const open = answer.then(async (how) => {
    if (how === 'left') await leave(token)
    if (how !== 'open') return toDoor()
    cover = undefined
    isActWaiting = false
    platform.remove(LOCKED)
  })
  cover = { open, lift }
  return open
}

/**
 * Ends the desk, and nothing more: anybody who passes may press it, and what was half written waits for whoever wrote it. Whoever
 * else comes in finds none of it: `enterDesk`.
 */
async function leave(token: string | undefined) {
  await endOnServer(token)
  endDay(token, 'left')
}

async function endOnServer(token: string | undefined) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  await platform.request('DELETE', '/api/desk-sessions/current', { headers }).catch(() => undefined)
}

/** What was half typed for whoever came: theirs, not of who typed it. 个人信息保护法 第51条 */
function forgetCounter() {
  platform.forgetWhere((key) => key.startsWith('draft:entry:') || key.startsWith('sent:entry:'))
  const drafts = platform.read(DRAFTS) as readonly { readonly key: string }[] | undefined
  if (!drafts) return
  platform.write(
    DRAFTS,
    drafts.filter(({ key }) => !key.startsWith('entry:')),
  )
}

/** Of a session that is over; what was written stays, but what was written for others. */
function forgetDay() {
  platform.remove(TOKEN)
  platform.forgetWhere((key) => key.startsWith('page:'))
  forgetCounter()
}

/**
 * A session that was refused is open again; a locked one by its PIN, however many requests wait for it. `isAct`: what was
 * refused would have changed something, and whoever pressed it must not believe that it has.
 */
export async function reopened(token: string | undefined, isAct: boolean): Promise<void> {
  if (isAct) isActWaiting = true
  if (cover) return cover.open
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const { status, body } = await platform.request('GET', '/api/sessions', { headers })
  if (status === 200) {
    isActWaiting = false
    return
  }
  // Whether it is locked or over is told by the PIN where it cannot be asked now.
  if (status !== 401 || saying(body).code === 'account.session-locked') return covered(token)
  endDay(token, byNow())
  return toDoor()
}

function lock(token: string) {
  void post('/api/desk-sessions/current/lock', token).catch(() => undefined)
  return covered(token)
}

/** For whoever steps out: nobody reads what lies here, and nothing is lost. */
export function lockDesk() {
  if (held !== undefined && isAtDesk()) void lock(held)
}

/** True where somebody else was let in by another tab: nothing is sent in the name of one that was typed by another. */
export function isOthers(token: string | undefined) {
  if (!isAtDesk()) return false
  // Opened before anybody was let in: from its first request on it is whoever's that is, and is watched as every other tab.
  if (held === undefined) watchDesk()
  return held !== undefined && token !== held
}

/** What waits for a tab that is somebody else's. */
export const given = toDoor

/** By this machine's own clock, so that it is known before anything is answered. */
const isOver = () => {
  const until = platform.read(UNTIL)
  return typeof until === 'string' && Date.parse(until) <= Date.now()
}
const byNow = (): EndedBy => (isOver() ? 'day' : 'ended')
const byOwnClock = (until: string | undefined) =>
  until && new Date(Date.now() + Date.parse(until) - Date.parse(now())).toISOString()

const LOOKS = 15_000
/** Whoever reads and writes without a request is at the desk all the same; the server hears of it so often. */
const TELLS = 5 * 60_000
let stop: (() => void) | undefined

/** A desk that nobody touches is covered, and one whose day is over is closed, whether or not the server can be asked. */
export function watchDesk() {
  stop?.()
  stop = platform.onStored((key) => key === TOKEN && watchDesk())
  if (!isAtDesk()) return
  held = findToken()
  if (held === undefined) return
  stop()
  const token = held
  const lookAtDay = () => {
    if (!isOver()) return
    endDay(token, 'day')
    void toDoor()
  }
  lookAtDay()
  if (platform.read(LOCKED) === true) void covered(token)
  const unidle = platform.whenIdle(TOUCHED, IDLE_MINUTES * 60_000, () => {
    lookAtDay()
    return lock(token)
  })
  let toldAt = Date.now()
  const tellOfHands = () => {
    // The clock of this computer was set back.
    if (toldAt > Date.now()) toldAt = Date.now() - TELLS
    if (cover || Date.now() - toldAt < TELLS || Number(platform.read(TOUCHED)) <= toldAt) return
    toldAt = Date.now()
    const headers = { authorization: `Bearer ${token}` }
    void platform.request('GET', '/api/sessions', { headers }).catch(() => undefined)
  }
  const looking = setInterval(() => {
    lookAtDay()
    tellOfHands()
  }, LOOKS)
  const unstored = platform.onStored((key) => {
    if (key === TOKEN && findToken() !== token) {
      noteUnsent()
      void toDoor()
    }
    if (key !== LOCKED) return
    if (platform.read(LOCKED) === true) void covered(token)
    else if (findToken() === token) cover?.lift()
  })
  stop = () => {
    unidle()
    clearInterval(looking)
    unstored()
  }
}

async function ownerOf(token: string): Promise<unknown> {
  try {
    const headers = { authorization: `Bearer ${token}` }
    const { body } = await platform.request('GET', '/api/account', { headers })
    return body && typeof body === 'object' && 'id' in body ? body.id : undefined
  } catch (_reason) {
    return undefined
  }
}

/**
 * The token with which a browser's code was answered, and whose it is: of what somebody else wrote here nothing stays, nor
 * where it cannot be known whose it was. 个人信息保护法 第51条
 */
export async function enterDesk(token: string, until: string | undefined) {
  const former = isAtDesk() ? findToken() : undefined
  // One browser is one desk: whoever was in it by another tab's code is in no longer, on the server either.
  if (former !== undefined && former !== token) void endOnServer(former)
  const owner = await ownerOf(token)
  if (owner === undefined || platform.read(OWNER) !== owner) closeSession()
  platform.write(OWNER, owner)
  platform.write(UNTIL, byOwnClock(until))
  platform.write(DESK, true)
  platform.remove(LOCKED)
  platform.remove(TOUCHED)
  platform.remove(LEFT)
  openWith(token)
  watchDesk()
}
