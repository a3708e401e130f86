import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseChanged } from '#shared/contract/case'
import type { Queue } from '#shared/contract/work'
import { file as fileFor } from '../e2e/scenes'
import { allowanceOf } from './allowance'
import { act, boundBefore, type County, caseOf, newcomer, openCounty, type Person } from './county'

// Who may act for somebody is judged at each act, and somebody may always act.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const DALIANG = '341821105200'
const LIMING = '341821105203'
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const papers = (person: Person, ...names: string[]) =>
  Promise.all(names.map(async (name) => ({ name, files: [await person.upload()] })))

const send = async (person: Person, caseId: string, door: string, more: object = {}) => {
  const [row] = await rows<{ version: number }>(sql`select version from cases where id = ${caseId}::uuid`)
  return person.send<CaseChanged & { code?: string }>('POST', `/api/cases/${caseId}/${door}`, {
    body: { version: row?.version, ...more },
  })
}

let people = 0
const neighbour = async (level: 1 | 2 | 3, birth = '1944-03-05') => {
  people += 1
  const name = `穆青${'甲乙丙丁戊己庚辛壬癸'.charAt(people)}`
  return { name, ...(await newcomer(county, { name, birth, villageCode: DALIANG, level })) }
}

const inQueue = async (staff: Person, caseId: string) =>
  (await staff.send<Queue>('GET', '/api/work/cases?tab=to-do')).body.items.some(
    (item) => item.caseId === caseId,
  )

describe('a power that has ended', () => {
  async function ofSnackShop() {
    const agent = await county.as('zhou-xiaomei')
    const answers = {
      entName: '郎溪县梅渚镇李记小吃店',
      uscc: '92341821DEM903328K',
      legalRep: '李建国',
      contact: '周小梅',
      mobile: '15400000001',
      format: '餐饮服务经营者',
      items: ['热食类制售'],
      bizAddress: '梅渚镇大街1号',
      area: 50,
      fsManager: '周小梅',
    }
    const names = ['营业执照', '与经营项目相适应的布局图、操作流程', '食品安全规章制度']
    const filed = await agent.send<CaseCreated>('POST', '/api/cases', {
      body: { serviceItemId: 'LX-034', answers, materials: await papers(agent, ...names) },
    })
    expect(filed.status, JSON.stringify(filed.body)).toBe(201)
    return { id: filed.body.id, agent, names }
  }
  const endPower = (until: string) =>
    rows(sql`update enterprise_agents set until = ${until}::date where item_ids = array['LX-034']`)

  test('leaves a plain filer, who takes nothing back and adds nothing, and a case that is not confirmed', async () => {
    const { id, agent, names } = await ofSnackShop()
    expect(await caseOf(agent, id)).toMatchObject({
      identityConfirmed: true,
      mayWithdraw: true,
      mayAdd: true,
    })
    const window = await county.as('qian-xiaoli')
    await endPower('2026-11-23')
    expect(await caseOf(agent, id)).toMatchObject({
      viewer: 'applicant',
      identityConfirmed: false,
      mayWithdraw: false,
      mayAdd: false,
      mayTakeOver: false,
    })
    const phone = { answers: { mobile: '15400000002' } }
    for (const [door, more] of [
      ['withdrawal', {}],
      ['additions', phone],
    ] as const)
      expect(await send(agent, id, door, more), door).toMatchObject({
        status: 409,
        body: { code: 'case.action-not-allowed' },
      })
    await act(window, id, 'request-correction', {
      reason: '看不清',
      items: [{ kind: 'material', name: names[0], reason: '看不清' }],
    })
    // They still read what is asked for, and nothing leads them to answer it.
    expect(await caseOf(agent, id)).toMatchObject({ status: 'correcting', mayAnswer: false })
    const brought = { materials: await papers(agent, names[0] ?? '') }
    expect((await send(agent, id, 'supplement', brought)).status).toBe(409)
    const owner = await county.as('li-jianguo')
    expect(await caseOf(owner, id)).toMatchObject({ mayAnswer: true })
    const own = { materials: await papers(owner, names[0] ?? '') }
    expect((await send(owner, id, 'supplement', own)).status).toBe(200)
    // The firm's own power holds: whoever has it may make the case theirs.
    expect(await caseOf(owner, id)).toMatchObject({ mayTakeOver: true, mayWithdraw: true })
    await endPower('2027-03-31')
    expect(await caseOf(agent, id)).toMatchObject({ identityConfirmed: true, mayWithdraw: true })
  })

  test('does not carry a decision; the window that has the person before it may', async () => {
    const { id } = await ofSnackShop()
    const window = await county.as('qian-xiaoli')
    const reviewer = await county.as('li-wanqing')
    await act(window, id, 'accept')
    await act(reviewer, id, 'pass')
    const officerIds = ['li-wanqing', 'zhao-gang']
    await act(reviewer, id, 'record-visit', { officerIds, reason: '现场看过，合格' })
    await act(reviewer, id, 'pass')
    await endPower('2026-11-23')
    const [approver] = await rows<{ id: string }>(
      sql`select staff_id as id from staff_roles where role = 'dept-approver' and unit_id = 'market' order by 1`,
    )
    const decider = await county.as(approver?.id ?? '')
    const seen = await caseOf(decider, id)
    expect(seen).toMatchObject({ identityConfirmed: false, staff: { powerEnded: true } })
    const target = {
      action: 'grant',
      stepKey: seen.staff?.steps.find(({ status }) => status === 'open')?.key,
    }
    expect(await send(decider, id, 'actions', { ...target, unitId: 'market' })).toMatchObject({
      status: 409,
      body: { code: 'case.identity-unconfirmed' },
    })
    expect((await caseOf(window, id)).staff?.mayConfirmIdentity).toBe(true)
    expect((await send(window, id, 'identity-confirmation', { reason: '看过委托书和身份证' })).status).toBe(
      200,
    )
    expect((await act(decider, id, 'grant')).status).toBe(200)
    await endPower('2027-03-31')
    expect((await caseOf(decider, id)).staff?.powerEnded).toBe(false)
  })
})

