import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PHOTO } from '../product/county'
import { bundle } from './bundle.mjs'
import { freePort } from './postgres.mjs'

type Session = Readonly<Record<string, string>>
const STARTS = 1_200

/**
 * The product as an operator runs it, in a process of its own that can be killed and started again on the same data.
 * `from` is another version's, in its own checkout, with its built server there.
 */
export async function openKillable(
  variables: Readonly<Record<string, string>>,
  from?: { readonly cwd: string; readonly script: string },
) {
  const script = from?.script ?? (await bundle('functions/server.ts', 'server'))
  const folder = await mkdtemp(join(tmpdir(), 'killed-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let server: ChildProcess | undefined

  async function start() {
    server = spawn(process.execPath, [script], {
      stdio: ['ignore', 'ignore', 'inherit'],
      ...(from ? { cwd: from.cwd } : {}),
      env: { ...process.env, PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'silent', ...variables },
    })
    for (let attempt = 0; attempt < STARTS; attempt += 1) {
      const health = await fetch(`${url}/api/health`).catch(() => undefined)
      if (health?.status === 200) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('the server did not start')
  }
  const die = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const gone = new Promise((resolve) => server?.once('exit', resolve))
    server?.kill(signal)
    await gone
  }
  async function send<Body>(method: 'GET' | 'POST', path: string, body?: unknown, headers: Session = {}) {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID(), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Body }
  }
  await start()
  return {
    url,
    folder,
    start,
    die,
    send,
    async logIn(person: string): Promise<Session> {
      const { body } = await send<{ code: string }>('POST', '/sandbox/api/login-codes', { person })
      const session = await send<{ token: string }>('POST', '/api/sessions', { code: body.code })
      return { Authorization: `Bearer ${session.body.token}` }
    },
    uploadsOf: (session: Session) => ({
      upload: async () => {
        const promised = await send<{ id: string; url: string; fields: Record<string, string> }>(
          'POST',
          '/api/uploads',
          { name: '照片.png', contentType: 'image/png', size: PHOTO.length },
          session,
        )
        if (![201, 503].includes(promised.status)) throw new Error(`refused: ${promised.status}`)
        const form = new FormData()
        for (const [name, value] of Object.entries(promised.body.fields)) form.append(name, value)
        form.append('file', new Blob([new Uint8Array(PHOTO)], { type: 'image/png' }), 'photo.png')
        const sent = await fetch(promised.body.url, { method: 'POST', body: form })
        if (!sent.ok) throw new Error(`not uploaded: ${sent.status}`)
        return promised.body.id
      },
    }),
    /** As the mini program does: sends again with the same key until there is an answer. */
    async insist<Body = { id: string; caseNumber: string }>(
      body: unknown,
      session: Session,
      path = '/api/cases',
    ) {
      const headers = { ...session, 'Idempotency-Key': randomUUID() }
      for (let attempt = 0; attempt < STARTS; attempt += 1) {
        const answer = await send<Body & { code?: string }>('POST', path, body, headers).catch(
          () => undefined,
        )
        if (answer && answer.status !== 503 && answer.body.code !== 'request.still-running') return answer
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      throw new Error('no answer')
    },
    /** Once it is gone. */
    forget: () => rm(folder, { recursive: true }),
    close: async () => {
      await die('SIGTERM')
      await rm(folder, { recursive: true })
    },
  }
}
