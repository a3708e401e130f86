import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseCreated, UploadCreated } from '#shared/contract/application'
import { startStrictS3 } from '../services/strict-s3'
import { ALLOWANCE } from './allowance'
import { act, askedBy, type County, caseOf, newcomer, openCounty, type Person, sendAll } from './county'

const bucket = {
  bucket: 'papers',
  region: 'cn-east-1',
  accessKeyId: 'local-access-key',
  secretAccessKey: 'local-secret-key',
}

const photo = (colour: string, format: 'png' | 'jpeg' | 'webp' = 'png') =>
  sharp({ create: { width: 24, height: 16, channels: 3, background: colour } })
    .toFormat(format)
    .toBuffer()
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

interface Row {
  readonly storageKey: string
  readonly contentType: string
  readonly size: number
  readonly arrivedDigest: string | null
  readonly keptDigest: string | null
}

async function openDisk() {
  const county = await openCounty()
  const folder = join(county.services.environment.DATA_DIR, 'files')
  const keys = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  return { county, keys, close: () => county.close() }
}

async function openS3() {
  let now = Date.now
  const store = await startStrictS3(bucket, () => now())
  const county = await openCounty({
    S3_ENDPOINT: store.endpoint,
    S3_BUCKET: bucket.bucket,
    S3_REGION: bucket.region,
    S3_ACCESS_KEY_ID: bucket.accessKeyId,
    S3_SECRET_ACCESS_KEY: bucket.secretAccessKey,
  })
  // The county's clock may stand elsewhere than the machine's, and its forms run out by it.
  now = () => Date.parse(county.services.clock.now())
  return {
    county,
    keys: async () => [...store.objects.keys()],
    close: async () => {
      await county.close()
      await store.close()
    },
  }
}

