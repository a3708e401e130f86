import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CaseChanged, CaseView } from '#shared/contract/case'
import { applicationOf } from './applications'
import { forgetReservations } from './counties'
import { ask, places } from './databases'
import { openKillable } from './killed-server'
import { startPostgres } from './postgres.mjs'

// Eight write without a pause while the server, and under it the database, is killed again and again. By the dozen:
// npm run test:faults.
const SERVER_KILLS = Number(process.env['SERVER_KILLS'] ?? 1)
const DATABASE_KILLS = Number(process.env['DATABASE_KILLS'] ?? 1)
const WRITERS = 8
/** Of nobody who is written of afterwards. */
const FIRST = 1_000_000

let postgres: Awaited<ReturnType<typeof startPostgres>>
let product: Awaited<ReturnType<typeof openKillable>>
beforeAll(async () => {
  // What is acknowledged is on the disk, as in a county.
  postgres = await startPostgres({ fsync: true })
  await forgetReservations()
  product = await openKillable({ DATABASE_URL: postgres.url, REDIS_URL: places().redis })
})
afterAll(async () => {
  await product.close()
  await postgres.stop()
})

/** What was answered with a success, so that it must be there. */
const acknowledged = {
  filed: new Map<string, string>(),
  accepted: new Set<string>(),
  /** How many files each case was filed with. */
  files: new Map<string, number>(),
}

async function lookAt(id: string, session: Readonly<Record<string, string>>): Promise<CaseView> {
  for (;;) {
    const seen = await product
      .send<CaseView>('GET', `/api/cases/${id}`, undefined, session)
      .catch(() => undefined)
    if (seen?.status === 200) return seen.body
    if (seen && seen.status !== 503) throw new Error(`not seen: ${JSON.stringify(seen)}`)
    await sleep(50)
  }
}

/** Files, and whoever has the queue accepts, until it is over. */
async function write(index: number, isOver: () => boolean) {
  const [typist, window] = [await product.logIn('zhao-min'), await product.logIn('qian-li')]
  const uploads = product.uploadsOf(typist)
  const upload = async (): Promise<string> => {
    for (;;) {
      const id = await uploads.upload().catch((cause: Error) => {
        if (cause.message.startsWith('refused')) throw cause
        return undefined
      })
      if (id !== undefined) return id
      await sleep(50)
    }
  }
  for (let seed = index; !isOver() || seed === index; seed += WRITERS) {
    const application = await applicationOf({ upload }, 'LX-017', seed)
    const filed = await product.insist(application, typist)
    expect([201], JSON.stringify(filed.body)).toContain(filed.status)
    acknowledged.filed.set(filed.body.id, filed.body.caseNumber)
    acknowledged.files.set(filed.body.id, application.materials.flatMap(({ files }) => files).length)
    const { version, staff } = await lookAt(filed.body.id, window)
    const { stepKey, unitId } = staff?.allowed.find(({ action }) => action === 'accept') ?? {}
    const body = { action: 'accept', version, stepKey, unitId }
    const done = await product.insist<CaseChanged>(body, window, `/api/cases/${filed.body.id}/actions`)
    expect([200], JSON.stringify(done.body)).toContain(done.status)
    acknowledged.accepted.add(filed.body.id)
  }
}

interface Stored {
  readonly id: string
  readonly number: string
  readonly events: readonly string[]
  readonly audits: readonly string[]
  readonly papers: readonly string[]
  readonly texts: readonly string[]
  readonly queue: readonly string[]
  readonly messages: readonly string[]
  readonly files: number
}

const listed = (what: string, from: string) => `array(select ${what} from ${from} order by 1)`
/** All that a case has left in the database. */
const LEFT = `select c.id, c.case_number as number,
    array(select e.type from case_events e where e.case_id = c.id order by e.sequence) as events,
    ${listed('a.action', "audit_entries a where a.subject = 'case:' || c.id")} as audits,
    ${listed("d.kind || ' ' || d.document_number", 'documents d where d.case_id = c.id')} as papers,
    ${listed('t.kind', 'case_texts t where t.case_id = c.id')} as texts,
    ${listed("k.step_key || ' ' || k.role || ' ' || k.queue", 'case_tasks k where k.case_id = c.id')} as queue,
    ${listed("r.kind || ' ' || split_part(r.recipient, ':', 1) || ' ' || e.type", 'reminders r join case_events e on e.id = r.event_id where r.case_id = c.id')} as messages,
    (select count(*)::int from uploads u where u.case_id = c.id and u.kept_digest is not null) as files
  from cases c order by c.id`