describe('a case that was typed at a window', () => {
  const typed = async (more: object = {}) => {
    const window = await county.as('zhao-min')
    const elder = await neighbour(1)
    const body = await allowanceOf(window, elder, { answers: { birth: '1944-03-05' } })
    const filed = await window.send<CaseCreated>('POST', '/api/cases', {
      body: { ...body, channel: 'window', consent: { how: 'spoken' }, ...more },
    })
    expect(filed.status, JSON.stringify(filed.body)).toBe(201)
    return filed.body.id
  }
  const actorsOf = async (caseId: string) =>
    (
      await rows<{ type: string; actor: string }>(
        sql`select type, actor from case_events where case_id = ${caseId}::uuid order by sequence`,
      )
    ).map(({ type, actor }) => `${type} ${actor}`)
  const phone = { answers: { mobile: '15400000009' } }
  const ask = async (caseId: string) =>
    act(await county.as('zhao-min'), caseId, 'request-correction', {
      reason: '电话打不通',
      items: [{ kind: 'field', name: 'mobile', reason: '空号' }],
    })

  test('is answered, added to and taken back by a colleague, under the colleague’s name', async () => {
    const id = await typed()
    const colleague = await county.as('qian-li')
    expect((await ask(id)).status).toBe(200)
    const answered = await send(colleague, id, 'supplement', phone)
    expect(answered, JSON.stringify(answered.body)).toMatchObject({ status: 200 })
    const other = { answers: { mobile: '15400000008' } }
    expect((await send(colleague, id, 'additions', other)).status).toBe(200)
    expect(await caseOf(colleague, id)).toMatchObject({ viewer: 'staff', mayWithdraw: true, mayAdd: true })
    // Why it is taken back is written down where staff do it for somebody, and stays with staff.
    expect(await send(colleague, id, 'withdrawal')).toMatchObject({
      status: 422,
      body: { code: 'case.reason-missing', errors: [{ pointer: '/reason', code: 'field.required' }] },
    })
    const reason = '她本人来说不办了'
    expect((await send(colleague, id, 'withdrawal', { reason })).status).toBe(200)
    expect((await caseOf(colleague, id)).timeline[0]).toMatchObject({
      title: '照本人的意思撤回了',
      note: reason,
    })
    const [audited] = await rows<{ digest: string | null; payload: string }>(
      sql`select a.reason_digest as digest, e.payload from audit_entries a join case_events e on e.case_id = ${id}::uuid
        and e.type = 'withdrawn' where a.subject = ${`case:${id}`} and a.action = 'case.withdrawn'`,
    )
    expect(audited?.digest).toMatch(/\S/)
    expect(audited?.payload).toContain(audited?.digest)
    expect(audited?.payload).not.toContain(reason)
    expect((await actorsOf(id)).slice(2)).toEqual([
      'supplemented staff:qian-li',
      'added staff:qian-li',
      'withdrawn staff:qian-li',
    ])
  })

  test('is answered by nobody who is a declared relative, only reviews it, or works elsewhere', async () => {
    const id = await typed({ relation: [{ staffId: 'qian-li', kind: 'child' }] })
    await ask(id)
    expect((await send(await county.as('qian-li'), id, 'supplement', phone)).status).toBe(404)
    expect((await send(await county.as('window-hrss'), id, 'supplement', phone)).status).toBe(404)
    const other = await typed()
    await act(await county.as('zhao-min'), other, 'accept')
    const reviewer = await county.as('sun-zhiyuan')
    if ((await reviewer.send('GET', `/api/cases/${other}`)).status === 200)
      expect((await send(reviewer, other, 'additions', phone)).status).toBe(409)
  })

  test('goes on with the typist’s new phone', async () => {
    const id = await typed()
    await ask(id)
    const { person } = await neighbour(1)
    await boundBefore(county, person, 'zhao-min')
    expect((await send(await county.as('zhao-min'), id, 'supplement', phone)).status).toBe(404)
    expect((await send(person, id, 'supplement', phone)).status).toBe(200)
  })
})

