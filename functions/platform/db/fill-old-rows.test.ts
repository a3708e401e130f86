import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, expect, test } from 'vitest'

const journal = JSON.parse(readFileSync('drizzle/meta/_journal.json', 'utf8')) as {
  readonly entries: readonly { readonly tag: string }[]
}
const LATEST_BEFORE = '0003_widen-cases'
const database = new PGlite()
afterAll(() => database.close())

const run = async (tags: readonly string[]) => {
  for (const tag of tags) await database.exec(readFileSync(`drizzle/${tag}.sql`, 'utf8'))
}

const PERSON = '00000000-0000-7000-8000-000000000001'
const upload = (id: number, contentType: string, caseId: string | null, kept: string | null) =>
  database.query(
    `insert into uploads (id, owner_id, name_sealed, content_type, size, storage_key, kept_digest, case_id, created_at)
     values ($1, $2, 'sealed', $3, 1, 'key', $4, $5, now())`,
    [`00000000-0000-7000-8000-00000000001${id}`, PERSON, contentType, kept, caseId],
  )

test('rows of before say what is kept and since when a person is confirmed, where it can be known', async () => {
  const tags = journal.entries.map(({ tag }) => tag)
  const from = tags.indexOf(LATEST_BEFORE) + 1
  await run(tags.slice(0, from))
  await database.query(
    `insert into profiles (id, real_name_level, created_at, demo) values ($1, 3, now(), false),
      ('00000000-0000-7000-8000-000000000002', 3, now(), false)`,
    [PERSON],
  )
  await database.query(
    `insert into audit_entries (id, at, actor, action, subject) values
      ('00000000-0000-7000-8000-000000000003', '2026-08-01T01:00:00Z', 'a', 'account.confirm-identity', $1),
      ('00000000-0000-7000-8000-000000000004', '2026-08-02T01:00:00Z', 'a', 'account.change', $1)`,
    [`profile:${PERSON}`],
  )
  await upload(1, 'image/png', PERSON, null)
  await upload(2, 'image/webp', PERSON, null)
  await upload(3, 'application/pdf', PERSON, null)
  await upload(4, 'image/png', null, null)
  await upload(5, 'image/jpeg', PERSON, 'digest')
  await run(tags.slice(from))
  const kinds = await database.query<{ kind: string }>('select content_type as kind from uploads order by id')
  expect(kinds.rows.map(({ kind }) => kind)).toEqual([
    'image/jpeg',
    'image/jpeg',
    'application/pdf',
    'image/png',
    'image/jpeg',
  ])
  const confirmed = await database.query<{ at: Date | null }>(
    'select confirmed_at as at from profiles order by id',
  )
  expect(confirmed.rows.map(({ at }) => at?.toISOString() ?? null)).toEqual([
    '2026-08-01T01:00:00.000Z',
    null,
  ])
})
