interface RequestContext {
  get?: () => { waitUntil?: (work: Promise<unknown>) => void } | undefined
}

const CONTEXT = Symbol.for('@vercel/request-context')

/** Lets the platform keep the instance until `work` is done; elsewhere the process lives on by itself. */
export function waitUntil(work: Promise<unknown>) {
  const settled = work.catch(() => undefined)
  const context = (globalThis as { [CONTEXT]?: RequestContext })[CONTEXT]
  context?.get?.()?.waitUntil?.(settled)
}
