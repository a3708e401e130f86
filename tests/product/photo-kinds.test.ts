import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { type County, newcomer, openCounty } from './county'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const DALIANG = '341821105200'

test.each(['png', 'jpeg', 'webp'] as const)(
  'each kind of photo that the county takes, in a field of photos and as a card of one side: %s',
  async (format) => {
    const born = { name: '甘照片', birth: '1944-03-05', villageCode: DALIANG }
    const { person, idNumber } = await newcomer(county, { ...born, level: 3 })
    const item = packItems().find(({ id }) => id === 'LX-006')
    if (!item) throw new Error('no item')
    expect(item.materials.find(({ name }) => name === '居民身份证')?.sides).toBe(2)
    const photo = await sharp({ create: { width: 24, height: 16, channels: 3, background: 'red' } })
      .toFormat(format)
      .toBuffer()
    const uploads = await Promise.all(
      [...item.materials, ...item.fields].map((_, at) => person.upload(photo, `image/${format}`, `${at}`)),
    )
    const input = validInput(item, createRandom(3), {
      ...packContext(plainDate('2026-11-24')),
      onFileCredentialCodes: new Set(),
      uploadId: () => uploads.pop() ?? '',
      identity: { name: born.name, idNumber, mobile: '15400000001' },
      villageCode: DALIANG,
    })
    const filed = await person.send('POST', '/api/cases', { body: { serviceItemId: item.id, ...input } })
    expect([filed.status, filed.body]).toMatchObject([201, {}])
  },
)
