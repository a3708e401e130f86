import { randomInt } from 'node:crypto'
import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import { decryptPush, encryptPush, signPush } from '../platform/adapters/wechat/push-crypto'
import { parsePush, parsePushTree } from '../platform/adapters/wechat/push-message'
import type { Database, Db } from '../platform/ports/database'
import { type Account, findAccount, openidOf } from './accounts'
import type { SandboxClock } from './clock'
import type { FaultBook } from './faults'
import { conversation, pushes } from './schema'

type Fields = Readonly<Record<string, string | number>>

/** A push in neither format yet; `list` is what subscription events repeat, in XML inside `wrapper`. */
export interface PushMessage {
  readonly fields: Fields
  readonly list?: { readonly wrapper: string; readonly entries: readonly Fields[] }
}

export interface Pushes {
  /** Stores a push in the transaction of what caused it. */
  store(db: Db, account: Account, person: string, message: PushMessage): Promise<void>
  /** Starts delivering what is stored; to be called after the commit. */
  wake(): void
  /** Waits until everything that is due has been delivered or refused once. */
  settle(): Promise<void>
  close(): void
}

const TIMEOUT_MILLISECONDS = 5000
const LEASE_MILLISECONDS = 8000
const RETRY_MILLISECONDS = 5000
const ATTEMPTS = 4
const BATCH = 16

const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
// Message ids are numbers on the wire, too long for a number here.
const isNumeric = (name: string, value: string | number) =>
  typeof value === 'number' || (/^Msg(ID|Id)$/.test(name) && /^\d+$/.test(value))
