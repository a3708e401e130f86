import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Files, PostForm } from './files'

export interface OpenedFiles {
  readonly files: Files
  /** The clock that checks forms. */
  now(): Instant
  advance(seconds: number): void
  close(): Promise<void>
}

// A white pixel: stores that look at the bytes take it for the photo it is.
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

const newKey = () => `uploads/${randomUUID()}`

/** Posts as a browser and wx.uploadFile do: the fields in order, the file last. */
async function post({ url, fields }: PostForm, bytes: Uint8Array): Promise<number> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'photo.png')
  return (await fetch(url, { method: 'POST', body: form })).status
}

/** What every store of files does; forms are posted over HTTP to wherever they say. */
export function filesContract(name: string, open: () => Promise<OpenedFiles>) {
  describe(`files: ${name}`, () => {
    let opened: OpenedFiles
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close())

    const formFor = (key: string, maxBytes = PIXEL.length) =>
      opened.files.createPostForm({ key, contentType: 'image/png', maxBytes, promisedAt: opened.now() })
    const read = async (key: string) => {
      const bytes = await opened.files.read(key)
      return bytes && Buffer.from(bytes)
    }
    /** A post that must be refused leaves nothing under either key. */
    const refused = async (form: PostForm, bytes: Uint8Array, ...keys: string[]) => {
      const status = await post(form, bytes)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
      for (const key of keys) expect(await read(key)).toBeUndefined()
    }

    it('knows nothing of a file that never came', async () => {
      const key = newKey()
      expect(await read(key)).toBeUndefined()
      expect(await opened.files.has(key)).toBe(false)
      await opened.files.remove(key)
    })

    it('tells whether it has a file without reading it', async () => {
      const key = newKey()
      await opened.files.write(key, PIXEL, 'image/png')
      expect(await opened.files.has(key)).toBe(true)
      await opened.files.remove(key)
      expect(await opened.files.has(key)).toBe(false)
    })

    it('keeps one whole file of several written at once', async () => {
      const key = newKey()
      const writers = [1, 2, 3, 4].map((digit) => new Uint8Array(50_000).fill(digit))
      await Promise.all(writers.map((bytes) => opened.files.write(key, bytes, 'application/pdf')))
      const kept = (await read(key)) ?? Buffer.of()
      expect(kept).toHaveLength(50_000)
      expect(new Set(kept)).toEqual(new Set([kept[0]]))
    })

    it('gives back what was written, the last time', async () => {
      const key = newKey()
      await opened.files.write(key, new Uint8Array([1, 2, 3]), 'application/pdf')
      await opened.files.write(key, PIXEL, 'image/png')
      expect(await read(key)).toEqual(PIXEL)
    })

    it('is whole for whoever reads while several write it', async () => {
      const key = newKey()
      const write = () => opened.files.write(key, PIXEL, 'image/png')
      await write()
      const reads = Array.from({ length: 20 }, async (_, index) => {
        if (index % 2 === 0) await write()
        return read(key)
      })
      expect(await Promise.all(reads)).toEqual(reads.map(() => PIXEL))
    })

    it('keeps an empty file and removes a file', async () => {
      const key = newKey()
      await opened.files.write(key, new Uint8Array(), 'text/plain')
      expect(await read(key)).toHaveLength(0)
      await opened.files.remove(key)
      expect(await read(key)).toBeUndefined()
    })

    it('names the files of a folder, and of no other', async () => {
      const folder = `papers/${randomUUID()}`
      expect(await opened.files.keysIn(folder)).toEqual([])
      const names = ['one', 'two'].map((name) => `${folder}/${name}`)
      for (const key of [...names, `${folder}0/three`]) await opened.files.write(key, PIXEL, 'image/png')
      expect([...(await opened.files.keysIn(folder))].sort()).toEqual(names)
    })

    it('makes the same form of the same promise', async () => {
      const promise = { key: newKey(), contentType: 'image/png', maxBytes: 9, promisedAt: opened.now() }
      const form = await opened.files.createPostForm(promise)
      opened.advance(5)
      expect(await opened.files.createPostForm(promise)).toEqual(form)
    })

    it('takes the one file that a form was made for', async () => {
      const key = newKey()
      expect(await post(await formFor(key), PIXEL)).toBeLessThan(300)
      expect(await read(key)).toEqual(PIXEL)
    })

    it('refuses another key than the form’s', async () => {
      const [key, other] = [newKey(), newKey()]
      const form = await formFor(key)
      await refused({ ...form, fields: { ...form.fields, key: other } }, PIXEL, key, other)
    })

    it('refuses another type than the form’s', async () => {
      const key = newKey()
      const form = await formFor(key)
      await refused({ ...form, fields: { ...form.fields, 'Content-Type': 'text/html' } }, PIXEL, key)
    })

    it('refuses a file that is larger than promised', async () => {
      const key = newKey()
      await refused(await formFor(key), Buffer.concat([PIXEL, Buffer.alloc(1)]), key)
    })

    it('refuses a policy that somebody else wrote', async () => {
      const key = newKey()
      const [form, larger] = [await formFor(key), await formFor(key, 1_000_000)]
      const { policy = '' } = larger.fields
      await refused({ ...form, fields: { ...form.fields, policy } }, Buffer.alloc(500_000), key)
    })

    it('refuses a form after ten minutes', async () => {
      const [key, late] = [newKey(), newKey()]
      const forms = await Promise.all([formFor(key), formFor(late)])
      opened.advance(590)
      expect(await post(forms[0], PIXEL)).toBeLessThan(300)
      opened.advance(20)
      await refused(forms[1], PIXEL, late)
    })
  })
}
