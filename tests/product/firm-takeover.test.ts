import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseChanged, CaseList } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Home } from '#shared/contract/service-item'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// Several may act for a firm, one of them for all its items, another for one and until a day.
let county: County
let whole: Person
let limited: Person
beforeAll(async () => {
  county = await openCounty()
  whole = await county.as('li-jianguo')
  limited = await county.as('zhou-xiaomei')
})
afterAll(() => county.close())

const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const endLimited = (until: string) =>
  rows(sql`update enterprise_agents set until = ${until}::date where item_ids = array['LX-034']`)
beforeEach(() => endLimited('2027-03-31'))

const NAMES = ['营业执照', '与经营项目相适应的布局图、操作流程', '食品安全规章制度'] as const
let shops = 0
async function ofSnackShop(person: Person) {
  shops += 1
  const answers = {
    entName: '郎溪县梅渚镇李记小吃店',
    uscc: '92341821DEM903328K',
    legalRep: '李建国',
    contact: '周小梅',
    mobile: '15400000001',
    format: '餐饮服务经营者',
    items: ['热食类制售'],
    bizAddress: `梅渚镇大街${shops}号`,
    area: 50,
    fsManager: '周小梅',
  }
  const materials = await Promise.all(NAMES.map(async (name) => ({ name, files: [await person.upload()] })))
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: 'LX-034', answers, materials },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return filed.body
}

const send = async (person: Person, caseId: string, door: string, more: object = {}) => {
  const [row] = await rows<{ version: number }>(sql`select version from cases where id = ${caseId}::uuid`)
  return person.send<CaseChanged & { code?: string }>('POST', `/api/cases/${caseId}/${door}`, {
    body: { version: row?.version, ...more },
  })
}
const toldOf = async (person: Person, { caseNumber }: CaseCreated) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items
    .filter(({ lines }) => lines.some((line) => line.includes(caseNumber)))
    .map(({ title }) => title)
const listed = async (person: Person, { id }: CaseCreated) =>
  (await person.send<CaseList>('GET', '/api/cases')).body.items.find((item) => item.id === id)
const helper = async () =>
  (await newcomer(county, { name: '何帮办', birth: '1980-02-03', villageCode: '341821105200', level: 3 }))
    .person
const askedFor = async ({ id }: CaseCreated) =>
  act(await county.as('qian-xiaoli'), id, 'request-correction', {
    reason: '看不清',
    items: [{ kind: 'material', name: NAMES[2], reason: '看不清' }],
  })

describe('a firm’s case is taken over', () => {
  test('by no agent while another one who acts for the firm has it', async () => {
    const filed = await ofSnackShop(whole)
    expect(await caseOf(limited, filed.id)).toMatchObject({ viewer: 'applicant', mayTakeOver: false })
    expect(await send(limited, filed.id, 'takeover')).toMatchObject({
      status: 409,
      body: { code: 'case.action-not-allowed' },
    })
    expect(await listed(whole, filed)).toMatchObject({ filedByOther: false })
    expect(await send(await county.as('li-jianguo'), filed.id, 'takeover')).toMatchObject({ status: 409 })
  })

  test('once for all, and the other agents are told so once; nobody is said to be the person', async () => {
    const other = await helper()
    const filed = await ofSnackShop(other)
    expect(await caseOf(limited, filed.id)).toMatchObject({ mayTakeOver: true })
    const taken = await send(limited, filed.id, 'takeover')
    expect(taken, JSON.stringify(taken.body)).toMatchObject({ status: 200 })
    expect(await toldOf(whole, filed)).toEqual(['食品经营许可有人接着办了', '食品经营许可有人替单位申请了'])
    expect(await toldOf(limited, filed)).toEqual(['食品经营许可有人替单位申请了'])
    expect((await toldOf(other, filed))[0]).toBe('食品经营许可由本人接着办')
    const seen = await caseOf(whole, filed.id)
    expect(seen).toMatchObject({ mayTakeOver: false, mayWithdraw: true })
    expect(seen.timeline.find(({ type }) => type === 'taken-over')?.who).toBe('这家企业的另一位经办人')
    expect(seen.timeline.find(({ type }) => type === 'filed')?.who).toBe('帮办的人')
  })

  test('again once the power of who took it over has ended, whose sight and messages end with it', async () => {
    const other = await helper()
    const filed = await ofSnackShop(other)
    expect((await send(limited, filed.id, 'takeover')).status).toBe(200)
    const file = (await caseOf(limited, filed.id)).papers.flatMap(({ files }) => files)[0]?.url ?? ''
    expect((await limited.fetchFile(file)).status).toBe(200)
    const before = await toldOf(limited, filed)
    await endLimited('2026-11-23')
    expect((await limited.send('GET', `/api/cases/${filed.id}`)).status).toBe(404)
    expect((await limited.fetchFile(file)).status).toBe(404)
    expect(await listed(limited, filed)).toBeUndefined()
    expect((await askedFor(filed)).status).toBe(200)
    expect(await toldOf(limited, filed)).toEqual(before)
    expect(await listed(whole, filed)).toMatchObject({
      waitsForMe: 'correction',
      identityAwaited: '批以前要有这家企业的委托：你有委托，接过来就行',
    })
    expect(await caseOf(whole, filed.id)).toMatchObject({ identityConfirmed: false, mayTakeOver: true })
    const taken = await send(whole, filed.id, 'takeover')
    expect(taken, JSON.stringify(taken.body)).toMatchObject({ status: 200 })
    expect(await caseOf(whole, filed.id)).toMatchObject({
      identityConfirmed: true,
      identityAwaited: null,
      mayTakeOver: false,
      filedByOther: false,
    })
    expect(await listed(whole, filed)).toMatchObject({ filedByOther: false })
    expect(await toldOf(limited, filed)).toEqual(before)
    // A power that is given again is a power of the firm's, not the case itself.
    await endLimited('2027-03-31')
    expect(await caseOf(limited, filed.id)).toMatchObject({ viewer: 'applicant', mayTakeOver: false })
    expect((await send(limited, filed.id, 'takeover')).status).toBe(409)
  })
})