describe('relatives among the staff by the applicant’s word', () => {
  const declared = async (...ids: string[]) => {
    const one = await neighbour(3)
    const body = await allowanceOf(one.person, one, { answers: { birth: '1944-03-05' } })
    const relation = ids.map((staffId) => ({ staffId, kind: 'other' }))
    const filed = await one.person.send<CaseCreated>('POST', '/api/cases', { body: { ...body, relation } })
    return { ...filed, one }
  }

  test('are three at most, and no answer tells which of the ids there is', async () => {
    const answers: { status: number; told: object }[] = []
    for (const ids of [
      ['qian-li', 'qian-li'],
      ['nobody-1'],
      ['qian-li', 'nobody-1'],
      ['nobody-1', 'nobody-2'],
    ]) {
      const { status, body } = await declared(...ids)
      const { requestId: _id, ...told } = body as unknown as Record<string, unknown>
      answers.push({ status, told })
    }
    expect(answers[0]).toMatchObject({ status: 422 })
    expect(answers.every((each) => JSON.stringify(each) === JSON.stringify(answers[0]))).toBe(true)
    expect((await declared('qian-li', 'wang-lixin', 'zhao-xiaoyan', 'sun-zhiyuan')).status).toBe(422)
    // What is wrong otherwise is told first: an id cannot be tried without filing.
    const one = await neighbour(3)
    const body = await allowanceOf(one.person, one, { answers: { mobile: '1' } })
    const told = await one.person.send<{ errors: { pointer: string }[] }>('POST', '/api/cases', {
      body: { ...body, relation: [{ staffId: 'nobody-1', kind: 'other' }] },
    })
    expect(told.body.errors.map(({ pointer }) => pointer)).not.toContain('/relation')
  })

  test('are shown to who works on the case', async () => {
    const { body } = await declared('wang-lixin', 'sun-zhiyuan')
    expect((await caseOf(await county.as('qian-li'), body.id)).staff?.declared).toEqual([
      { name: '王立新', kind: 'other' },
      { name: '孙志远', kind: 'other' },
    ])
  })

  test('leave somebody: the administrator after the liaison, then the supervisor, then one of them all the same', async () => {
    const without = async (...roles: string[]) => {
      const one = await neighbour(3)
      const id = await fileFor(county, { ...one, villageCode: LIMING }, 'LX-013')
      await rows(sql`update cases set state = jsonb_set(state, '{relatives}', (select jsonb_agg(distinct r.staff_id)
        from staff_roles r where r.role = any(string_to_array(${roles.join(',')}, ','))
          or r.unit_id in ('341821105', '341821105203') or r.staff_id = 'wang-lixin'))
        where id = ${id}::uuid`)
      await rows(sql`update case_tasks set barred = array['zhao-xiaoyan'] where case_id = ${id}::uuid`)
      await county.app.jobs['remind-of-deadlines']()
      return id
    }
    const admin = await county.as('he-jing')
    const supervisor = await county.as('supervisor-1')
    const first = await without('liaison')
    expect(await inQueue(admin, first)).toBe(true)
    expect(await inQueue(await county.as('zhao-xiaoyan'), first)).toBe(false)
    const second = await without('liaison', 'admin')
    expect(await inQueue(admin, second)).toBe(false)
    expect(await inQueue(supervisor, second)).toBe(true)
    const id = await without('liaison', 'admin', 'supervisor')
    expect(await inQueue(admin, id)).toBe(false)
    expect(await inQueue(supervisor, id)).toBe(true)
    const seen = await caseOf(supervisor, id)
    expect(seen.staff?.allowed.map(({ action }) => action)).toContain('accept')
    expect((await act(supervisor, id, 'accept')).status).toBe(200)
  })
})
