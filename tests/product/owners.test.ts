import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseChanged, CaseList } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const DALIANG = '341821105200'
const OWNER = { id: 'chen-guilan', name: '陈桂兰', idNumber: '341821194611180024' }

const PAPERS = ['居民身份证', '居民户口簿', '社会保障卡（或本人银行卡）']

/** 高龄津贴 for whoever is named; the window and the reviewer are those of 梅渚镇. */
async function allowance(
  person: Person,
  applicant: { name: string; idNumber: string; birth?: string; villageCode?: string },
  more: Record<string, unknown> = {},
) {
  const materials = await Promise.all(PAPERS.map(async (name) => ({ name, files: [await person.upload()] })))
  const { name, idNumber, birth, villageCode } = applicant
  return person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-005',
      answers: {
        name,
        idNo: idNumber,
        mobile: '15400000003',
        villageCode: villageCode ?? DALIANG,
        birth: birth ?? '1946-11-18',
        bankCard: '6299000043030583308',
      },
      materials,
      ...more,
    },
  })
}

const neighbour = (level: 2 | 3 = 3, name = '邻居甲') =>
  newcomer(county, { name, birth: '1985-04-05', villageCode: DALIANG, level })

async function ask(caseId: string, items: readonly { kind: 'field' | 'material'; name: string }[]) {
  return act(await county.as('zhao-min'), caseId, 'request-correction', {
    reason: '还要补几样',
    items: items.map((each) => ({ ...each, reason: '不清楚' })),
  })
}

const supplement = async (person: Person, caseId: string, brought: Record<string, unknown>) =>
  person.send<CaseChanged>('POST', `/api/cases/${caseId}/supplement`, {
    body: { version: (await caseOf(person, caseId)).version, ...brought },
  })

const messagesOf = async (person: Person, caseNumber: string) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ lines }) =>
    lines.some((line) => line.includes(caseNumber)),
  )

describe('a case that somebody filed for its owner', () => {
  test('is told to the owner once; either may answer what is asked, each with own papers alone', async () => {
    const owner = await county.as(OWNER.id)
    const { person: filer } = await neighbour()
    const { body: filed } = await allowance(filer, OWNER, { agent: true })
    expect((await messagesOf(owner, filed.caseNumber)).map(({ title }) => title)).toEqual([
      '高龄津贴有人帮你申请了',
    ])
    expect(await messagesOf(filer, filed.caseNumber)).toHaveLength(1)
    await ask(filed.id, [{ kind: 'material', name: PAPERS[0] ?? '' }])
    const answered = await supplement(owner, filed.id, {
      materials: [{ name: PAPERS[0], files: [await owner.upload()] }],
    })
    expect(answered, JSON.stringify(answered.body)).toMatchObject({
      status: 200,
      body: { status: 'submitted' },
    })
    // The filer hears of it, and the timeline names nobody as somebody else.
    expect((await messagesOf(filer, filed.caseNumber)).map(({ title }) => title)).toContain(
      '高龄津贴补了材料',
    )
    const seen = await caseOf(owner, filed.id)
    expect(seen.timeline.find(({ type }) => type === 'filed')?.who).toBe('帮办的人')
    expect(seen.timeline.find(({ type }) => type === 'supplemented')?.who).toBe('你')
    expect((await caseOf(filer, filed.id)).timeline.find(({ type }) => type === 'supplemented')?.who).toBe(
      '本人',
    )
  })

  test('is taken back or over by the owner alone; who filed it then sees it no more', async () => {
    const owner = await county.as(OWNER.id)
    const { person: filer } = await neighbour()
    const { body: filed } = await allowance(filer, OWNER, { agent: true })
    const before = await caseOf(filer, filed.id)
    expect(before).toMatchObject({ mayWithdraw: true, mayTakeOver: false })
    const stolen = await filer.send('POST', `/api/cases/${filed.id}/takeover`, {
      body: { version: before.version },
    })
    expect(stolen.status).toBe(409)
    expect(await caseOf(owner, filed.id)).toMatchObject({ mayWithdraw: true, mayTakeOver: true })
    const taken = await owner.send<CaseChanged>('POST', `/api/cases/${filed.id}/takeover`, {
      body: { version: before.version },
    })
    expect(taken.status, JSON.stringify(taken.body)).toBe(200)
    expect((await filer.send('GET', `/api/cases/${filed.id}`)).status).toBe(404)
    expect((await filer.send<CaseList>('GET', '/api/cases')).body.items.map(({ id }) => id)).not.toContain(
      filed.id,
    )
    const files = (await caseOf(owner, filed.id)).papers.flatMap((paper) => paper.files)
    expect((await filer.send('GET', files[0]?.url ?? '')).status).toBe(404)
    expect((await messagesOf(filer, filed.caseNumber)).map(({ title }) => title)).toContain(
      '高龄津贴由本人接着办',
    )
    // The owner is who the case is for: nothing is left to confirm.
    expect(await caseOf(owner, filed.id)).toMatchObject({ identityConfirmed: true, mayTakeOver: false })
    expect(
      (
        await owner.send('POST', `/api/cases/${filed.id}/withdrawal`, {
          body: { version: taken.body.version },
        })
      ).status,
    ).toBe(200)
  })
})

