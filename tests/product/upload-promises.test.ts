import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated, UploadCreated } from '#shared/contract/application'
import { removeUnusedUploads } from '../../functions/features/application'
import { createDiskFiles } from '../../functions/platform/adapters/disk-files'
import { embeddedKeys } from '../../functions/platform/adapters/key-file'
import type { Database } from '../../functions/platform/ports/database'
import { allowanceOf } from './allowance'
import { type County, caseOf, newcomer, openCounty } from './county'

const DALIANG = '341821105200'

let county: County
beforeAll(async () => {
  county = await openCounty()
}, 120_000)
afterAll(() => county.close())

const newResident = (name: string) =>
  newcomer(county, { name, birth: '1944-03-05', villageCode: DALIANG, level: 3 })

test('a repeated promise answers the same form, and the form is kept nowhere', async () => {
  const { person } = await newResident('沈秀英')
  const sending = { key: 'promise-once', body: { name: '照片.png', contentType: 'image/png', size: 900 } }
  const first = await person.send<UploadCreated>('POST', '/api/uploads', sending)
  expect(first.status).toBe(201)
  await county.door('POST', 'clock', { advanceHours: 0.05 })
  const again = await person.send<UploadCreated>('POST', '/api/uploads', sending)
  expect(again).toMatchObject({ status: 201, body: first.body })
  expect(again.headers.get('Idempotency-Replayed')).toBe('true')
  const other = { ...sending, body: { ...sending.body, size: 901 } }
  expect(await person.send('POST', '/api/uploads', other)).toMatchObject({
    status: 422,
    body: { code: 'request.key-reused' },
  })
  const stored = await county.services.database.rows<{ answer: string }>(
    sql`select answer from idempotency_keys where key = 'promise-once'`,
  )
  const { policy = '', signature = '' } = first.body.fields
  expect(stored).toHaveLength(1)
  for (const secret of [policy, signature]) {
    expect(secret.length).toBeGreaterThan(20)
    expect(JSON.stringify(stored)).not.toContain(secret)
  }
})

test('the key of the indexes signs no forms', async () => {
  const { person } = await newResident('沈秀兰')
  const body = { name: '照片.png', contentType: 'image/png', size: 900 }
  const { fields } = (await person.send<UploadCreated>('POST', '/api/uploads', { body })).body
  const { indexSecret } = await embeddedKeys(county.services.environment.DATA_DIR)
  const { clock } = county.services
  const forger = createDiskFiles({ folder: '.', secret: indexSecret, postUrl: '', clock })
  expect(county.services.receiver?.openPolicy(fields)).toMatchObject({ contentType: 'image/png' })
  expect(forger.openPolicy(fields)).toBeUndefined()
})

test('a draft filed while old uploads are removed keeps its papers or is told that they are gone', async () => {
  const fates = []
  for (const interruptedAt of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
    const { person, idNumber } = await newResident('沈秀芳')
    const body = await allowanceOf(person, { name: '沈秀芳', idNumber })
    await county.services.database.rows(sql`update uploads set created_at = created_at - interval '8 days'
      where case_id is null`)
    let filed: Promise<{ status: number; body: CaseCreated }> | undefined
    let steps = 0
    const { database, files, clock } = county.services
    const fileAtItsTurn = async () => {
      steps += 1
      if (steps !== interruptedAt) return
      filed = person.send<CaseCreated>('POST', '/api/cases', { body })
      await filed
    }
    // Stops after each statement and after each removed file.
    const stepping = {
      ...database,
      rows: async (statement) => {
        const rows = await database.rows(statement)
        await fileAtItsTurn()
        return rows
      },
    } as Database
    const remove = async (key: string) => {
      await files.remove(key)
      await fileAtItsTurn()
    }
    await removeUnusedUploads({ database: stepping, files: { ...files, remove }, clock })
    const answer = await (filed ?? person.send<CaseCreated>('POST', '/api/cases', { body }))
    fates.push(answer.status)
    if (answer.status !== 201) {
      expect(answer).toMatchObject({ status: 422, body: { code: 'upload.missing' } })
      continue
    }
    for (const { url } of (await caseOf(person, answer.body.id)).papers.flatMap((paper) => paper.files)) {
      expect(await person.fetchFile(url), `interrupted at ${interruptedAt}`).toMatchObject({ status: 200 })
    }
  }
  expect(new Set(fates)).toEqual(new Set([422]))
}, 60_000)
