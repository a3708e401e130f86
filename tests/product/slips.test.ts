import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { CertificateFacts } from '#shared/contract/certificate'
import { bornBy, file, play } from '../e2e/scenes'
import { certificateOf, certifiedFirm, codeOf, FIRM } from './certifying'
import { type County, caseOf, openCounty, type Person } from './county'

// What a correction may touch: slips of the pen alone. Whom a decision is for is the decision itself.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

type Refused = { readonly code?: string; readonly errors?: readonly { readonly pointer: string }[] }

async function correct(person: Person, id: string, written: string, corrected: string) {
  const { version } = await caseOf(person, id)
  const body = { version, action: 'correct-decision', reason: '录的时候打错了字', written, corrected }
  return person.send<Refused>('POST', `/api/cases/${id}/after-decision`, { body })
}
const check = async (code: string) =>
  (await county.visitor.send<CertificateFacts>('GET', `/api/certificates/${code}`)).body

test('neither the holder nor the matter, its certificate, article or days are corrected, and the certificate stands', async () => {
  const owner = await bornBy(county, '1963-05-20')('陈更正')
  const id = await file(county, owner, 'LX-036')
  await play(county, id, [
    ['window', 'accept'],
    ['window', 'grant'],
    ['window', 'conclude'],
  ])
  const clerk = await county.as('zhao-min')
  const { decision } = await caseOf(owner.person, id)
  const said = decision?.paragraphs.join('') ?? ''
  const [filedOn = ''] = /\d{4}年\d+月\d+日/.exec(said) ?? []
  const [law = ''] = /《[^》]*》/.exec(said) ?? []
  const holder = { status: 422, body: { code: 'case.slip-holder', errors: [{ pointer: '/written' }] } }
  const decides = { status: 422, body: { code: 'case.slip-decides', errors: [{ pointer: '/written' }] } }
  expect(await correct(clerk, id, '陈更正', '周二丫')).toMatchObject(holder)
  expect(await correct(clerk, id, '陈更', '陈耿')).toMatchObject(holder)
  expect(await correct(clerk, id, '食品摊贩备案卡', '食品摊贩登记卡')).toMatchObject(decides)
  expect(await correct(clerk, id, `你于${filedOn}`, '你于2026年3月1日')).toMatchObject(decides)
  expect(await correct(clerk, id, law, '《别的法》')).toMatchObject(decides)
  expect((await caseOf(owner.person, id)).documents.filter(({ kind }) => kind === 'amendment')).toEqual([])
  const { document } = await certificateOf(owner.person, id)
  expect(document).toMatchObject({ mark: null, recipient: expect.stringContaining('陈更正') })
  expect(await check(codeOf(document))).toMatchObject({ status: 'valid', holderMasked: '陈*正' })
})

test('the holder’s name is put right to the one that is confirmed alone, and the certificate and its public check follow', async () => {
  const { owner, id } = await certifiedFirm(county)
  const NEW = '郎溪县梅渚镇李记小食店'
  await county.services.database.rows(
    sql`update enterprises set name = ${NEW} where credit_code = ${FIRM.uscc}`,
  )
  const approver = await county.as('approver-health-1')
  expect(await correct(approver, id, FIRM.entName, '郎溪县十字镇味香小馆')).toMatchObject({
    status: 422,
    body: { code: 'case.slip-holder' },
  })
  const before = await certificateOf(owner, id)
  const done = await correct(approver, id, FIRM.entName, NEW)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  const view = await caseOf(owner, id)
  expect(view.applicantMasked).toBe(NEW)
  const amendment = view.documents.find(({ kind }) => kind === 'amendment')
  const { document } = await certificateOf(owner, id)
  const words = `已更正，见${amendment?.documentNumber}`
  expect(document.mark).toMatchObject({ kind: 'corrected', words, documentId: amendment?.id })
  expect(before.document.mark).toBeNull()
  const paper = (
    await owner.send<CaseDocument>('GET', `/api/cases/${id}/documents/${amendment?.id}`)
  ).body.paragraphs.join('\n')
  expect(paper).toContain('持有人没有变')
  expect(paper).toContain(`名字同时更正的证件：《${document.title}》（${document.documentNumber}）`)
  expect(await check(codeOf(document))).toMatchObject({
    status: 'valid',
    holderMasked: NEW,
    correctedBy: amendment?.documentNumber,
  })
  // It bears the confirmed name now: no other one is put in its place.
  expect(await correct(approver, id, NEW, FIRM.entName)).toMatchObject({ body: { code: expect.any(String) } })
  expect((await caseOf(owner, id)).documents.filter(({ kind }) => kind === 'amendment')).toHaveLength(1)
})
