import { useCallback, useRef } from 'react'
import { type Answer, call } from './api'
import { useAction } from './use-action'
import { useLoaded } from './use-request'
import { useShownAgain } from './use-shown-again'

interface List {
  readonly items: readonly unknown[]
  readonly nextCursor: string | null
}

const behind = (path: string, cursor: string) =>
  `${path}${path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`

const joined = <Page extends List>(before: Page, next: Page): Page => ({
  ...before,
  items: [...before.items, ...next.items],
  nextCursor: next.nextCursor,
})

async function bringPages<Page extends List>(path: string, count: number): Promise<Answer<Page>> {
  let list = await call<Page>('GET', path)
  for (let read = 1; read < count && list.ok && list.value.nextCursor !== null; read += 1) {
    const next = await call<Page>('GET', behind(path, list.value.nextCursor))
    if (!next.ok) return next
    list = { ok: true, value: joined(list.value, next.value) }
  }
  return list
}

/**
 * A list of one's own, page after page by its cursor. When it comes back to the front it is brought anew as far as it was
 * read, and takes the place of what stands there at once: what came in at its head pushes nothing out between two pages.
 */
export function usePages<Page extends List>(path: string, keepAs?: string) {
  const count = useRef(1)
  const bring = useCallback((of: string) => bringPages<Page>(of, count.current), [])
  const { loaded, reload, change, turn } = useLoaded(path, keepAs, bring)
  useShownAgain(reload)
  const { isBusy, trouble, run } = useAction()
  const cursor = loaded.state === 'ready' ? loaded.value.nextCursor : null
  const more = () => {
    if (cursor === null) return
    const from = turn()
    return run(
      () => call<Page>('GET', behind(path, cursor)),
      (page) =>
        change(from, (before) => {
          count.current += 1
          return joined(before, page)
        }),
    )
  }
  return { loaded, reload, more, hasMore: cursor !== null, isBusy, trouble }
}
