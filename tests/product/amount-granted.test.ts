import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { Problem } from '#shared/contract/problems'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { file } from '../e2e/scenes'
import { act, type County, caseOf, openCounty, type Person } from './county'
import { disowning } from './disowning'

// A decision that pays says how much: without it there is nothing to pay, and nothing to object to.
let county: County
let reviewer: Person
let owner: Person
let id: string
const { born, does, toldOf } = disowning(() => county)

beforeAll(async () => {
  county = await openCounty()
  const applicant = await born('钱临时', 3, '1980-01-01')
  owner = applicant.person
  id = await file(county, applicant, 'LX-009')
  const first = await caseOf(await county.as('wang-lixin'), id).catch(() => null)
  if (first?.staff?.allowed.some(({ action }) => action === 'verify')) await does('wang-lixin', id, 'verify')
  await does('zhao-min', id, 'accept')
  reviewer = await county.as('sun-zhiyuan')
})
afterAll(() => county.close())

test('the one who grants it is asked how much, and may not leave it out', async () => {
  const { version, staff } = await caseOf(reviewer, id)
  const grant = staff?.allowed.find(({ action }) => action === 'grant')
  expect(grant?.amountAsked).toBe('once')
  expect(staff?.decisionDrafts.find(({ action }) => action === 'grant')?.paid).toContain('发放 ＿＿ 元')
  const { status, body } = await reviewer.send<Problem>('POST', `/api/cases/${id}/actions`, {
    body: { action: 'grant', stepKey: grant?.stepKey, unitId: grant?.unitId, version },
  })
  expect([status, body.code, body.errors?.map(({ pointer }) => pointer)]).toEqual([
    422,
    'case.amount-missing',
    ['/amount'],
  ])
})

test('what the guide says is paid in general is told beside the amount, and is no wall', async () => {
  const { staff } = await caseOf(reviewer, id)
  const grant = staff?.allowed.find(({ action }) => action === 'grant')
  expect(grant?.amountUsual).toEqual({ least: 500_00, most: 5_000_00 })
  expect(staff?.allowed.filter(({ action }) => action !== 'grant').some((each) => each.amountUsual)).toBe(
    false,
  )
})

test('what was said stands on the paper, in the message and on the page of the result', async () => {
  expect((await act(reviewer, id, 'grant', { amount: 6_200_50 })).status).toBe(200)
  const { documents, pay } = await caseOf(owner, id)
  expect(pay?.amount).toBe('6,200.50 元')
  const decision = documents.find(({ kind }) => kind === 'confirm' || kind === 'grant')
  const paper = await owner.send<CaseDocument>('GET', `/api/cases/${id}/documents/${decision?.id}`)
  expect(JSON.stringify(paper.body)).toContain('发放 6,200.50 元')
  expect(JSON.stringify(paper.body)).not.toContain('演示一般')
  const [granted] = (await toldOf(owner, id)).filter(({ title }) => title.includes('批准'))
  expect(granted?.lines.join()).toContain('6,200.50 元')
  expect(await rebuildCases({ services: county.services, words: [], print: () => undefined })).toBe(0)
})

test('where the guide says how much for the answers it is not asked', async () => {
  const elder = await born('钱高龄', 3)
  const other = await file(county, elder, 'LX-005')
  await does('zhao-min', other, 'accept')
  const grant = (await caseOf(reviewer, other)).staff?.allowed.find(({ action }) => action === 'grant')
  expect(grant && 'amountAsked' in grant).toBe(false)
  await does('sun-zhiyuan', other, 'grant')
  expect((await caseOf(elder.person, other)).pay?.amount).toBe('每月 50 元')
})
