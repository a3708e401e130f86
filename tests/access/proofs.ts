import { createHash } from 'node:crypto'
import { JOB_SCHEDULES } from '../../functions/jobs'

/** What a route outside the OpenAPI document is asked with, and what it answers. */
interface Proof {
  readonly asks: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>>
  readonly status: number
}

export const CRON_SECRET = 'a-secret-of-the-platform'
const TOKENS = { 'mini-program': '', 'official-account': '' }
type Pushed = keyof typeof TOKENS

/** WeChat's own signature of an address, by a token; `ageSeconds` old. */
function signed(now: string, token: string, ageSeconds = 0) {
  const timestamp = String(Math.floor(Date.parse(now) / 1000) - ageSeconds)
  const nonce = '271828'
  const signature = createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex')
  return new URLSearchParams({ signature, timestamp, nonce, echostr: 'echo' }).toString()
}

interface Known {
  readonly now: string
  readonly tokens: Readonly<Record<Pushed, string>>
  /** A form as `POST /api/uploads` promised it. */
  readonly form: Readonly<Record<string, string>>
}

const pushes = (
  account: Pushed,
  other: Pushed,
  { now, tokens }: Known,
): Record<string, readonly Proof[]> => ({
  [`GET /api/wechat/${account}`]: [
    { asks: 'without a signature', status: 403 },
    { asks: 'signed by another token', path: `?${signed(now, 'somebody')}`, status: 403 },
    { asks: 'signed by the other account', path: `?${signed(now, tokens[other])}`, status: 403 },
    { asks: 'with a copy of an old signature', path: `?${signed(now, tokens[account], 600)}`, status: 403 },
    { asks: 'as WeChat does', path: `?${signed(now, tokens[account])}`, status: 200 },
  ],
  [`POST /api/wechat/${account}`]: [
    { asks: 'without a signature', status: 403 },
    // `signature` covers the address alone; `msg_signature`, which is not there, covers the body.
    { asks: 'with a signature that covers no body', path: `?${signed(now, tokens[account])}`, status: 403 },
    { asks: 'with a copy of an old signature', path: `?${signed(now, tokens[account], 600)}`, status: 403 },
  ],
})

const jobs = (): Record<string, readonly Proof[]> =>
  Object.fromEntries(
    Object.keys(JOB_SCHEDULES).flatMap((name) =>
      ['GET', 'POST'].map((method) => [
        `${method} /api/jobs/${name}`,
        [
          { asks: 'without the secret', status: 404 },
          { asks: 'with another secret', headers: { Authorization: 'Bearer another-secret' }, status: 404 },
          {
            asks: 'with the platform’s secret',
            headers: { Authorization: `Bearer ${CRON_SECRET}` },
            status: 204,
          },
        ],
      ]),
    ),
  )

/** Every route that stands outside the document, because a session is not what opens it. */
export const outsideRoutes = (known: Known): Readonly<Record<string, readonly Proof[]>> => ({
  ...pushes('mini-program', 'official-account', known),
  ...pushes('official-account', 'mini-program', known),
  ...jobs(),
  'POST /api/files': [
    { asks: 'without a form', form: {}, status: 403 },
    { asks: 'with a policy of its own', form: { ...known.form, policy: 'e30' }, status: 403 },
    { asks: 'for another key', form: { ...known.form, key: 'uploads/another' }, status: 403 },
    { asks: 'as another kind', form: { ...known.form, 'Content-Type': 'text/html' }, status: 403 },
    { asks: 'with the form that was promised', form: known.form, status: 204 },
  ],
  'GET /api/openapi.json': [{ asks: 'for the document', status: 200 }],
})
