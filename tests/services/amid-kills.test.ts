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
const acknowledged = { filed: new Map<string, string>(), accepted: new Set<string>() }

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
    const filed = await product.insist(await applicationOf({ upload }, 'LX-017', seed), typist)
    expect([201], JSON.stringify(filed.body)).toContain(filed.status)
    acknowledged.filed.set(filed.body.id, filed.body.caseNumber)
    const { version, staff } = await lookAt(filed.body.id, window)
    const { stepKey, unitId } = staff?.allowed.find(({ action }) => action === 'accept') ?? {}
    const body = { action: 'accept', version, stepKey, unitId }
    const done = await product.insist<CaseChanged>(body, window, `/api/cases/${filed.body.id}/actions`)
    expect([200], JSON.stringify(done.body)).toContain(done.status)
    acknowledged.accepted.add(filed.body.id)
  }
}

it(
  'loses, tears and doubles nothing that was acknowledged',
  async () => {
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

    const stored = await ask<{ id: string; number: string; types: readonly string[]; audits: number }>(
      postgres.url,
      `select c.id, c.case_number as number, c.version,
        array(select e.type from case_events e where e.case_id = c.id order by e.sequence) as types,
        (select count(*)::int from audit_entries a where a.subject = 'case:' || c.id) as audits
      from cases c order by c.id`,
    )
    expect(new Map(stored.map(({ id, number }) => [id, number]))).toEqual(
      new Map([...acknowledged.filed].sort()),
    )
    for (const { types, audits } of stored) expect([types, audits]).toEqual([['filed', 'accepted'], 2])
    expect(acknowledged.accepted.size).toBe(stored.length)
    expect(new Set(stored.map(({ number }) => number)).size).toBe(stored.length)
    const [counted] = await ask<Record<string, number>>(
      postgres.url,
      `select count(*) filter (where hash <> case_event_hash(before, case_id, sequence, type, iso, actor, payload))::int as broken,
        count(*) filter (where place <> sequence)::int as gaps,
        (select count(*)::int from cases c where not exists (select 1 from reminders r where r.case_id = c.id)) as untold,
        (select count(*)::int from cases c where c.version <> (select max(sequence) from case_events e where e.case_id = c.id)) as torn
      from (select *, lag(hash) over w as before, row_number() over w as place,
        to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as iso
        from case_events window w as (partition by case_id order by sequence)) e`,
    )
    expect(counted).toEqual({ broken: 0, gaps: 0, untold: 0, torn: 0 })
    process.stdout.write(`${JSON.stringify({ cases: stored.length, SERVER_KILLS, DATABASE_KILLS })}\n`)
  },
  2 * 3600_000,
)
