import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import { certificateOf, certifiedFirm, examine, fileForFirm } from './certifying'
import { type County, caseOf, openCounty, type Person } from './county'

// Whose word ends the days to speak of a firm, what takes it back, and what follows a permit that was got by fraud.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

type Refused = { readonly code?: string }
const send = async (person: Person, id: string, door: string, more: object) =>
  person.send<Refused>('POST', `/api/cases/${id}/${door}`, {
    body: { version: (await caseOf(person, id)).version, ...more },
  })
const told = async (person: Person, title: RegExp) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter((each) => title.test(each.title))

test('an agent for one item does not end the hearing of the firm, and what its owner says later takes his own word back', async () => {
  const { owner, id } = await certifiedFirm(county)
  await county.services.database.rows(
    sql`update enterprise_agents set item_ids = array['LX-034', 'LX-037'] where item_ids = array['LX-034']`,
  )
  const agent = await county.as('zhou-xiaomei')
  const certificate = await certificateOf(owner, id)
  const proposer = await county.as('approver-health-1')
  const decider = await county.as('approver-health-2')
  const proposal = { action: 'propose-revocation', basis: 'fraud', reason: '检测报告是假的' }
  const proposed = await send(proposer, id, 'after-decision', proposal)
  expect(proposed.status, JSON.stringify(proposed.body)).toBe(200)
  expect((await caseOf(agent, id)).revocation).toMatchObject({ maySpeak: true, maySayAll: false })
  const nothing = { statement: '没什么说的', isAll: true }
  expect(await send(agent, id, 'statement', nothing)).toMatchObject({ status: 409 })
  expect((await send(agent, id, 'statement', { statement: '报告是检测公司给的' })).status).toBe(200)
  expect(await told(owner, /你的意见记下了/)).toEqual([])
  expect(await told(owner, /：说了意见/)).toHaveLength(1)
  const revoke = { action: 'revoke-decision', reason: '查实了，报告是假的' }
  const isOpen = { status: 409, body: { code: 'case.hearing-open' } }
  expect(await send(decider, id, 'after-decision', revoke)).toMatchObject(isOpen)
  expect((await send(owner, id, 'statement', nothing)).status).toBe(200)
  expect((await caseOf(decider, id)).staff?.afterDecision?.allowed).toContain('revoke-decision')
  const more = { statement: '我还有话说，周五当面来讲' }
  expect((await send(owner, id, 'statement', more)).status).toBe(200)
  expect((await caseOf(decider, id)).staff?.afterDecision?.allowed).not.toContain('revoke-decision')
  expect(await send(decider, id, 'after-decision', revoke)).toMatchObject(isOpen)
  expect((await send(owner, id, 'statement', nothing)).status).toBe(200)
  const done = await send(decider, id, 'after-decision', revoke)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  // The paper names the certificate that is void with it, and for how long nobody may apply again.
  const view = await caseOf(owner, id)
  const path = `/api/cases/${id}/documents/${view.outcome.documentId}`
  const words = (await owner.send<CaseDocument>('GET', path)).body.paragraphs.join('\n')
  const { title, documentNumber } = certificate.document
  expect(words).toContain(`同时作废、请交回的证件：《${title}》（${documentNumber}）`)
  expect(words).toContain('三年内不得再次申请')
  // Whoever decides on the next application is told; the pack does not say whether the law shuts it out.
  const again = await fileForFirm(county)
  expect(again.filed.status, JSON.stringify(again.filed.body)).toBe(201)
  const window = await county.as('window-health')
  const accept = (await caseOf(window, again.id)).staff?.allowed.find(({ action }) => action === 'accept')
  expect(accept?.warning).toMatch(/因为欺骗.*\d{4}年\d+月\d+日以前不得再次申请/)
  await examine(county, again.id)
  const grant = (await caseOf(proposer, again.id)).staff?.allowed.find(({ action }) => action === 'grant')
  expect(grant?.warning).toContain('行政许可法第七十九条')
})