/** Without what is each case's own. */
const leftBy = (stored: Stored | undefined) =>
  stored && {
    ...stored,
    id: '',
    number: '',
    files: 0,
    papers: stored.papers.map((paper) => paper.split(' ')[0]),
  }

it(
  'loses, tears and doubles nothing that was acknowledged',
  async () => {
    // While nobody is killed.
    await write(FIRST, () => true)
    const untouched = [...acknowledged.filed.keys()][0]
    let isOver = false
    const writing = Array.from({ length: WRITERS }, (_, index) => write(index, () => isOver))
    const whole = Promise.all(writing)
    const kills = [
      ...Array<'server'>(SERVER_KILLS).fill('server'),
      ...Array<'database'>(DATABASE_KILLS).fill('database'),
    ]
    for (let at = 0; kills.length > 0; at += 1) {
      const before = acknowledged.accepted.size
      // Each kill finds them at work, at another moment of it.
      await Promise.race([
        expect.poll(() => acknowledged.accepted.size, { timeout: 60_000 }).toBeGreaterThan(before),
        whole,
      ])
      await sleep((at * 37) % 200)
      // Nobody else writes as fast as these: how much one may is another test's.
      await forgetReservations()
      const kill = kills.splice((at * 7) % kills.length, 1)[0]
      if (kill === 'database') await postgres.crash()
      else {
        await product.die('SIGKILL')
        await product.start()
      }
    }
    isOver = true
    await whole
    expect(acknowledged.filed.size).toBeGreaterThan(SERVER_KILLS + DATABASE_KILLS)

    const stored = await ask<Stored>(postgres.url, LEFT)
    expect(new Map(stored.map(({ id, number }) => [id, number]))).toEqual(
      new Map([...acknowledged.filed].sort()),
    )
    expect(acknowledged.accepted.size).toBe(stored.length)
    const [alone] = stored.filter(({ id }) => id === untouched)
    expect(alone?.events).toEqual(['filed', 'accepted'])
    for (const left of [alone?.papers, alone?.texts, alone?.queue, alone?.messages])
      expect(left?.length).toBeGreaterThan(0)
    // Papers with their numbers, texts, queue, messages and files: as of the one while nobody was killed.
    for (const each of stored) expect(leftBy(each), each.id).toEqual(leftBy(alone))
    expect(new Map(stored.map(({ id, files }) => [id, files]))).toEqual(
      new Map([...acknowledged.files].sort()),
    )
    const numbersOf = (of: (each: Stored) => readonly string[]) => stored.flatMap(of)
    for (const numbers of [numbersOf(({ number }) => [number]), numbersOf((each) => each.papers)])
      expect(new Set(numbers).size).toBe(numbers.length)
    const [counted] = await ask<Record<string, number>>(
      postgres.url,
      `select count(*) filter (where hash <> case_event_hash(before, case_id, sequence, type, iso, actor, payload))::int as broken,
        count(*) filter (where place <> sequence)::int as gaps,
        (select count(*)::int from cases c where c.version <> (select max(sequence) from case_events e where e.case_id = c.id)) as torn,
        (select sum(k.last)::int - (select count(*)::int from documents) from document_counters k) as skipped
      from (select *, lag(hash) over w as before, row_number() over w as place,
        to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as iso
        from case_events window w as (partition by case_id order by sequence)) e`,
    )
    expect(counted).toEqual({ broken: 0, gaps: 0, torn: 0, skipped: 0 })
    process.stdout.write(`${JSON.stringify({ cases: stored.length, SERVER_KILLS, DATABASE_KILLS })}\n`)
  },
  2 * 3600_000,
)