describe.each([
  ['on disk', openDisk],
  ['on S3', openS3],
])('papers %s', (_, open) => {
  let county: County
  let keys: () => Promise<readonly string[]>
  let close: () => Promise<void>
  let born = 0
  beforeAll(async () => {
    ;({ county, keys, close } = await open())
  }, 120_000)
  afterAll(() => close())

  const promise = async (person: Person, contentType = 'image/png', name = '照片.png') => {
    const body = { name, contentType, size: 1_000_000 }
    return (await person.send<UploadCreated>('POST', '/api/uploads', { body })).body
  }
  async function post({ url, fields }: UploadCreated, bytes: Uint8Array) {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('file', new Blob([new Uint8Array(bytes)]), 'x')
    return (await fetch(url, { method: 'POST', body: form })).status
  }
  const read = (person: Person, caseId: string, { id }: { readonly id: string }) =>
    person.fetchFile(`/api/cases/${caseId}/files/${id}`)
  const rowOf = async ({ id }: { readonly id: string }) => {
    const [row] = await county.services.database.rows<Row>(sql`select storage_key as "storageKey",
      content_type as "contentType", size::int as size, arrived_digest as "arrivedDigest", kept_digest as "keptDigest"
      from uploads where id = ${id}::uuid`)
    if (!row) throw new Error('no such upload')
    return row
  }
  const removeExpired = () => county.app.jobs['remove-expired']()

  /** 高龄津贴 of a new person with these three promised files, ready to be filed. */
  async function applicationOf(forms: (person: Person) => Promise<UploadCreated[]>) {
    born += 1
    const name = `沈秀${'英兰芳梅菊香云霞'[born % 8]}`
    const { person, idNumber } = await newcomer(county, {
      name,
      birth: '1944-03-05',
      villageCode: ALLOWANCE.village,
      level: 3,
    })
    const uploads = await forms(person)
    const body = {
      serviceItemId: ALLOWANCE.item,
      answers: {
        name,
        idNo: idNumber,
        mobile: '15400000001',
        villageCode: ALLOWANCE.village,
        birth: ALLOWANCE.born,
        bankCard: '6299000043030583308',
      },
      materials: ALLOWANCE.papers.map((paper, index) => ({ name: paper, files: [uploads[index]?.id] })),
    }
    return { person, uploads: uploads as [UploadCreated, UploadCreated, UploadCreated], body }
  }
  const threeOf = (bytes: Uint8Array) => async (person: Person) => {
    const forms = [await promise(person), await promise(person), await promise(person)]
    for (const form of forms) expect(await post(form, bytes)).toBe(204)
    return forms
  }
  const file = (person: Person, body: unknown, key: string) =>
    person.send<CaseCreated>('POST', '/api/cases', { key, body })

  test('stay as they were filed, however often the form is posted and the filing sent again', async () => {
    const { person, uploads, body } = await applicationOf(threeOf(await photo('white')))
    const [first] = uploads
    const filed = await file(person, body, 'filed-once')
    expect(filed.status, JSON.stringify(filed.body)).toBe(201)
    const kept = await read(person, filed.body.id, first)
    for (const other of [await photo('black'), PDF]) {
      expect(await post(first, other)).toBe(204)
      expect(await read(person, filed.body.id, first)).toEqual(kept)
      const again = await file(person, body, 'filed-once')
      expect(again).toMatchObject({ status: 201, body: filed.body })
      expect((await file(person, body, `filed-anew-${other.length}`)).status).not.toBe(201)
      expect(await read(person, filed.body.id, first)).toEqual(kept)
    }
  })

  test('stay as they were while the form is posted and filings race', async () => {
    const { person, uploads, body } = await applicationOf(threeOf(await photo('white')))
    const [first] = uploads
    const colours = ['red', 'green', 'blue', 'black']
    const race = colours.map(async (colour) => {
      await post(first, await photo(colour))
      return file(person, body, `racing-${colour}`)
    })
    const filed = (await Promise.all(race)).filter(({ status }) => status === 201)
    expect(filed).toHaveLength(1)
    const id = filed[0]?.body.id ?? ''
    const { bytes } = await read(person, id, first)
    expect(sha256(bytes)).toBe((await rowOf(first)).keptDigest)
  })

  test('are kept with the digests of what came and of what is kept, under the name of what they are', async () => {
    const came = await photo('white')
    const { person, uploads, body } = await applicationOf(async (owner) => {
      const forms = [
        await promise(owner, 'image/png', '户口簿.PNG'),
        await promise(owner, 'image/png', '扫描件.png'),
        await promise(owner, 'image/webp', '没有后缀'),
      ] as const
      await post(forms[0], came)
      await post(forms[1], PDF)
      await post(forms[2], await photo('black', 'webp'))
      return [...forms]
    })
    const filed = await file(person, body, 'what-it-is')
    expect(filed.status, JSON.stringify(filed.body)).toBe(201)
    const { papers } = await caseOf(person, filed.body.id)
    const shown = papers.flatMap(({ files }) => files.map(({ name, contentType }) => [name, contentType]))
    expect(shown).toEqual([
      ['户口簿.jpg', 'image/jpeg'],
      ['扫描件.pdf', 'application/pdf'],
      ['没有后缀.jpg', 'image/jpeg'],
    ])
    for (const [index, kind] of ['image/jpeg', 'application/pdf', 'image/jpeg'].entries()) {
      const upload = uploads[index] as UploadCreated
      const { bytes, contentType } = await read(person, filed.body.id, upload)
      const row = await rowOf(upload)
      expect(contentType).toBe(kind)
      expect(row).toMatchObject({ contentType: kind, size: bytes.length, keptDigest: sha256(bytes) })
      expect(row.storageKey).toMatch(new RegExp(`^papers/${upload.id}/`))
    }
    expect((await rowOf(uploads[0])).arrivedDigest).toBe(sha256(came))
    expect((await rowOf(uploads[1])).arrivedDigest).toBe(sha256(PDF))
  })

  test('leave nothing of what came behind, not after a crash either, nor of forms posted afterwards', async () => {
    const { files } = county.services
    const { remove } = files
    const { person, uploads, body } = await applicationOf(threeOf(await photo('white')))
    Object.assign(files, { remove: () => Promise.reject(new Error('killed')) })
    const filed = await file(person, body, 'killed-after')
    Object.assign(files, { remove })
    expect(filed.status).toBe(201)
    expect(await file(person, body, 'killed-after')).toMatchObject({ status: 201, body: filed.body })
    await post(uploads[0], await photo('red'))
    const before = await read(person, filed.body.id, uploads[0])
    await county.door('POST', 'clock', { advanceHours: 1 })
    await removeExpired()
    const ofCase = (await keys()).filter((key) => uploads.some(({ id }) => key.includes(id)))
    expect(ofCase).toHaveLength(3)
    expect(ofCase.filter((key) => !key.startsWith('papers/'))).toEqual([])
    expect(await read(person, filed.body.id, uploads[0])).toEqual(before)
    await removeExpired()
    expect(await read(person, filed.body.id, uploads[0])).toEqual(before)
  })

  test('are gone with their drafts after a week, what a refused filing had sealed too', async () => {
    const { person, uploads, body } = await applicationOf(threeOf(await photo('white')))
    const refused = await file(
      person,
      { ...body, answers: { ...body.answers, name: '沈别人' } },
      'refused-once',
    )
    expect(refused.status).toBe(422)
    const of = async () => (await keys()).filter((key) => uploads.some(({ id }) => key.includes(id)))
    expect((await of()).length).toBeGreaterThan(3)
    await county.door('POST', 'clock', { advanceHours: 24 * 8 })
    await removeExpired()
    expect(await of()).toEqual([])
  })

  test('brought by a supplement stand beside those that were there', async () => {
    const { person, uploads, body } = await applicationOf(threeOf(await photo('white')))
    const filed = await file(person, body, 'supplemented')
    const { id } = filed.body
    await act(await county.as('wang-lixin'), id, 'verify')
    const asked = await act(await county.as('zhao-min'), id, 'request-correction', {
      reason: '看不清',
      items: [{ kind: 'material', name: ALLOWANCE.papers[1], reason: '重拍一张' }],
    })
    expect(asked.status, JSON.stringify(asked.body)).toBe(200)
    const kept = await read(person, id, uploads[0])
    await post(uploads[0], await photo('black'))
    const brought = await promise(person)
    await post(brought, await photo('green'))
    const supply = {
      key: 'supply-once',
      body: {
        version: (await caseOf(person, id)).version,
        answers: {},
        materials: [{ name: ALLOWANCE.papers[1], files: [brought.id] }],
      },
    }
    const supplied = await person.send('POST', `/api/cases/${id}/supplement`, supply)
    expect(supplied.status, JSON.stringify(supplied.body)).toBe(200)
    const added = await read(person, id, brought)
    await post(brought, await photo('red'))
    expect(await person.send('POST', `/api/cases/${id}/supplement`, supply)).toMatchObject({
      status: 200,
      body: supplied.body,
    })
    expect(await read(person, id, uploads[0])).toEqual(kept)
    expect(await read(person, id, brought)).toEqual(added)
  })

  test('are read with one statement and one question to the store, and nothing else of the case is unsealed', async () => {
    const { person, uploads, body } = await applicationOf(threeOf(await photo('white')))
    const { id } = (await file(person, body, 'read-alone')).body
    // A message of the filing would be unsealed in the middle of the reading.
    await sendAll(county)
    const asked: string[] = []
    const { files, cipher } = county.services
    const watched = [
      [askedBy(county), ['rows']],
      [files, ['read', 'write', 'remove', 'list']],
      [cipher, ['decrypt']],
    ] as const
    const restore = watched.map(([port, names]) => {
      const own = port as unknown as Record<string, (...given: unknown[]) => unknown>
      const real = Object.fromEntries(
        names.flatMap((name) => (own[name] ? [[name, own[name].bind(port)]] : [])),
      )
      Object.assign(
        port,
        Object.fromEntries(
          Object.entries(real).map(([name, call]) => [
            name,
            (...given: unknown[]) => {
              asked.push(name)
              return call(...given)
            },
          ]),
        ),
      )
      return () => Object.assign(port, real)
    })
    const { status } = await read(person, id, uploads[0])
    for (const back of restore) back()
    expect([status, asked]).toEqual([200, ['rows', 'read']])
  })

  test('of a case of before stay where they are and open', async () => {
    const { person, uploads, body } = await applicationOf(threeOf(await photo('white')))
    const { id } = (await file(person, body, 'of-before')).body
    const key = `uploads/${uploads[0].id}`
    const bytes = await photo('white', 'jpeg')
    await county.services.files.write(key, bytes, 'image/jpeg')
    await county.services.database.rows(sql`update uploads set storage_key = ${key}, content_type = 'image/png',
      arrived_digest = null, kept_digest = null where id = ${uploads[0].id}::uuid`)
    expect(await read(person, id, uploads[0])).toEqual({ status: 200, contentType: 'image/jpeg', bytes })
  })
})