const elements = (fields: Fields) =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${isNumeric(name, value) ? value : cdata(String(value))}</${name}>`)
    .join('')

function renderXml({ fields, list }: PushMessage) {
  const wrapped = list
    ? `<${list.wrapper}>${list.entries.map((entry) => `<List>${elements(entry)}</List>`).join('')}</${list.wrapper}>`
    : ''
  return `<xml>${elements(fields)}${wrapped}</xml>`
}

// In JSON WeChat writes the numbers of subscription events as text, and a list of one as an object.
function renderJson({ fields, list }: PushMessage) {
  if (!list) return JSON.stringify(fields)
  const texts = (values: Fields) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
  const entries = list.entries.map(texts)
  return JSON.stringify({ ...texts(fields), List: entries.length === 1 ? entries[0] : entries })
}

function sealedBody(account: Account, plain: string, encrypted: string) {
  if (account.format === 'json') {
    const open = account.mode === 'compatible' ? JSON.parse(plain) : { ToUserName: account.username }
    return JSON.stringify({ ...open, Encrypt: encrypted })
  }
  const open =
    account.mode === 'compatible'
      ? plain.slice('<xml>'.length, -'</xml>'.length)
      : `<ToUserName>${cdata(account.username)}</ToUserName>`
  return `<xml>${open}<Encrypt>${cdata(encrypted)}</Encrypt></xml>`
}

/** The signed request of one delivery; each attempt has its own time, number once and ciphertext. */
function pushRequest(account: Account, openid: string, message: PushMessage, nowSeconds: number) {
  const plain = account.format === 'json' ? renderJson(message) : renderXml(message)
  const timestamp = String(nowSeconds)
  const nonce = String(randomInt(1_000_000_000))
  const query = new URLSearchParams({
    signature: signPush([account.pushToken, timestamp, nonce]),
    timestamp,
    nonce,
    openid,
  })
  let body = plain
  if (account.mode !== 'plain') {
    const encrypted = encryptPush(account, plain)
    query.set('encrypt_type', 'aes')
    query.set('msg_signature', signPush([account.pushToken, timestamp, nonce, encrypted]))
    body = sealedBody(account, plain, encrypted)
  }
  const contentType = account.format === 'json' ? 'application/json' : 'text/xml'
  return { query, body, contentType }
}

/** The words of a passive answer, undefined for a plain acknowledgement. */
function passiveWords(account: Account, answer: string) {
  if (!answer.startsWith('<')) return undefined
  const tree = parsePushTree(answer)
  const sealed = tree.ok ? tree.value['Encrypt'] : undefined
  const plain = typeof sealed === 'string' ? decryptPush(account, sealed) : undefined
  const push = parsePush(plain?.ok ? plain.value : answer)
  return push.ok ? (push.value.content ?? undefined) : undefined
}

const acknowledges = (account: Account, answer: string) =>
  answer === '' || answer === 'success' || passiveWords(account, answer) !== undefined

export function createPushes(
  database: Database,
  clock: SandboxClock,
  faultBook: FaultBook,
  options: { readonly baseUrl: () => string; readonly fetch: typeof fetch },
): Pushes {
  const { db } = database
  const running = new Set<Promise<void>>()
  let closed = false

  const claim = () => {
    const due = db
      .select({ id: pushes.id })
      .from(pushes)
      .where(and(isNull(pushes.endedAtMachine), lte(pushes.dueAtMachine, Date.now())))
      .orderBy(asc(pushes.id))
      .limit(BATCH)
      .for('update', { skipLocked: true })
    return db
      .update(pushes)
      .set({ attempts: sql`${pushes.attempts} + 1`, dueAtMachine: Date.now() + LEASE_MILLISECONDS })
      .where(inArray(pushes.id, due))
      .returning()
  }

  const post = async (account: Account, person: string, message: PushMessage) => {
    const openid = openidOf(account.appid, person)
    const request = pushRequest(account, openid, message, Math.floor(clock.milliseconds() / 1000))
    const fault = await faultBook.take('push')
    if (fault?.kind === 'bad-signature') {
      for (const name of ['signature', 'msg_signature']) request.query.set(name, '0'.repeat(40))
    }
    const url = `${options.baseUrl()}${account.pushPath}?${request.query}`
    const send = () =>
      options.fetch(url, {
        method: 'POST',
        body: request.body,
        headers: { 'content-type': request.contentType },
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      })
    if (fault?.kind === 'duplicate') await send()
    const response = await send()
    const answer = await response.text()
    return response.ok && acknowledges(account, answer)
      ? { outcome: 'acknowledged', words: passiveWords(account, answer) }
      : { outcome: `refused ${response.status}`, words: undefined }
  }

  const end = (id: string, outcome: string) =>
    db.update(pushes).set({ endedAtMachine: Date.now(), outcome }).where(eq(pushes.id, id))

  const deliver = async (row: typeof pushes.$inferSelect) => {
    const account = findAccount(row.appid)
    if (!account) return
    const result = await post(account, row.person, JSON.parse(row.message)).catch(() => ({
      outcome: 'no answer',
      words: undefined,
    }))
    if (result.words !== undefined) {
      await db.insert(conversation).values({
        id: uuidv7(),
        person: row.person,
        speaker: 'account',
        content: result.words,
        at: clock.milliseconds(),
      })
    }
    if (result.outcome === 'acknowledged' || row.attempts >= ATTEMPTS) {
      await end(row.id, result.outcome)
      return
    }
    const dueAtMachine = Date.now() + RETRY_MILLISECONDS
    await db.update(pushes).set({ dueAtMachine, outcome: result.outcome }).where(eq(pushes.id, row.id))
  }

  const drain = async () => {
    for (;;) {
      const rows = closed ? [] : await claim()
      if (rows.length === 0) return
      await Promise.all(rows.map(deliver))
    }
  }
  const wake = () => {
    if (closed || running.size > 1) return
    // The database may close under a drain at shutdown; the rows stay and are delivered after the next start.
    const run = drain().catch(() => undefined)
    running.add(run)
    void run.finally(() => running.delete(run))
  }
  const timer = setInterval(wake, 1000)
  timer.unref()

  return {
    async store(transaction, account, person, message) {
      await transaction.insert(pushes).values({
        id: uuidv7(),
        appid: account.appid,
        person,
        message: JSON.stringify(message),
        attempts: 0,
        dueAtMachine: Date.now(),
      })
    },
    wake,
    async settle() {
      await Promise.all(running)
      await drain()
      await Promise.all(running)
    },
    close() {
      closed = true
      clearInterval(timer)
    },
  }
}
