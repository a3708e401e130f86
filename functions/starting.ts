import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { PROBLEMS, type Problem } from '#shared/contract/problems'

const CODE = 'server.unavailable'
const AGAIN_AFTER_SECONDS = 2
/** A meta refresh to an address with a `#`, as all of ours are, goes nowhere: only a script loads such a page again. */
const AGAIN = `setTimeout(function(){location.reload()},${AGAIN_AFTER_SECONDS * 1000})`
const HASH_OF_AGAIN = createHash('sha256').update(AGAIN).digest('base64')
const COMMON = {
  'Retry-After': String(AGAIN_AFTER_SECONDS),
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': `default-src 'none'; script-src 'sha256-${HASH_OF_AGAIN}'; style-src 'unsafe-inline'; frame-ancestors 'self'`,
}

const PAGE = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<noscript><meta http-equiv="refresh" content="${AGAIN_AFTER_SECONDS}"></noscript><title>正在启动</title>
<style>body{margin:30vh 24px 0;font:20px/1.6 system-ui,sans-serif;text-align:center}</style></head>
<body><p>正在启动，马上就好。</p><script>${AGAIN}</script></body></html>
`

const isNavigation = ({ method, headers, url }: Request) =>
  method === 'GET' &&
  (headers.get('Accept') ?? '').includes('text/html') &&
  !new URL(url).pathname.startsWith('/api/')

/** What everybody is told who comes before the product stands: people get a page that tries again by itself. */
export function answerWhileStarting(request: Request): Response {
  const requestId = uuidv7()
  const headers = { ...COMMON, 'X-Request-Id': requestId }
  if (isNavigation(request)) {
    return new Response(PAGE, {
      status: 503,
      headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' },
    })
  }
  const problem: Problem = {
    type: 'about:blank',
    code: CODE,
    ...PROBLEMS[CODE],
    detail: '正在启动，马上就好',
    requestId,
    retryAfterSeconds: AGAIN_AFTER_SECONDS,
  }
  return new Response(JSON.stringify(problem), {
    status: PROBLEMS[CODE].status,
    headers: { ...headers, 'Content-Type': 'application/problem+json; charset=utf-8' },
  })
}
