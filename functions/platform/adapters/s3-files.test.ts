import { expect, it } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { startStrictS3 } from '../../../tests/services/strict-s3'
import { filesContract } from '../ports/files.contract'
import { createS3Files } from './s3-files'

const bucket = {
  bucket: 'papers',
  region: 'cn-east-1',
  accessKeyId: 'local-access-key',
  secretAccessKey: 'local-secret-key',
}

async function open(change: Partial<typeof bucket> = {}) {
  let now = Date.now()
  const store = await startStrictS3(bucket, () => now)
  return {
    files: createS3Files({ ...bucket, ...change, endpoint: store.endpoint }),
    now: () => new Date(now).toISOString() as Instant,
    advance: (seconds: number) => {
      now += seconds * 1000
    },
    close: store.close,
  }
}

filesContract('S3', () => open())

it.each([
  ['a wrong secret', { secretAccessKey: 'another-secret-key' }],
  ['another region', { region: 'cn-north-1' }],
  ['a bucket that is not there', { bucket: 'elsewhere' }],
])('says so when the store refuses: %s', async (_, change) => {
  const { files, close } = await open(change)
  await expect(files.write('uploads/one', new Uint8Array([1]), 'image/png')).rejects.toThrow(
    /answered 40[34]/,
  )
  await close()
})
