import { expect, test } from 'vitest'
import { houseFiles, textOf } from './house'

// State of law has one way to be written: a part of a statement that `commit` sends, in the file of its feature.
const HOMES: Readonly<Record<string, RegExp>> = {
  cases: /^functions\/features\/case\/writes\//,
  case_events: /^functions\/features\/case\/writes\//,
  case_texts: /^functions\/features\/case\/writes\//,
  // The window of a member who leaves, and the mark that a light has been told.
  case_tasks:
    /^functions\/features\/(case\/writes\/|account\/end-work\.ts|reminder\/plan-due\.ts)|^functions\/platform\/db\/seed\//,
  case_looks: /^functions\/features\/desk\/look-at-case\.ts/,
  documents: /^functions\/features\/case\/writes\//,
  document_counters: /^functions\/features\/case\/writes\//,
  slot_counters: /^functions\/features\/case\/writes\//,
  profiles: /^functions\/features\/account\//,
  wechat_identities: /^functions\/features\/account\//,
  enterprise_agents: /^functions\/features\/account\//,
  ratings: /^functions\/features\/(rating\/|account\/join-accounts\.ts)/,
  invitations: /^functions\/features\/account\//,
  consent_credits: /^functions\/features\/reminder\//,
  audit_entries: /^functions\/platform\/db\/parts\/audit\.ts/,
  // The outbox: with what they tell of, by the clock's jobs, and of a work identity that was somebody else's.
  reminders:
    /^functions\/features\/(reminder\/|case\/writes\/statement\.ts|account\/(work-identity|join-accounts)\.ts)/,
  uploads: /^functions\/features\/(application\/|case\/writes\/statement\.ts|account\/join-accounts\.ts)/,
  discarded_files: /^functions\/features\/(application\/|case\/writes\/statement\.ts)/,
  sessions: /^functions\/(features\/account\/|platform\/(http\/principal|db\/remove-expired-rows)\.ts)/,
  idempotency_keys:
    /^functions\/(platform\/db\/(commit|remove-expired-rows)\.ts|features\/account\/join-accounts\.ts)/,
}

/** A pack is loaded in a transaction of its own: it ends the work of who has left, and brings the people of the demo. */
const SEED = /^functions\/platform\/db\/seed\//
const SEEDED = ['audit_entries', 'case_tasks', 'profiles', 'wechat_identities']

/** What is marked, leased or ended past `commit`, since it is no state of law: the courses of messages, sessions, files. */
const BESIDE = ['reminders', 'uploads', 'discarded_files', 'sessions', 'idempotency_keys']

const servers = () =>
  houseFiles().filter(
    (file) =>
      /^functions\/(features|platform|jobs|commands)\/.*\.ts$/.test(file) &&
      !/\.test\.ts$|-fixture\.ts$|\.contract\.ts$/.test(file),
  )

const WRITE =
  /\b(?:insert into|update|delete from)\s+([a-z_]+)\b(?=\s*(?:\(|set\b|[a-z]{1,2}\s+set\b|using\b|where\b|[a-z]\s+(?:using|where)\b))/g

/** The names of the tables by those of their constants in the schema. */
const TABLES = new Map(
  houseFiles()
    .filter((file) => file.startsWith('functions/platform/db/schema/'))
    .flatMap((file) => [...textOf(file).matchAll(/export const (\w+) = pgTable\(\s*'(\w+)'/g)])
    .map(([, name = '', table = '']) => [name, table] as const),
)

const writtenBySql = (text: string) => [...text.matchAll(WRITE)].map(([, table = '']) => table)
const writtenByBuilder = (text: string) =>
  [...text.matchAll(/\.(?:insert|update|delete)\((\w+)\)/g)].flatMap(
    ([, name = '']) => TABLES.get(name) ?? [],
  )

const isHome = (file: string, table: string) =>
  !HOMES[table] || HOMES[table].test(file) || (SEED.test(file) && SEEDED.includes(table))

test('what is written of a case, an account, a rating, an invitation, a consent or the audit is written at home', () => {
  const found = servers().flatMap((file) => {
    const text = textOf(file)
    return [...writtenBySql(text), ...writtenByBuilder(text)].map((table) => ({ file, table }))
  })
  for (const table of Object.keys(HOMES)) expect(found.map((each) => each.table)).toContain(table)
  for (const table of SEEDED)
    expect(found.filter(({ file }) => SEED.test(file)).map((each) => each.table)).toContain(table)
  expect(found.filter(({ file, table }) => !isHome(file, table))).toEqual([])
})

test('and nowhere past commit', () => {
  // A statement that is sent by `rows`, up to the end of its text.
  const SENT = /\brows(?:<[^(]*>)?\(\s*sql`(?:[^`$]|\$(?!\{)|\$\{[^`]*?\}|\$\{(?:[^`]|`[^`]*`)*?\})*`/g
  const isLaw = (table: string) => table in HOMES && !BESIDE.includes(table)
  const past = servers()
    .filter((file) => !SEED.test(file))
    .flatMap((file) => {
      const text = textOf(file)
      const sent = [...text.matchAll(SENT)].flatMap(([statement]) => writtenBySql(statement))
      return [...sent, ...writtenByBuilder(text)].filter(isLaw).map((table) => `${file}: ${table}`)
    })
  expect(past).toEqual([])
})
