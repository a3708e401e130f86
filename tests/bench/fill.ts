import pg from 'pg'
import { nameDigests } from '../../functions/features/case/lists/search-index'
import type { Cipher } from '../../functions/platform/ports/cipher'
import { atMost } from '../services/counties'

/** Really filed cases, of which copies are made. */
export interface Templates {
  /** Its one task stands in the unit that is to have many. */
  readonly open: string
  /** Open elsewhere. */
  readonly elsewhere: string
  /** Nothing is left to do. */
  readonly ended: readonly string[]
}

export interface Size {
  readonly cases: number
  /** How many of them have an open task in the one unit. */
  readonly tasks: number
}

/** So many cases for each person who files. */
const CASES_EACH = 10
/** One in so many of the others is open, in another unit. */
const ELSEWHERE_ONE_IN = 20
/** They were filed over so many days, and the open ones fall due over so many. */
const DAYS_BACK = 1_000
const DAYS_AHEAD = 60
const NAMES = 5_000

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张']
const GIVEN = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红建文辉力健世广志义兴良海山仁波宁贵福生龙元',
]
/** The same names each time, spread so that no two neighbours share a part. */
export const nameAt = (at: number): string =>
  [SURNAMES[at % SURNAMES.length], GIVEN[(at * 7) % GIVEN.length], GIVEN[(at * 31 + 11) % GIVEN.length]].join(
    '',
  )

type Columns = Readonly<Record<string, string>>

// Of the copy `c` and its model `t`: what is a copy's own, by the name of the column, in whatever table it stands.
const OWN: Columns = {
  case_id: 'c.case_id',
  id: 'filling.copy_id(c.at, c.n, t.nth)',
  event_id: 'filling.copy_id(c.at, c.n, t.nth)',
  case_number: `substr(t.case_number, 1, 6) || to_char(c.at, 'YYMMDD') || lpad((c.n % 1000000)::text, 6, '0')`,
  subject: `'case:' || c.case_id`,
  recipient: `case when t.recipient like 'profile:%' then 'profile:' || c.person else t.recipient end`,
  number: 't.number + c.n::int * 16',
  document_number: `t.document_number || '-' || c.n`,
  written_in: 'pg_current_xact_id()',
  sent_at: 'coalesce(t.sent_at, t.created_at) - c.earlier',
  name_parts: 'c.name_parts',
}
const PERSONS = ['filed_by', 'owner_id', 'rated_by']
const DIGESTS = ['applicant_index', 'identity_index', 'duplicate_index', 'key_index', 'duplicate_guard']

/** The row of a copy, by columns: what is the copy's own, what moves with its day, and else what the model has. */
function ofCopy(column: string, type: string): string {
  const own = OWN[column]
  if (own !== undefined) return own
  if (PERSONS.includes(column)) return `case when t.${column} is not null then c.person end`
  if (DIGESTS.includes(column)) {
    const digest = column === 'applicant_index' || column === 'identity_index' ? 'c.person' : 'c.case_id'
    return `case when t.${column} is not null then translate(encode(sha256((${digest} || '${column}')::bytea), 'base64'), '+/=', '-_') end`
  }
  if (type === 'timestamp with time zone') return `t.${column} - c.earlier`
  if (type === 'date') return `t.${column} - c.days_earlier`
  return `t.${column}`
}

const COPY_ID = `create function filling.copy_id(at timestamptz, n bigint, nth bigint) returns uuid immutable language sql
  return (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(nth), 3, '0') || '8'
    || lpad(to_hex(n), 15, '0'))::uuid`

