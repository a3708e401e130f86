import { useCallback, useEffect, useRef, useState } from 'react'
import { type Answer, ask, call, isPassing, type Trouble } from './api'
import { now } from './clock'
import { platform } from './index'
import { onSessionClosed } from './session'

export type Loaded<Value> =
  | { readonly state: 'loading' }
  /**
   * `trouble`: why nothing newer came; what is on the screen stays there, with what is typed into it. `savedAt`: when it
   * was seen, for the last content of this page that the phone has kept.
   */
  | { readonly state: 'ready'; readonly value: Value; readonly savedAt?: string; readonly trouble?: Trouble }
  | { readonly state: 'failed'; readonly trouble: Trouble }

interface Saved<Value> {
  readonly path: string
  readonly at: string
  readonly value: Value
}

/** What may no longer be seen stays on no phone: neither a page's last content, nor what was written to it, nor the way there. */
function forgetGone(path: string, { code }: Trouble) {
  const [, caseId] = /^\/api\/cases\/([\w-]+)(?:\/documents\/[\w-]+)?$/.exec(path) ?? []
  if (code === 'case.not-found' && caseId !== undefined) {
    const names = (key: string) => JSON.stringify(platform.read(key) ?? '').includes(caseId)
    platform.forgetWhere((key) => key.includes(caseId) || (/^(page|(just-)?filed):/.test(key) && names(key)))
  }
  if (code === 'account.role-needed') platform.forgetWhere((key) => key.startsWith('page:staff-'))
}

/** What was asked for is as it was, as far as anybody knows. */
const saysNothing = (trouble: Trouble) => isPassing(trouble) || trouble.code === 'request.rate-limited'

/** `before`: what is on the screen, from the same request. */
function settled<Value>(
  path: string,
  answer: Answer<Value>,
  keepAs: string | undefined,
  before: Loaded<Value>,
): Loaded<Value> {
  if (answer.ok) {
    if (keepAs) platform.write(`page:${keepAs}`, { path, at: now(), value: answer.value })
    return { state: 'ready', value: answer.value }
  }
  const trouble = answer.error
  forgetGone(path, trouble)
  const known =
    keepAs === undefined ? undefined : (platform.read(`page:${keepAs}`) as Saved<Value> | undefined)
  const saved = known?.path === path ? known : undefined
  const savedAt = saved === undefined ? {} : { savedAt: saved.at }
  if (before.state === 'ready' && saysNothing(trouble)) {
    return { state: 'ready', value: before.value, trouble, ...savedAt }
  }
  if (saved && trouble.code === 'network.unreachable') {
    return { state: 'ready', value: saved.value, trouble, ...savedAt }
  }
  return { state: 'failed', trouble }
}

const AHEAD_MS = 60_000
const ahead = new Map<string, { readonly at: number; readonly answer: Promise<Answer<unknown>> }>()

/** Brings what the reader will open next; the page that shows it still asks for itself. */
export function fetchAhead(path: string) {
  const known = ahead.get(path)
  if (known && Date.now() - known.at < AHEAD_MS) return
  ahead.set(path, { at: Date.now(), answer: call('GET', path) })
}

function takeAhead<Value>(path: string) {
  const known = ahead.get(path)
  ahead.delete(path)
  return known && Date.now() - known.at < AHEAD_MS ? (known.answer as Promise<Answer<Value>>) : undefined
}

/**
 * What a page shows of `path`, as `bring` brings it; an undefined path asks nothing yet. `keepAs` names the page whose
 * last content is shown without a network. `reload` keeps what is on the screen until the new answer is there, or for
 * good where none came, and gives it. Whatever was asked before, the answer to what was asked last is shown.
 */
export function useLoaded<Value>(
  path: string | undefined,
  keepAs: string | undefined,
  bring: (path: string) => Promise<Answer<Value>>,
) {
  const [loaded, setLoaded] = useState<Loaded<Value>>({ state: 'loading' })
  const newest = useRef(0)
  // Whoever asks again after a while may hold what was asked for before: what is on the screen now is read.
  const wanted = useRef({ path, keepAs, bring })
  wanted.current = { path, keepAs, bring }
  const reload = useCallback(async () => {
    const { path: of, keepAs: kept, bring: brought } = wanted.current
    if (of === undefined) return
    newest.current += 1
    const turn = newest.current
    const answer = await brought(of)
    if (turn === newest.current) setLoaded((before) => settled(of, answer, kept, before))
    return answer
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew whenever what is asked for is another.
  useEffect(() => {
    setLoaded({ state: 'loading' })
    const early = path === undefined ? undefined : takeAhead<Value>(path)
    const turn = newest.current + 1
    void early?.then((answer) => {
      if (answer.ok && newest.current === turn) {
        setLoaded((before) => (before.state === 'loading' ? { state: 'ready', value: answer.value } : before))
      }
    })
    void reload()
  }, [path, keepAs, bring, reload])
  useEffect(
    () =>
      // Pages behind this one stay open: what is somebody's own leaves them with its owner, signal or not.
      onSessionClosed(() => {
        newest.current += 1
        setLoaded({ state: 'loading' })
      }),
    [],
  )
  /** Changes what is on the screen, unless it was asked for anew since `turn`. */
  const change = useCallback((turn: number, how: (value: Value) => Value) => {
    if (turn !== newest.current) return
    setLoaded((before) => (before.state === 'ready' ? { ...before, value: how(before.value) } : before))
  }, [])
  return { loaded, reload, change, turn: () => newest.current }
}

/** From one GET, or with `asked`, a body as JSON, from one keyless POST. */
export function useRequest<Value>(path: string | undefined, keepAs?: string, asked?: string) {
  const bring = useCallback(
    (of: string) => (asked === undefined ? call<Value>('GET', of) : ask<Value>(of, JSON.parse(asked))),
    [asked],
  )
  const { loaded, reload } = useLoaded(path, keepAs, bring)
  return { loaded, reload }
}
