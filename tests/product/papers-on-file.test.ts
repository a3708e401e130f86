import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApplicationForm, CaseCreated } from '#shared/contract/application'
import { type County, openCounty, type Person } from './county'

// On file means on file for the applicant, whoever applies.
let county: County
let son: Person
beforeAll(async () => {
  county = await openCounty()
  son = await county.as('li-jianguo')
})
afterAll(() => county.close())

// 李建国 of the pack is confirmed and has an ID card on file; his mother's lies there too.
const SON = { name: '李建国', idNo: '341821196805123019' }
const MOTHER = { name: '陈桂兰', idNo: '341821194611180024' }
const CARD = '居民身份证'

interface Refused extends CaseCreated {
  readonly code: string
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly message: string }[]
}

/** 失业登记 without its paper unless one is brought. */
const file = (who: object, more: { readonly agent?: boolean; readonly materials?: readonly object[] } = {}) =>
  son.send<Refused>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-017',
      answers: {
        ...who,
        mobile: '15400000001',
        villageCode: '341821105200',
        leaveDate: '2026-11-01',
        leaveReason: '个人辞职',
      },
      materials: [],
      ...more,
    },
  })
const formOf = async (itemId: string) =>
  (await son.send<ApplicationForm>('GET', `/api/service-items/${itemId}/form`)).body

test.each([[false], [true]])(
  'a son’s papers are not his mother’s, be he her agent or not: what is lacking is named (agent: %s)',
  async (agent) => {
    const refused = await file(MOTHER, { agent })
    expect([refused.status, refused.body.code]).toEqual([422, 'application.invalid'])
    expect(refused.body.errors).toEqual([
      { pointer: '/materials', code: 'material.required', message: `还差“${CARD}”` },
    ])
    const materials = [{ name: CARD, files: [await son.upload()] }]
    const filed = await file(MOTHER, { agent, materials })
    expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  },
)

test('for himself he brings nothing that is there, and his form says so', async () => {
  expect((await formOf('LX-017')).onFileCredentialCodes).toEqual(['LIC-IDCARD'])
  const filed = await file(SON)
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
})

test('a firm is another applicant: its form counts nothing of its agent’s own papers as given', async () => {
  expect((await formOf('LX-042')).onFileCredentialCodes).toEqual([])
  const brought = await Promise.all(
    ['营业执照', '经营场所权属'].map(async (name) => ({ name, files: [await son.upload()] })),
  )
  const body = {
    serviceItemId: 'LX-042',
    answers: {
      entName: '郎溪县梅渚镇李记小吃店',
      uscc: '92341821DEM903328K',
      legalRep: SON.name,
      contact: SON.name,
      mobile: '15400000001',
      bizAddress: '梅渚镇大街1号',
    },
    materials: brought,
  }
  const refused = await son.send<Refused>('POST', '/api/cases', { body })
  expect([refused.status, refused.body.errors]).toEqual([
    422,
    [{ pointer: '/materials', code: 'material.required', message: `还差“${CARD}”` }],
  ])
  const materials = [...brought, { name: CARD, files: [await son.upload()] }]
  const filed = await son.send<Refused>('POST', '/api/cases', { body: { ...body, materials } })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
})
