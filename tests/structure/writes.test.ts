import { expect, test } from 'vitest'
import { houseFiles, textOf } from './house'

// State of law has one way to be written: a part of a statement that `commit` sends, in the file of its feature.
const HOMES: Readonly<Record<string, RegExp>> = {
  cases: /^functions\/features\/case\/writes\//,
  case_events: /^functions\/features\/case\/writes\//,
  case_texts: /^functions\/features\/case\/writes\//,
  // The window of a member who leaves, or who has come, and the mark that a light has been told.
  case_tasks:
    /^functions\/features\/(case\/writes\/|account\/(end-work|redeem-invitation)\.ts|reminder\/plan-due\.ts)|^functions\/platform\/db\/seed\//,
  case_looks: /^functions\/features\/desk\/look-at-case\.ts/,
  certificates: /^functions\/features\/case\/writes\//,
  reply_templates: /^functions\/features\/desk\/replies\.ts/,
  missed_items: /^functions\/features\/case\/writes\//,
  notice_objections: /^functions\/features\/case\/(acts|writes)\//,
  documents: /^functions\/features\/case\/writes\//,
  document_prints: /^functions\/features\/case\/writes\//,
  document_counters: /^functions\/features\/case\/writes\//,
  slot_counters: /^functions\/features\/case\/writes\//,
  // For what a phone is not to ring.
  profiles: /^functions\/features\/(account\/|reminder\/settings\.ts)/,
  wechat_identities: /^functions\/features\/account\//,
  enterprise_agents: /^functions\/features\/account\//,
  ratings: /^functions\/features\/(rating\/|account\/(join-accounts|closing\/gone)\.ts)/,
  invitations: /^functions\/features\/account\//,
  consent_credits: /^functions\/features\/(reminder\/|account\/closing\/gone\.ts)/,
  consent_entries:
    /^functions\/(features\/(reminder\/|account\/closing\/gone\.ts)|platform\/db\/remove-expired-rows\.ts)/,
  deliveries: /^functions\/features\/(reminder\/|account\/(join-accounts|closing\/gone)\.ts)/,
  audit_entries: /^functions\/platform\/db\/parts\/audit\.ts/,
  // The outbox is filled by one part; what becomes of a message is its feature's, with whose it is; who leaves has none.
  reminders:
    /^functions\/(platform\/db\/(parts\/reminders|remove-expired-rows)\.ts|features\/(reminder\/|case\/writes\/statement\.ts|account\/(join-accounts|closing\/gone)\.ts))/,
  uploads:
    /^functions\/features\/(application\/|case\/writes\/statement\.ts|account\/(join-accounts|closing\/gone)\.ts)/,
  discarded_files:
    /^functions\/features\/(application\/|case\/writes\/statement\.ts|account\/closing\/gone\.ts)/,
  sessions: /^functions\/(features\/account\/|platform\/(http\/principal|db\/remove-expired-rows)\.ts)/,
  idempotency_keys:
    /^functions\/(platform\/db\/(commit|remove-expired-rows)\.ts|features\/account\/(join-accounts|closing\/gone)\.ts)/,
}

/** A pack is loaded in a transaction of its own: it ends the work of who has left, and brings the people of the demo. */
const SEED = /^functions\/platform\/db\/seed\//
const SEEDED = ['audit_entries', 'case_tasks', 'profiles', 'wechat_identities']

/** What is marked, leased or ended past `commit`, since it is no state of law: the courses of messages, sessions, files, prints. */
const BESIDE = ['reminders', 'uploads', 'discarded_files', 'sessions', 'idempotency_keys', 'document_prints']

const servers = () =>
  houseFiles().filter(
    (file) =>
      /^functions\/(features|platform|jobs|commands)\/.*\.ts$/.test(file) &&
      !/\.test\.ts$|-fixture\.ts$|\.contract\.ts$/.test(file),
  )

const WRITE =
  /\b(?:insert into|update|delete from)\s+([a-z_]+)\b(?=(?:\s+[a-z]{1,4})?\s*(?:\(|set\b|select\b|values\b|using\b|where\b|returning\b|\)))/g

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

const TEXT = 'sql`(?:[^`$]|\\$(?!\\{)|\\$\\{[^`]*?\\}|\\$\\{(?:[^`]|`[^`]*`)*?\\})*`'
/** A statement that is sent by `rows`, up to the end of its text; or the name by which its text stands elsewhere in the file. */
const SENT = new RegExp(`\\brows(?:<[^(]*>)?\\(\\s*(?:(${TEXT})|(\\w+)\\s*[,)])`, 'g')

/** What of a file is sent past `commit`, as texts. */
const sentBy = (text: string) =>
  [...text.matchAll(SENT)].flatMap(([, statement, name]) =>
    statement === undefined
      ? [...text.matchAll(new RegExp(`\\b${name}\\b[^\\n;]*=\\s*(${TEXT})`, 'g'))].map(
          ([, named = '']) => named,
        )
      : [statement],
  )

test('what a write is, and what is sent, is known in each form that it may have', () => {
  for (const write of [
    'insert into cases (id) values (1)',
    'insert into cases select * from other',
    'update cases c set x = 1',
    'update cases set x = 1',
    'update cases old set x = 1',
    'delete from cases',
    'delete from cases c using other',
    'delete from cases where true',
  ])
    expect([write, ...writtenBySql(`(${write})`)]).toEqual([write, 'cases'])
  const written = 'sql`update cases set x = 1`'
  for (const sent of [
    `rows(${written})`,
    `rows<{ id: string }>(${written})`,
    `const statement = ${written}\nreturn database.rows(statement)`,
  ])
    expect([sent, ...sentBy(sent).flatMap(writtenBySql)]).toEqual([sent, 'cases'])
})

test('and nowhere past commit', () => {
  const isLaw = (table: string) => table in HOMES && !BESIDE.includes(table)
  const past = servers()
    .filter((file) => !SEED.test(file))
    .flatMap((file) => {
      const text = textOf(file)
      const sent = sentBy(text).flatMap(writtenBySql)
      return [...sent, ...writtenByBuilder(text)].filter(isLaw).map((table) => `${file}: ${table}`)
    })
  expect(past).toEqual([])
})