/** Runs statements over one connection, which ends with `work`. */
async function connected<Value>(url: string, work: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(
      `set synchronous_commit = off; set work_mem = '256MB'; set gin_pending_list_limit = '128MB'`,
    )
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * The columns of each table of a case: those with a `case_id`, the cases themselves, and what is audited of them. What is
 * left to be counted of who has gone is theirs (`addPeople`).
 */
async function tablesOfCases(client: pg.Client): Promise<ReadonlyMap<string, readonly [string, string][]>> {
  const { rows } = await client.query<{ table: string; columns: [string, string][] }>(`
    select c.table_name as table, json_agg(json_build_array(column_name, data_type) order by ordinal_position) as columns
    from information_schema.columns c where table_schema = 'public' and is_generated = 'NEVER' and c.table_name not in ('left_filings', 'certificates', 'notice_objections', 'missed_items')
    group by 1 having bool_or(column_name = 'case_id') or c.table_name in ('cases', 'audit_entries')`)
  return new Map(rows.map(({ table, columns }) => [table, columns]))
}

/** Of a model each row with its number among those of the case. */
const modelsOf = (table: string): string => {
  const caseId = { cases: 't.id', audit_entries: `substr(t.subject, 6)::uuid` }[table] ?? 't.case_id'
  const wanted =
    table === 'audit_entries'
      ? `t.subject in (select 'case:' || id from filling.models)`
      : `${caseId} in (select id from filling.models)`
  return `(select t.*, ${caseId} as model, row_number() over (partition by ${caseId}) as nth from ${table} t where ${wanted})`
}

const CHUNK = 20_000

async function copyTable(
  client: pg.Client,
  table: string,
  columns: readonly [string, string][],
  cases: number,
) {
  const found = await client.query(`select 1 from ${modelsOf(table)} t limit 1`)
  if (found.rowCount === 0) throw new Error(`no model has a row in ${table}: file one that has`)
  const own = (column: string, type: string) =>
    table === 'cases' && column === 'id' ? 'c.case_id' : ofCopy(column, type)
  for (let from = 0; from < cases; from += CHUNK)
    await client.query(`insert into ${table} (${columns.map(([name]) => name).join(', ')})
      select ${columns.map(([name, type]) => own(name, type)).join(', ')}
      from filling.copies c join ${modelsOf(table)} t on t.model = c.model
      where c.n > ${from} and c.n <= ${from + CHUNK} order by c.n`)
}

/** People with an account and what an account brings with it; the copies are theirs. */
async function addPeople(client: pg.Client, model: string, count: number) {
  await client.query(`create table filling.people as
    select n, filling.copy_id('2024-01-01', n, 0) as id from generate_series(1::bigint, ${count}) n`)
  const filer = `(select filed_by from cases where id = '${model}')`
  const ofFiler = `profile_id = ${filer}`
  const copied: readonly (readonly [table: string, which: string, own: Columns])[] = [
    [
      'profiles',
      `id = ${filer}`,
      {
        id: 'p.id',
        staff_id: 'null',
        id_number_index: `md5('i' || n)`,
        identity_index: `md5('j' || n)`,
        phone_index: `md5('p' || n)`,
      },
    ],
    [
      'wechat_identities',
      ofFiler,
      { id: 'p.id', profile_id: 'p.id', openid: `'copy-' || n`, unionid: `'copy-' || n` },
    ],
    [
      'sessions',
      ofFiler,
      { id: 'p.id', profile_id: 'p.id', identity_id: 'p.id', token_hash: `md5('s' || n)` },
    ],
    ['activity_days', ofFiler, { profile_id: 'p.id' }],
    ['idempotency_keys', `principal = 'profile:' || ${filer}`, { principal: `'profile:' || p.id` }],
    ['credentials', 'true', { id: 'p.id', holder_index: `md5('i' || n)` }],
  ]
  for (const [table, which, own] of copied) {
    const { fields } = await client.query(`select * from ${table} limit 0`)
    const values = fields.map(({ name }) => own[name] ?? `t.${name}`)
    await client.query(`insert into ${table} (${fields.map(({ name }) => name).join(', ')}) select ${values.join(', ')}
      from (select * from ${table} where ${which} limit 1) t, filling.people p`)
  }
  await client.query(`insert into consent_credits (openid, template_id, credits, updated_at)
    select 'copy-' || n, r.template_id, 1, r.created_at
    from (select template_id, created_at from reminders where template_id is not null limit 1) r, filling.people p`)
  await client.query(`insert into consent_entries (key, openid, template_id, kind, at)
    select 'accepted:' || openid || ':' || template_id, openid, template_id, 'accepted', updated_at from consent_credits
    on conflict do nothing`)
  await client.query(`insert into followers (openid, unionid, learnt_at)
    select 'follower-' || n, 'copy-' || n, now() from filling.people p`)
  await client.query(`insert into left_filings (wechat_index, case_id)
    select md5('w' || n), p.id from filling.people p`)
  await client.query(`insert into closing_reasons (key, closed_on, words_sealed)
    select md5('r' || n), current_date - (n % 365)::int, 'sealed' from filling.people p`)
  await client.query(`insert into document_prints (digest, document_id, printed_at)
    select md5('t' || n), p.id, now() from filling.people p`)
  await client.query(`insert into certificates (document_id, case_id, code_index, title, organ_name, valid_to)
    select p.id, p.id, md5('c' || n), '公共场所卫生许可证', '郎溪县卫生健康委员会', current_date + (n % 1460)::int
    from filling.people p`)
  await client.query(`insert into missed_items (case_id, sequence, kind, name, unit_id, staff_id, service_item_id, item_version,
      asked_at)
    select p.id, 7, 'material', '居民户口簿', 'unit-' || n % 100, 'staff-' || n % 1000, 'LX-001', 1,
      now() - (n % ${DAYS_BACK})::int * interval '1 day'
    from filling.people p`)
  await client.query(`insert into notice_objections (id, case_id, document_id, step_key, unit_id, takers, words_sealed,
      leaves_phone, intent_key, body_hash, raised_at, outcome, settled_at, closed_at)
    select p.id, p.id, p.id, 'notice', 'unit-' || n % 100, array['village-agent:unit-' || n % 100], 'sealed', false,
      md5('o' || n), md5('b' || n), now() - interval '1 year', 'aside', now() - interval '1 year',
      case when n % 1000 > 0 then now() - interval '1 year' end
    from filling.people p`)
}

/** What each copy is: its number and id, its model, whose it is, and how long before the model it was filed. */
async function planCopies(client: pg.Client, templates: Templates, { cases, tasks }: Size, people: number) {
  const { open, elsewhere, ended } = templates
  const models = [open, elsewhere, ...ended]
  await client.query('create table filling.models as select unnest($1::uuid[]) as id', [models])
  await client.query(`create table filling.copies as
    select n, filling.copy_id(at, n, 0) as case_id, model, filling.copy_id('2024-01-01', 1 + n % ${people}, 0) as person, at,
      filed_at - at as earlier, parts as name_parts,
      case when model in ('${open}', '${elsewhere}') then -(n % ${DAYS_AHEAD})::int else filed_at::date - at::date end
        as days_earlier
    from (select n, c.id as model, c.filed_at,
        c.filed_at - (${cases} - n + 1) * interval '${(DAYS_BACK * 86_400) / cases} seconds' as at
      from generate_series(1::bigint, ${cases}) n join cases c on c.id = case when n > ${cases - tasks} then '${open}'::uuid
        when n % ${ELSEWHERE_ONE_IN} = 0 then '${elsewhere}'::uuid
        else ('{${ended.join(',')}}'::uuid[])[1 + n % ${ended.length}] end) n
    join filling.names on names.at_name = n % ${NAMES} order by n`)
  await client.query('alter table filling.copies add primary key (n)')
  await client.query('analyze filling.copies, filling.models')
}

async function addNames(client: pg.Client, cipher: Cipher) {
  await client.query('create table filling.names (at_name bigint primary key, parts text[])')
  const rows = Array.from({ length: NAMES }, (_, at) => ({
    at_name: at,
    parts: nameDigests(cipher, nameAt(at)),
  }))
  await client.query(
    `insert into filling.names select * from jsonb_to_recordset($1::jsonb) r(at_name bigint, parts text[])`,
    [JSON.stringify(rows)],
  )
}

/** While it fills, and no longer. */
const FEW_CHECKPOINTS = [
  ['max_wal_size', '16GB'],
  ['checkpoint_timeout', '1h'],
] as const
const WORKERS = 2
/** The two that take longest begin, and the others follow beside them. */
const weightOf = (table: string) => ['reminders', 'cases'].indexOf(table)

/**
 * Fills the database with copies of really filed cases, in all tables of a case with all their indexes; what a copy has of
 * its own are ids, numbers, dates, digests and the person. The copies are filed before the models.
 */
export async function fill(url: string, cipher: Cipher, templates: Templates, size: Size): Promise<void> {
  const people = Math.max(1, Math.floor(size.cases / CASES_EACH))
  const tables = await connected(url, async (client) => {
    for (const [setting, value] of FEW_CHECKPOINTS)
      await client.query(`alter system set ${setting} = '${value}'`)
    await client.query('select pg_reload_conf()')
    await client.query('create schema filling')
    await client.query(COPY_ID)
    await addNames(client, cipher)
    await addPeople(client, templates.open, people)
    await planCopies(client, templates, size, people)
    return tablesOfCases(client)
  })
  const order = [...tables].sort(([left], [right]) => weightOf(right) - weightOf(left))
  await atMost(order.length, WORKERS, (at) =>
    connected(url, async (client) => {
      const [table, columns] = order[at] ?? ['', []]
      await copyTable(client, table, columns, size.cases)
    }),
  )
  await connected(url, async (client) => {
    // A send of each that went out.
    await client.query(`insert into deliveries (id, reminder_id, recipient, channel, attempt, template_id, openid, begun_at, ended_at,
        outcome, message_id, spent_consent)
      select gen_random_uuid(), id, recipient, channel, 1, template_id, 'of-' || recipient, sent_at, sent_at, 'sent', id::text,
        channel = 'subscribe' from reminders where channel <> 'inbox' and sent_at is not null on conflict do nothing`)
    await client.query('drop schema filling cascade')
    await client.query('vacuum (analyze)')
    for (const [setting] of FEW_CHECKPOINTS) await client.query(`alter system reset ${setting}`)
    await client.query('select pg_reload_conf()')
    await client.query('checkpoint')
  })
}