describe('what a supplement may change', () => {
  test('name and number of a confirmed applicant are not asked for, nor changed by the way', async () => {
    const { person, idNumber } = await newcomer(county, {
      name: '钱月英',
      birth: '1944-03-05',
      villageCode: DALIANG,
      level: 3,
    })
    const { body } = await allowance(person, { name: '钱月英', idNumber, birth: '1944-03-05' })
    for (const name of ['name', 'idNo']) {
      expect(await ask(body.id, [{ kind: 'field', name }])).toMatchObject({
        status: 422,
        body: { code: 'case.identity-fixed' },
      })
    }
    await ask(body.id, [{ kind: 'field', name: 'mobile' }])
    const other = await neighbour(2)
    const swapped = await supplement(person, body.id, {
      answers: { mobile: '15400000009', name: '邻居甲', idNo: other.idNumber },
    })
    expect(swapped).toMatchObject({ status: 422, body: { code: 'application.invalid' } })
    expect((await supplement(person, body.id, { answers: { mobile: '15400000009' } })).status).toBe(200)
  })

  test('a number asked for while it was unconfirmed counts as answered from the confirmation on', async () => {
    const { person, idNumber } = await newcomer(county, {
      name: '钱月娥',
      birth: '1944-03-06',
      villageCode: DALIANG,
      level: 2,
    })
    const { body } = await allowance(person, { name: '钱月娥', idNumber, birth: '1944-03-06' })
    await ask(body.id, [{ kind: 'field', name: 'idNo' }])
    const window = await county.as('zhao-min')
    const confirmed = await window.send<CaseChanged>('POST', `/api/cases/${body.id}/identity-confirmation`, {
      body: { version: (await caseOf(window, body.id)).version, reason: '本人带身份证来的' },
    })
    expect(confirmed).toMatchObject({ status: 200, body: { status: 'submitted' } })
    expect((await caseOf(person, body.id)).correction).toBeNull()
  })

  test('a corrected number moves the case to its owner; who owned the wrong one sees it no more', async () => {
    const wrong = await newcomer(county, {
      name: '钱月仙',
      birth: '1944-03-07',
      villageCode: DALIANG,
      level: 3,
    })
    const right = await newcomer(county, {
      name: '钱月兰',
      birth: '1944-03-08',
      villageCode: DALIANG,
      level: 3,
    })
    const { person: filer } = await neighbour()
    const { body } = await allowance(
      filer,
      { name: '钱月仙', idNumber: wrong.idNumber, birth: '1944-03-07' },
      { agent: true },
    )
    expect((await wrong.person.send('GET', `/api/cases/${body.id}`)).status).toBe(200)
    await ask(body.id, [
      { kind: 'field', name: 'name' },
      { kind: 'field', name: 'idNo' },
      { kind: 'field', name: 'birth' },
    ])
    const answered = await supplement(filer, body.id, {
      answers: { name: '钱月兰', idNo: right.idNumber, birth: '1944-03-08' },
    })
    expect(answered, JSON.stringify(answered.body)).toMatchObject({ status: 200 })
    expect((await wrong.person.send('GET', `/api/cases/${body.id}`)).status).toBe(404)
    const own = await caseOf(right.person, body.id)
    expect(own).toMatchObject({ applicantMasked: '钱*兰', identityConfirmed: false, mayTakeOver: true })
  })

  test('a corrected village moves a case that is not accepted to its town', async () => {
    const { person, idNumber } = await newcomer(county, {
      name: '钱月桂',
      birth: '1944-03-09',
      villageCode: DALIANG,
      level: 3,
    })
    const { body } = await allowance(person, { name: '钱月桂', idNumber, birth: '1944-03-09' })
    await ask(body.id, [{ kind: 'field', name: 'villageCode' }])
    const [elsewhere] = await county.services.database.rows<{ id: string; name: string; townId: string }>(
      sql`select id, name, parent_id as "townId" from units where kind = 'village' and parent_id <> '341821105' limit 1`,
    )
    expect((await supplement(person, body.id, { answers: { villageCode: elsewhere?.id } })).status).toBe(200)
    const view = await caseOf(person, body.id)
    expect(view.villageName).toBe(elsewhere?.name)
    const rows = await county.services.database.rows<{
      role: string
      unitId: string
      stepKey: string
      partUnitId: string
    }>(sql`select role, unit_id as "unitId", step_key as "stepKey", part_unit_id as "partUnitId" from case_tasks
      where case_id = ${body.id}::uuid`)
    expect(rows.filter(({ stepKey }) => stepKey === 'accept').map(({ unitId }) => unitId)).toEqual([
      elsewhere?.townId,
    ])
    expect(rows.filter(({ stepKey }) => stepKey === 'assist').map(({ partUnitId }) => partUnitId)).toEqual([
      elsewhere?.id,
    ])
  })
})
