import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { Queue } from '#shared/contract/work'
import { dayWords, fullDay } from '#shared/domain/kernel/day-words'
import { addDays, plainDate } from '#shared/domain/kernel/plain-date'
import { bornBy, DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// A day in a document and beside it is called by what it is: of the receipt, of the last day, of the closing.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

let people = 0
async function filed(itemId: string) {
  people += 1
  const name = `钱秋${'甲乙丙丁戊己'.charAt(people)}`
  const born = await newcomer(county, { name, birth: '1960-03-05', villageCode: DALIANG, level: 3 })
  return { ...born, id: await file(county, { ...born, name }, itemId) }
}

const today = async () =>
  plainDate((await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10))
const does = async (staffId: string, id: string, ...[action, more]: [Parameters<typeof act>[2], object?]) => {
  const { status, body } = await act(await county.as(staffId), id, action, { ...more })
  expect({ action, status, body }).toMatchObject({ action, status: 200 })
}
async function documentOf(person: Person, id: string, kind: string) {
  const found = (await caseOf(person, id)).documents.find((each) => each.kind === kind)
  return (await person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${found?.id}`)).body
}

test('accepted by silence: paper and clock say the day of the receipt as that, and the paper its own day', async () => {
  const { person, id } = await filed('LX-026')
  const received = await today()
  await county.door('POST', 'clock', { advanceWorkingDays: 6 })
  const issued = await today()
  const paper = await documentOf(person, id, 'acceptance')
  expect(paper.paragraphs[0]).toContain(
    `受理期限到期，没有告知要补正的内容，自收到申请材料之日（${fullDay(received)}）起视为受理（依据：《中华人民共和国行政许可法》第三十二条）；这份通知书${fullDay(issued)}出具。`,
  )
  expect(paper.plain).toMatch(/^到期没答复，算受理了，/)
  const { staff } = await caseOf(await county.as('reviewer-forest-1'), id)
  const law = staff?.clocks.find(({ kind }) => kind === 'statutory')?.explanation
  expect(law).toMatchObject({ startedOn: received, startedBy: 'silence' })
})

test('a limit that begins with the acceptance says so, one that begins with the receipt that', async () => {
  const { id } = await filed('LX-026')
  await county.door('POST', 'clock', { advanceWorkingDays: 1 })
  await does('window-forest', id, 'accept')
  const { staff } = await caseOf(await county.as('reviewer-forest-1'), id)
  const startedBy = Object.fromEntries(
    (staff?.clocks ?? []).map(({ kind, explanation }) => [kind, explanation?.startedBy]),
  )
  expect(startedBy).toMatchObject({ statutory: 'accepted', promised: 'received', step: 'opened' })
})

test('a publicity ends on its last day and is closed on the working day after: document, history and clock', async () => {
  const { person, id } = await filed('LX-027')
  await does('window-agri', id, 'accept')
  await does('reviewer-agri-1', id, 'pass')
  await does('reviewer-agri-1', id, 'publish-notice')
  const from = await today()
  const agri = await county.as('reviewer-agri-1')
  const clock = (await caseOf(agri, id)).staff?.clocks.find(({ kind }) => kind === 'publicity')
  const last = plainDate(clock?.lastOn ?? '')
  // Ten days, the last of which is worked.
  expect(last >= addDays(from, 10)).toBe(true)
  expect((clock?.dueOn ?? '') > last).toBe(true)
  const notice = await documentOf(person, id, 'publicity')
  expect(notice.recipient).toBeNull()
  // It hangs where everybody reads it.
  expect(JSON.stringify(notice)).not.toContain('钱秋')
  expect(notice.paragraphs).toEqual([
    `有一件“水域滩涂养殖证核发”申请（大梁村，办件编号 ${(await caseOf(person, id)).caseNumber}）正在办理，现予公示。`,
    expect.stringMatching(/^公示内容：水面的四至 .+；面积 .+；养殖品种 .+；使用权期限 .+。$/),
    expect.stringMatching(
      new RegExp(
        `^公示期自${fullDay(from)}起，到${fullDay(last)}止。有异议的，在公示期内向本机关提出，电话 [\\d-]+。$`,
      ),
    ),
  ])
  expect(notice.plain).toBe(`贴出来公示，到 ${dayWords(last, from)} 没人提异议就接着办。`)
  await county.door('POST', 'clock', { set: `${clock?.dueOn}T09:00:00+08:00` })
  await does('reviewer-agri-1', id, 'close-notice')
  const [closed] = (await caseOf(person, id)).timeline
  expect(closed).toMatchObject({
    title: '公示结束',
    note: `公示到 ${dayWords(last, await today())} 期满，没有登记异议`,
  })

  await does('county-leader', id, 'extend', { reason: '情况复杂，要再核实' })
  const longer = await documentOf(person, id, 'extension')
  expect(longer.paragraphs.slice(0, 2)).toEqual([
    expect.stringMatching(
      /^你于2026年\d+月\d+日申请“水域滩涂养殖证核发”，法定期限内不能作出决定，根据《中华人民共和国行政许可法》第四十二条第一款，经本机关负责人批准，延长 10 个工作日/,
    ),
    '理由：情况复杂，要再核实',
  ])
  expect(longer.plain).toBe('法定期限延长 10 个工作日，为什么，上面写着。')
})

test('a firm’s case stands under the name of the firm in queue, head, search and paper, and is found by parts of it', async () => {
  const name = '郎溪县梅渚镇李记小吃店'
  const owner = await county.as('li-jianguo')
  const answers = {
    entName: name,
    uscc: '92341821DEM903328K',
    legalRep: '李建国',
    contact: '李建国',
    mobile: '15400000001',
    format: '餐饮服务经营者',
    items: ['热食类制售'],
    bizAddress: '梅渚镇大街1号',
    area: 50,
    fsManager: '周小梅',
  }
  const papers = ['营业执照', '与经营项目相适应的布局图、操作流程', '食品安全规章制度']
  const materials = await Promise.all(
    papers.map(async (paper) => ({ name: paper, files: [await owner.upload()] })),
  )
  const body = { serviceItemId: 'LX-034', answers, materials }
  const { id } = (await owner.send<{ id: string }>('POST', '/api/cases', { body })).body
  const window = await county.as('qian-xiaoli')
  const listed = async (door: 'list' | 'search', q = '') =>
    door === 'list'
      ? (await window.send<Queue>('GET', '/api/work/cases')).body.items
      : (await window.send<Queue>('POST', '/api/work/cases/search', { body: { q, tab: 'all' } })).body.items
  const whose = (items: Queue['items']) => items.find(({ caseId }) => caseId === id)?.applicantMasked
  expect(whose(await listed('list'))).toBe(name)
  for (const q of ['小吃店', '李记', '李记 食品', '梅渚镇李记小吃店'])
    expect(whose(await listed('search', q))).toBe(name)
  expect((await caseOf(window, id)).applicantMasked).toBe(name)
  await does('qian-xiaoli', id, 'accept')
  expect((await documentOf(window, id, 'acceptance')).recipient).toContain(name)
  expect(whose((await window.send<Queue>('GET', '/api/work/cases?tab=done')).body.items)).toBe(name)
})

test('accepted by silence after a notice: the paper says what was told, and counts from what came to it', async () => {
  const born = await bornBy(county)('严补正')
  const { person } = born
  const id = await file(county, born, 'LX-005')
  const items = [{ kind: 'material', name: '居民户口簿', reason: '照片模糊，放平了再拍一张' }]
  await does('zhao-min', id, 'request-correction', { reason: '户口簿看不清', items })
  await county.door('POST', 'clock', { advanceWorkingDays: 1 })
  const supplied = await today()
  const { version } = await caseOf(person, id)
  const materials = [{ name: '居民户口簿', files: [await person.upload()] }]
  const body = { version, materials }
  expect((await person.send('POST', `/api/cases/${id}/supplement`, { body })).status).toBe(200)
  await county.door('POST', 'clock', { advanceWorkingDays: 6 })
  const paper = await documentOf(person, id, 'acceptance')
  expect(paper.paragraphs[0]).toContain(
    `收到补正的材料后受理期限到期，没有再告知要补正的内容，自收到补正材料之日（${fullDay(supplied)}）起视为受理`,
  )
})
