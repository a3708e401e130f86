import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseList, CaseView } from '#shared/contract/case'
import { replay } from '#shared/domain/case/evolve'
import { type StoredEvent, type StoredState, upgradeEvent, upgradeState } from '#shared/domain/case/upgrade'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, validInput } from '../generated-input'
import { type Answer, type County, newcomer, openCounty, type Person } from './county'
import {
  type CaseRow,
  isTheirs,
  type Kind,
  kindOf,
  requestOf,
  type Start,
  type Step,
  sequence,
} from './many-hands-acts'
import {
  carrierOf,
  cast,
  DALIANG,
  files,
  isOwner,
  isTyped,
  itemOf,
  type Model,
  type Name,
  one,
  overtakenFor,
  ownersOf,
  RESIDENTS,
  type Share,
  STAFF,
  sightOf,
  staffTold,
} from './many-hands-law'

// Several people act on one case in any order. What each may see and change is counted here anew, from the law alone.
// MANY_HANDS=<sequences> and MANY_HANDS_SEED=<seed> ask for more, and for the same ones again, MANY_HANDS_PATH=<path> for one of
// them; by the thousand:
// npm run test:many-hands.
const SEQUENCES = Number(process.env['MANY_HANDS'] ?? 9)
const PATH = process.env['MANY_HANDS_PATH']
const SEED = Number(process.env['MANY_HANDS_SEED'] ?? 20_261_127)
const FIRM = { uscc: '92341821DEM903328K', entName: '郎溪县梅渚镇李记小吃店' }

let county: County
const rows = <Line extends object>(query: Parameters<County['services']['database']['rows']>[0]) =>
  county.services.database.rows<Line>(query)
const counts = { sequences: 0, requests: 0, done: 0, looks: 0, told: 0 }

async function join(name: Name, person: Person, idNumber: string, fullName: string, level: 2 | 3) {
  const [row] = await rows<{ id: string }>(sql`select p.id from profiles p
    where p.id_number_index = ${county.services.cipher.blindIndex('id-number', idNumber)} and p.real_name_level = ${level}
    order by p.id desc limit 1`)
  if (!row) throw new Error(`no profile of ${name}`)
  cast.set(name, { person, profileId: row.id, name: fullName, idNumber, level })
}

beforeAll(async () => {
  county = await openCounty()
  const born = { birth: '1980-02-03', villageCode: DALIANG }
  for (const [name, fullName] of [
    ['owner', '何多手'],
    ['other', '何旁人'],
    ['filer', '何代办'],
  ] as const) {
    const { person, idNumber } = await newcomer(county, { ...born, name: fullName, level: 3 })
    await join(name, person, idNumber, fullName, 3)
  }
  // Somebody else's name and number, typed.
  const { person: stranger } = await newcomer(county, { ...born, name: '何冒名', level: 1 })
  const { idNumber } = one('owner')
  await stranger.send('POST', '/api/account/identity', { body: { name: '何多手', idNumber } })
  await join('stranger', stranger, idNumber, '何多手', 2)
  await join('agent', await county.as('li-jianguo'), '341821196805123019', '李建国', 3)
  const people = ['staff', 'residents'].flatMap(
    (list) =>
      JSON.parse(readFileSync(`drizzle/packs/langxi/${list}.json`, 'utf8')) as readonly {
        id: string
        name: string
        idNumber: string
      }[],
  )
  const numberOf = (id: string) => people.find((each) => each.id === id) ?? { name: '', idNumber: '' }
  const limited = numberOf('zhou-xiaomei')
  await join('limited', await county.as('zhou-xiaomei'), limited.idNumber, limited.name, 3)
  for (const id of STAFF) {
    const known = numberOf(id)
    await join(id, await county.as(id), known.idNumber, known.name, 3)
  }
}, 240_000)
afterAll(() => county.close())

const NUMBERS = /(?<![\dA-Za-z-])(\d{17}[\dXx]|1[3-9]\d{9}|\d{13,19})(?![\dA-Za-z-])/g
const CASE_NUMBER = /^34182126\d{8}$/
const published = new Set<string>()
function checkPlain(name: Name, where: string, body: unknown, owns = false) {
  const found = [...JSON.stringify(body ?? null).matchAll(NUMBERS)]
    .map(([number]) => number)
    .filter((number) => number !== one(name).idNumber && !published.has(number) && !CASE_NUMBER.test(number))
    // Whose form it is mends what stands in it.
    .filter((number) => !(owns && number.startsWith('1540000')))
  expect(found, `${name} reads numbers at ${where}`).toEqual([])
}