describe('a power that ends while the case goes on', () => {
  const remind = () => county.app.jobs['remind-of-deadlines']()
  const of = (person: Person, filed: CaseCreated) =>
    toldOf(person, filed).then((titles) => titles.filter((title) => title.includes('：')))

  test('is told once to who has the case, the other agents and who works on it, however often the job runs', async () => {
    const filed = await ofSnackShop(limited)
    const own = await ofSnackShop(whole)
    expect((await act(await county.as('qian-xiaoli'), filed.id, 'accept')).status).toBe(200)
    const [reviewer, clerk] = [await county.as('li-wanqing'), await county.as('qian-xiaoli')]
    await remind()
    expect(await of(limited, filed)).toEqual([])
    await endLimited('2026-11-22')
    await Promise.all([remind(), remind()])
    await remind()
    expect(await of(limited, filed)).toEqual(['食品经营许可：你的委托到期了'])
    expect(await of(whole, filed)).toEqual(['食品经营许可：要你接着办'])
    const atWork = (titles: readonly string[]) => titles.filter((title) => title.includes('委托'))
    expect(atWork(await of(reviewer, filed))).toEqual(['食品经营许可：企业的委托到期了'])
    expect(atWork(await of(clerk, filed))).toEqual([])
    expect(await of(whole, own)).toEqual([])
    // A power that is given again and ends again is told again.
    await endLimited('2027-03-31')
    await remind()
    await endLimited('2026-11-23')
    await remind()
    expect(await of(limited, filed)).toHaveLength(2)
    expect((await send(whole, filed.id, 'takeover')).status).toBe(200)
    await remind()
    expect(await of(whole, filed)).toHaveLength(2)
  })

  test('is told to who had taken it over, who sees it no more', async () => {
    const filed = await ofSnackShop(await helper())
    expect((await send(limited, filed.id, 'takeover')).status).toBe(200)
    await endLimited('2026-11-21')
    await remind()
    const { body } = await limited.send<Inbox>('GET', '/api/inbox')
    const message = body.items.find(({ lines }) => lines.some((line) => line.includes(filed.caseNumber)))
    expect(message).toMatchObject({ title: '食品经营许可：你的委托到期了', page: 'tabs/case/my-cases' })
  })
})

describe('an agent who filed it and whose power has ended', () => {
  test('has nothing to do that they may not do', async () => {
    const filed = await ofSnackShop(limited)
    expect((await askedFor(filed)).status).toBe(200)
    const todos = async (person: Person) =>
      (await person.send<Home>('GET', '/api/home')).body.me?.todos.filter(({ caseId }) => caseId === filed.id)
    expect(await listed(limited, filed)).toMatchObject({ waitsForMe: 'correction' })
    expect(await todos(limited)).toHaveLength(1)
    await endLimited('2026-11-23')
    const brought = { materials: [{ name: NAMES[2], files: [await limited.upload()] }] }
    expect((await send(limited, filed.id, 'supplement', brought)).status).toBe(409)
    expect(await listed(limited, filed)).toMatchObject({ waitsForMe: 'none', status: 'correcting' })
    expect(await todos(limited)).toEqual([])
    expect(await listed(whole, filed)).toMatchObject({ waitsForMe: 'correction' })
  })
})
