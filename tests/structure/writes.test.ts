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
}

const servers = () =>
  houseFiles().filter(
    (file) =>
      /^functions\/(features|platform|jobs|commands)\/.*\.ts$/.test(file) &&
      !/\.test\.ts$|-fixture\.ts$|\.contract\.ts$/.test(file),
  )

const WRITE =
  /\b(?:insert into|update|delete from)\s+([a-z_]+)\b(?=\s*(?:\(|set\b|[a-z]{1,2}\s+set\b|using\b|where\b|[a-z]\s+(?:using|where)\b))/g

const writesIn = (text: string) => [...text.matchAll(WRITE)].map(([, table = '']) => table)

test('what is written of a case, an account, a rating, an invitation, a consent or the audit is written at home', () => {
  const found = servers().flatMap((file) => writesIn(textOf(file)).map((table) => ({ file, table })))
  for (const table of Object.keys(HOMES)) expect(found.map((each) => each.table)).toContain(table)
  expect(found.filter(({ file, table }) => HOMES[table] && !HOMES[table].test(file))).toEqual([])
})

test('and nowhere past commit', () => {
  // A statement that is sent by `rows`, up to the end of its text.
  const SENT = /\brows(?:<[^(]*>)?\(\s*sql`(?:[^`$]|\$(?!\{)|\$\{[^`]*?\}|\$\{(?:[^`]|`[^`]*`)*?\})*`/g
  const past = servers().flatMap((file) =>
    [...textOf(file).matchAll(SENT)].flatMap(([statement]) =>
      writesIn(statement)
        .filter((table) => table in HOMES)
        .map((table) => `${file}: ${table}`),
    ),
  )
  expect(past).toEqual([])
})
