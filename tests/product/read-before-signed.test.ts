import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DraftedPapers } from '#shared/contract/after-decision'
import type { CaseDocument } from '#shared/contract/case'
import { bornBy, file, play } from '../e2e/scenes'
import { certifiedFirm, FIRM } from './certifying'
import { type County, caseOf, openCounty, type Person } from './county'

// What goes out by an act on a signed decision is read first, in the very words in which it goes out.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-03-02T09:42:00+08:00' })
})
afterAll(() => county.close())

const REVIEWER = 'sun-zhiyuan'
const APPROVER = 'wu-deming'
const CONCLUDED = [
  ['village', 'verify'],
  ['window', 'accept'],
  ['reviewer', 'grant'],
  ['window', 'conclude'],
] as const
const PROPOSE = { action: 'propose-revocation', basis: 'unqualified', reason: '户口在外县，迁来还没满一年' }
const REVOKE = { action: 'revoke-decision', reason: '说的情况查了，没有新的材料，不采纳' }
const KEEP = { action: 'keep-decision', reason: '又查了户籍，满一年了' }

async function granted(name: string) {
  const owner = await bornBy(county)(name)
  const id = await file(county, owner, 'LX-005')
  await play(county, id, CONCLUDED)
  return { owner, id }
}

const sent = async <Answer>(person: Person, id: string, door: string, body: object) => {
  const { version } = await caseOf(person, id)
  return person.send<Answer>('POST', `/api/cases/${id}/${door}`, { body: { version, ...body } })
}
const shown = (person: Person, id: string, body: object) =>
  sent<DraftedPapers & { readonly code?: string }>(person, id, 'after-decision/papers', body)

/** Reads it, does it, and lays beside it what was issued. */
async function readThenDone(staffId: string, id: string, body: object) {
  const person = await county.as(staffId)
  const before = await caseOf(person, id)
  const { status, body: answer } = await shown(person, id, body)
  expect(status, JSON.stringify(answer)).toBe(200)
  const after = await caseOf(person, id)
  expect([after.version, after.documents, after.timeline]).toEqual([
    before.version,
    before.documents,
    before.timeline,
  ])
  const done = await sent(person, id, 'after-decision', body)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  const old = before.documents.map((each) => each.id)
  const issued = (await caseOf(person, id)).documents.filter((each) => !old.includes(each.id))
  const papers = await Promise.all(
    issued.map(async (each) => {
      const path = `/api/cases/${id}/documents/${each.id}`
      const { body: paper } = await person.send<CaseDocument>('GET', path)
      const { kind, title, organName, issuedOn, recipient, paragraphs } = paper
      return { kind, title, organName, issuedOn, recipient, paragraphs, number: each.documentNumber }
    }),
  )
  expect(answer.papers.map(({ numberPrefix: _mark, ...each }) => each)).toEqual(
    papers.map(({ number: _number, ...each }) => each),
  )
  for (const [at, { numberPrefix }] of answer.papers.entries())
    expect(papers[at]?.number).toMatch(new RegExp(`^${numberPrefix}\\d+号$`))
  return answer.papers
}

test('a notice, what revokes and what keeps are read as they go out, and nothing is written by reading', async () => {
  const kept = await granted('常先读')
  const [notice] = await readThenDone(REVIEWER, kept.id, PROPOSE)
  expect(notice?.paragraphs.join('')).toContain(PROPOSE.reason)
  expect(notice?.recipient).not.toContain('常先读')
  await readThenDone(APPROVER, kept.id, KEEP)
  const lost = await granted('常再读')
  await readThenDone(REVIEWER, lost.id, PROPOSE)
  const said = '我一直住在大梁，户口去年迁回来的'
  expect((await sent(lost.owner.person, lost.id, 'statement', { statement: said, isAll: true })).status).toBe(
    200,
  )
  const [revocation] = await readThenDone(APPROVER, lost.id, REVOKE)
  expect(revocation?.paragraphs.join('')).toContain(REVOKE.reason)
})

test('a slip is read as it will be put right, of the holder’s name too', async () => {
  const { owner, id } = await certifiedFirm(county)
  const name = '郎溪县梅渚镇李记小食店'
  await county.services.database.rows(
    sql`update enterprises set name = ${name} where credit_code = ${FIRM.uscc}`,
  )
  const slip = {
    action: 'correct-decision',
    reason: '录的时候打错了字',
    written: FIRM.entName,
    corrected: name,
  }
  const [amendment] = await readThenDone('approver-health-1', id, slip)
  expect(amendment?.paragraphs.join('')).toContain(name)
  expect((await caseOf(owner, id)).applicantMasked).toBe(name)
})

test('it is refused as the act itself is, to whoever may not do it and of what cannot be', async () => {
  const { owner, id } = await granted('常不许')
  const reviewer = await county.as(REVIEWER)
  expect(await shown(owner.person, id, PROPOSE)).toMatchObject({
    status: 403,
    body: { code: 'case.not-your-task' },
  })
  const stranger = await bornBy(county)('常路人')
  const path = `/api/cases/${id}/after-decision/papers`
  expect(await stranger.person.send('POST', path, { body: { version: 1, ...PROPOSE } })).toMatchObject({
    status: 404,
  })
  expect(await shown(reviewer, id, KEEP)).toMatchObject({ status: 403 })
  const slip = { action: 'correct-decision', reason: '录错了', written: '常不许', corrected: '周二丫' }
  expect(await shown(reviewer, id, slip)).toMatchObject({ status: 422, body: { code: 'case.slip-holder' } })
  expect(await reviewer.send('POST', path, { body: { version: 1, ...PROPOSE } })).toMatchObject({
    status: 409,
    body: { code: 'case.state-changed' },
  })
})

test('what issues nothing shows nothing, and reading has its measure', async () => {
  const { id } = await granted('常多看')
  const reviewer = await county.as(REVIEWER)
  expect((await sent(reviewer, id, 'after-decision', PROPOSE)).status).toBe(200)
  const statement = { action: 'record-statement', statement: '到窗口说：材料都是真的' }
  expect((await shown(reviewer, id, statement)).body).toEqual({ papers: [] })
  const approver = await county.as(APPROVER)
  const asked = await Promise.all(Array.from({ length: 31 }, () => shown(approver, id, KEEP)))
  expect(asked.some(({ status }) => status === 429)).toBe(true)
})
