import type { CaseView } from '#shared/contract/case'
import { applicationOf } from './applications'
import { atMost } from './counties'
import { ask, createDatabase, places } from './databases'
import { openKillable } from './killed-server'

type Server = Awaited<ReturnType<typeof openKillable>>
type Session = Awaited<ReturnType<Server['logIn']>>
type Logged = readonly { readonly server: Server; readonly window: Session }[]

const CASES = 60

/** What was acknowledged: cases with the version that the last answer gave. */
type Acknowledged = Map<string, number>

const logIn = async (server: Server) => ({ server, window: await server.logIn('zhao-min') })

/** Files a case at one of the servers and has it accepted at another, or the same; both must answer as one. */
async function work(logged: Logged, known: Acknowledged, index: number) {
  const [first, second] = [logged[index % logged.length], logged[(index + 1 + (index >> 1)) % logged.length]]
  if (!first || !second) throw new Error('nobody serves')
  const application = await applicationOf(first.server.uploadsOf(first.window), 'LX-017', index)
  const body = { ...application, channel: 'window' }
  const filed = await first.server.insist(body, first.window)
  if (filed.status !== 201) throw new Error(`not filed: ${JSON.stringify(filed)}`)
  known.set(filed.body.id, 1)
  const path = `/api/cases/${filed.body.id}`
  const { body: view } = await second.server.send<CaseView>('GET', path, undefined, second.window)
  const place = view.staff?.allowed.find(({ action }) => action === 'accept')
  if (!place) throw new Error(`may not be accepted: ${JSON.stringify(view)}`)
  const { stepKey, unitId } = place
  const act = { action: 'accept', version: view.version, stepKey, unitId }
  const accepted = await second.server.send<{ version: number }>(
    'POST',
    `${path}/actions`,
    act,
    second.window,
  )
  if (accepted.status !== 200) throw new Error(`not accepted: ${JSON.stringify(accepted)}`)
  known.set(filed.body.id, accepted.body.version)
}

/** What of that is not so in the database. */
async function faultsOf(databaseUrl: string, known: Acknowledged) {
  const stored = await ask<{ id: string; version: number; events: number; audits: number; papers: number }>(
    databaseUrl,
    `select c.id, c.version, (select count(*)::int from case_events e where e.case_id = c.id) as events,
      (select count(*)::int from audit_entries a where a.subject = 'case:' || c.id) as audits,
      (select count(*)::int from documents d where d.case_id = c.id) as papers from cases c`,
  )
  const byId = new Map(stored.map((row) => [row.id, row]))
  const lost = [...known].filter(([id, version]) => {
    const row = byId.get(id)
    return (
      !row || row.version !== version || row.events !== version || row.audits !== version || row.papers !== 1
    )
  })
  const [counted] = await ask<{ broken: number; gaps: number; doubles: number }>(
    databaseUrl,
    `select (select count(*)::int from (select *, lag(hash) over (partition by case_id order by sequence) as before,
          to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as iso from case_events) e
        where hash <> case_event_hash(before, case_id, sequence, type, iso, actor, payload)) as broken,
      (select count(*)::int from document_counters k where k.last <> (select count(*) from documents d
        where d.unit_id = k.unit_id and d.kind = k.kind and d.year = k.year)) as gaps,
      (select count(*)::int - count(distinct case_number)::int from cases) as doubles`,
  )
  return { lost, stored: stored.length, ...counted }
}

/** Runs the old version, brings the new one up beside it, works at both, ends the old one; answers how many faults. */
export async function runSideBySide(
  old: { readonly cwd: string; readonly script: string },
  print: (line: string) => void,
): Promise<number> {
  const databaseUrl = await createDatabase()
  const variables = { DATABASE_URL: databaseUrl, REDIS_URL: places().redis }
  const known: Acknowledged = new Map()
  const before = await openKillable(variables, old)
  const shared = { ...variables, DATA_DIR: before.folder }
  const atOld = [await logIn(before)]
  await atMost(CASES, 4, (index) => work(atOld, known, index))
  let isUp = false
  const meanwhile = (async () => {
    let index = CASES
    for (; !isUp || index < 2 * CASES; index += 1) await work(atOld, known, index)
    return index - CASES
  })()
  const after = await openKillable(shared)
  isUp = true
  const migrating = await meanwhile
  const atBoth = [...atOld, await logIn(after)]
  await atMost(2 * CASES, 6, (index) => work(atBoth, known, 10_000 + index))
  await before.die('SIGTERM')
  const atNew = [await logIn(after)]
  await atMost(CASES, 4, (index) => work(atNew, known, 20_000 + index))
  const { lost, stored, broken, gaps, doubles } = await faultsOf(databaseUrl, known)
  print(
    JSON.stringify({
      alone: CASES,
      migrating,
      both: 2 * CASES,
      afterwards: CASES,
      acknowledged: known.size,
      stored,
      lost: lost.length,
      broken,
      gaps,
      doubles,
    }),
  )
  await after.close()
  await before.forget()
  return lost.length + (broken ?? 1) + (gaps ?? 1) + (doubles ?? 1) + (stored - known.size)
}