async function send<Body = Record<string, unknown>>(
  name: Name,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<Answer<Body>> {
  counts.requests += 1
  const answer = await one(name).person.send<Body>(method, path, body === undefined ? {} : { body })
  expect(answer.status, `${name} ${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(500)
  return answer
}

async function checkSights(model: Model, names: readonly Name[], history: readonly string[]) {
  for (const name of names) {
    const expected = sightOf(model, name)
    const answer = await send<CaseView>(name, 'GET', `/api/cases/${model.caseId}`)
    const seen = answer.status === 200 ? answer.body.viewer : 'nothing'
    if (expected !== 'either') expect({ name, seen }, history.join('\n')).toEqual({ name, seen: expected })
    counts.looks += 1
    checkPlain(name, 'the case', answer.body, isOwner(model, name))
    const file = answer.status === 200 ? answer.body.papers.flatMap((paper) => paper.files)[0] : undefined
    if (file) model.fileUrl = file.url
    if (expected === 'nothing' && model.fileUrl !== null)
      expect((await one(name).person.fetchFile(model.fileUrl)).status, `${name} file`).toBe(404)
    if (!RESIDENTS.some((each) => each === name)) continue
    const list = await send<CaseList>(name, 'GET', '/api/cases')
    checkPlain(name, 'the list', list.body)
    const isListed = list.body.items.some(({ id }) => id === model.caseId)
    expect({ name, isListed }, history.join('\n')).toEqual({ name, isListed: expected === 'applicant' })
  }
}

const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown

const rowOf = async (caseId: string) => {
  const [row] = await rows<
    Omit<CaseRow, 'state'> & { readonly state: StoredState }
  >(sql`select version, state, applicant_index as "applicantIndex",
    (state->>'identityConfirmed')::boolean as confirmed from cases where id = ${caseId}::uuid`)
  if (!row) throw new Error('no case')
  return { ...row, state: upgradeState(row.state) }
}

async function checkRecounts(model: Model, history: readonly string[]) {
  const item = itemOf(model.itemId)
  const row = await rowOf(model.caseId)
  const events = await rows<StoredEvent>(sql`select type, payload,
    to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at from case_events
    where case_id = ${model.caseId}::uuid order by sequence`)
  const state = replay(item, events.map(upgradeEvent))
  expect(row.state, history.join('\n')).toEqual(json(state))
  if (model.applicant !== null)
    expect(row.applicantIndex).toBe(
      county.services.cipher.blindIndex('id-number', one(model.applicant).idNumber),
    )
  if (state.decision?.kind === 'granted') expect(row.confirmed, history.join('\n')).toBe(true)
  const seats = await rows<{ booked: number; counted: number }>(sql`
    select s.booked, (select count(*)::int from cases c, jsonb_array_elements(c.state->'seats') seat
      where c.service_item_id = s.service_item_id and seat->>'fieldKey' = s.field_key and (seat->>'on')::date = s.slot_on
        and seat->>'half' = s.half and c.status not in ('declined', 'refused', 'withdrawn', 'terminated')
        and c.state->'decision'->>'kind' is distinct from 'refused') as counted from slot_counters s`)
  for (const { booked, counted } of seats) expect(booked, history.join('\n')).toBe(counted)
  const guards = await rows(sql`select c.id from cases c where c.duplicate_guard is not null and not (
    c.duplicate_guard = c.duplicate_index and (c.state->>'identityConfirmed')::boolean
      and c.state->'decision'->>'kind' is distinct from 'refused' and c.ended_at is null)`)
  expect(guards, history.join('\n')).toEqual([])
}

const sharesOf = (caseId: string) =>
  rows<Share>(sql`select concat_ws('|', t.step_key, t.part_unit_id, t.role, t.unit_id) as key, t.queue,
      t.opened_at::text as "openedAt", t.approval,
      array(select r.staff_id from staff_roles r join staff s on s.id = r.staff_id and s.active
        where r.role = t.role and r.unit_id = t.unit_id) as members
    from case_tasks t where t.case_id = ${caseId}::uuid`)

/** Who has a line of today's additions that they have not read: the next one is in it. */
const withLine = async (caseId: string, until: number) =>
  (
    await rows<{
      recipient: string
    }>(sql`select r.recipient from reminders r join case_events e on e.id = r.event_id
      where r.case_id = ${caseId}::uuid and e.sequence <= ${until}::int and r.kind = 'added' and r.dropped_at is null`)
  ).map(({ recipient }) => recipient)

/** Whoever asked for an approval that the act has given. */
const askersOf = async (caseId: string, until: number) =>
  (
    await rows<{
      recipient: string
    }>(sql`select r.recipient from reminders r join case_events e on e.id = r.event_id
      where r.case_id = ${caseId}::uuid and e.sequence > ${until}::int and r.kind = 'approval-answered'`)
  ).map(({ recipient }) => recipient)

/** What one has done oneself, of which a receipt tells nothing new; who types their own application needs none. */
const ownDoing = (model: Model, kind: Kind) =>
  ['supplement', 'add'].includes(kind) || (kind === 'file' && isTyped(model))

/** The rows that an act wrote for people's own inboxes. */
async function checkTold(
  model: Model,
  after: number,
  kind: Kind,
  actor: Name,
  {
    history,
    shares,
    news,
    answersCorrection = false,
  }: {
    readonly history: readonly string[]
    readonly shares: readonly Share[]
    readonly news: boolean
    /** Name and number were asked for, and the counter has seen them. */
    readonly answersCorrection?: boolean
  },
) {
  const told = await rows<{ recipient: string; kind: string }>(sql`select r.recipient, r.kind from reminders r
    join case_events e on e.id = r.event_id where r.case_id = ${model.caseId}::uuid and e.sequence > ${after}::int`)
  const nameOf = new Map([...cast].map(([name, { profileId }]) => [`profile:${profileId}`, name]))
  const people = told
    .filter(({ recipient }) => recipient.startsWith('profile:'))
    .map(({ recipient }) => nameOf.get(recipient) ?? recipient)
    .sort()
  const filer = carrierOf(model)
  const all = [...new Set([...ownersOf(model), ...(filer === null ? [] : [filer])])]
  const silent = ['confirm', 'ask-approval', 'look', 'rate', 'undo', 'again']
  const expected =
    silent.includes(kind) && !answersCorrection
      ? []
      : kind === 'takeover'
        ? // Who files it no more hears of it, unless it is theirs too.
          isTyped(model) || isOwner(model, model.filer)
          ? []
          : [model.filer]
        : [...all.filter((name) => !(ownDoing(model, kind) && name === actor)), ...model.lost]
  const lines = kind === 'add' ? await withLine(model.caseId, after) : []
  const hears = expected.filter((name) => !lines.includes(`profile:${one(name).profileId}`))
  expect(people, `${kind} by ${actor}\n${history.join('\n')}`).toEqual([...hears].sort())
  const askers = await askersOf(model.caseId, after)
  const left = await sharesOf(model.caseId)
  const overtaken = overtakenFor(model, { kind, actor }, shares, left).map((name) => `staff:${name}`)
  const working = staffTold(model, { kind, actor, news }, shares, left)
    .map((name) => `staff:${name}`)
    .filter((recipient) => !lines.includes(recipient))
  const toStaff = told.filter(({ recipient }) => STAFF.some((name) => recipient === `staff:${name}`))
  // Whoever had a share that went to another village reads where it went, once, and has none any more.
  const moved = toStaff.filter((row) => row.kind === 'moved-away').map(({ recipient }) => recipient)
  expect(kind === 'supplement' ? [...new Set(moved)] : []).toEqual(moved)
  const staff = toStaff.filter((row) => row.kind !== 'moved-away').map(({ recipient }) => recipient)
  counts.told += people.length + staff.length
  expect(staff.sort(), `staff of ${kind} by ${actor}\n${history.join('\n')}`).toEqual(
    [...working, ...askers, ...overtaken].sort(),
  )
}

async function file({ itemId, filer, applicant, relative, typed, seed }: Start): Promise<Model | null> {
  const { person } = one(filer)
  const item = itemOf(itemId)
  const uploads = await Promise.all(Array.from({ length: 6 }, () => person.upload()))
  const { name, idNumber } = one(applicant)
  const input = validInput(item, createRandom(seed), {
    ...packContext(plainDate('2026-11-24')),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { name, idNumber, mobile: '15400000001' },
    villageCode: DALIANG,
  })
  const isFirm = itemId === 'LX-052'
  const places = { 'wang-lixin': 'village', 'zhao-min': 'window' } as Partial<
    Record<Name, 'village' | 'window'>
  >
  const channel = (typed && places[filer]) || 'mini'
  const answers = { ...input.answers, ...(isFirm ? FIRM : {}) }
  const answer = await send<CaseCreated & { caseId?: string }>(filer, 'POST', '/api/cases', {
    serviceItemId: itemId,
    ...input,
    answers,
    channel,
    ...(relative === null ? {} : { relation: [{ staffId: relative, kind: 'spouse' }] }),
  })
  checkPlain(filer, 'filing', answer.body)
  const model: Model = {
    caseId: answer.body.id,
    itemId,
    filer,
    channel,
    relative,
    applicant: isFirm ? null : applicant,
    village: isFirm ? '' : DALIANG,
    movedLate: false,
    answers,
    taken: null,
    part: false,
    lost: [],
    ownBefore: [],
    accepted: false,
    last: null,
    asked: false,
    looking: new Set(),
    fileUrl: null,
  }
  if (answer.status !== 201) {
    // Only who is the confirmed owner hears of another one.
    expect({ status: answer.status, owns: isOwner(model, filer) }, JSON.stringify(answer.body)).toEqual({
      status: 409,
      owns: true,
    })
    return null
  }
  return model
}

/** Nothing of a sequence bars the next one. */
async function clear(caseId: string) {
  await rows(
    sql`update cases set duplicate_guard = null, ended_at = coalesce(ended_at, now()), filed_at = filed_at - interval '2 days' where id = ${caseId}::uuid`,
  )
  await rows(sql`delete from uploads where case_id is null`)
}

// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one sequence told from its beginning to its end
async function run(begin: Start, steps: readonly Step[]) {
  counts.sequences += 1
  const model = await file(begin)
  if (!model) return
  const history = [JSON.stringify(begin)]
  await checkTold(model, 0, 'file', model.filer, { history, shares: [], news: true })
  const names = [...cast.keys()]
  await checkSights(model, names, history)
  try {
    for (const step of steps) {
      const { likely, pick } = step
      const before = await rowOf(model.caseId)
      const kind = kindOf(before, model, step)
      const could = names.filter((name) => isTheirs(model, kind, name))
      const actor =
        (likely < 8 ? could[pick % Math.max(could.length, 1)] : undefined) ?? names[pick % names.length]
      if (!actor) continue
      const shares = await sharesOf(model.caseId)
      const [path, body] = requestOf(model, kind, before, pick)
      const allowed = isTheirs(model, kind, actor)
      const sight = sightOf(model, actor)
      const answer = await send<{ code?: string }>(actor, 'POST', path, body)
      history.push(`${actor} ${kind} ${JSON.stringify(body)} -> ${answer.status} ${answer.body.code ?? ''}`)
      // What one begins anew with holds one's own numbers.
      checkPlain(actor, kind, answer.body, kind === 'again' && isOwner(model, actor))
      const row = await rowOf(model.caseId)
      if (answer.status >= 300) {
        expect(row.version, history.join('\n')).toBe(before.version)
        if (sight === 'nothing' && kind !== 'confirm' && kind !== 'look')
          expect([404, 422], history.join('\n')).toContain(answer.status)
        continue
      }
      expect({ allowed }, history.join('\n')).toEqual({ allowed: true })
      counts.done += 1
      if (kind === 'takeover') model.taken = actor
      const brought = ['add', 'supplement', 'takeover'].includes(kind) && isOwner(model, actor)
      if (kind === 'look') model.looking.add(actor)
      if (kind === 'ask-approval') model.asked = true
      if (kind === 'accept' || kind === 'settle') model.accepted = true
      if (kind !== 'look' && kind !== 'again') model.last = { kind, actor }
      const owned = ownersOf(model)
      const given = (body as { answers?: Record<string, unknown> }).answers ?? {}
      if (given['idNo'] !== undefined)
        model.applicant = given['idNo'] === one('owner').idNumber ? 'owner' : 'other'
      const village = given['villageCode']
      if (typeof village === 'string' && village !== model.village)
        Object.assign(model, { village, movedLate: model.accepted })
      model.lost = owned.filter((name) => !isOwner(model, name) && !(files(model, name) && !isTyped(model)))
      model.ownBefore = [...model.ownBefore, ...owned.filter((name) => !isOwner(model, name))]
      if (brought && isOwner(model, actor)) model.part = true
      const news = Object.entries(given).some(
        ([key, value]) => JSON.stringify(value) !== JSON.stringify(model.answers[key]),
      )
      model.answers = { ...model.answers, ...given }
      const answersCorrection =
        kind === 'confirm' && before.state.status === 'correcting' && row.state.status !== 'correcting'
      await checkTold(model, before.version, kind, actor, { history, shares, news, answersCorrection })
      await checkSights(model, likely % 3 === 0 ? names : names.slice(0, 10), history)
      await checkRecounts(model, history)
    }
  } finally {
    await clear(model.caseId)
  }
}

test('whoever acts in whatever order: what is another’s is neither seen nor changed, and all counts agree', async () => {
  for (const { phone } of await rows<{ phone: string }>(
    sql`select phone from units where phone is not null union select phone from service_points`,
  ))
    published.add(phone.replace(/\D/g, ''))
  await fc.assert(fc.asyncProperty(...sequence, run), {
    numRuns: SEQUENCES,
    seed: SEED,
    ...(PATH === undefined ? {} : { path: PATH }),
    endOnFailure: true,
  })
  if (process.env['MANY_HANDS']) process.stdout.write(`${JSON.stringify(counts)}\n`)
  if (PATH === undefined) expect(counts.done).toBeGreaterThan(SEQUENCES)
}, 36_000_000)
