import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList, CaseView } from '#shared/contract/case'
import type { Home } from '#shared/contract/service-item'
import type { Queue } from '#shared/contract/work'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'
import { nothingMissing } from './project'

// What is told of what the law lets an office do: why it waits, what it asked for, who comes back when, how it ended.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

let people = 0
async function filed(itemId: string) {
  people += 1
  const name = `吴春${'甲乙丙丁戊己庚辛壬癸'.charAt(people)}`
  const born = await newcomer(county, { name, birth: '1960-03-05', villageCode: DALIANG, level: 3 })
  return { ...born, id: await file(county, { ...born, name }, itemId) }
}
const newest = async (person: Person, id: string) => {
  const [{ title, who, note } = { title: '', who: '', note: '' }] = (await caseOf(person, id)).timeline
  return { title, who, note }
}
const kindsTold = async (id: string, recipient: string) =>
  (
    await county.services.database.rows<{ kind: string }>(sql`select kind from reminders
      where case_id = ${id}::uuid and recipient = ${recipient} order by created_at, id`)
  ).map(({ kind }) => kind)
const messagesOf = async (personId: string) =>
  (
    await county.door<{ messages: { title: string; lines: string[] }[] }>(
      'GET',
      `messages?person=${personId}`,
    )
  ).body.messages

const FOREST = { window: 'window-forest', reviewer: 'reviewer-forest-1', approver: 'approver-forest-1' }

async function atSite() {
  const found = await filed('LX-026')
  const reviewer = await county.as(FOREST.reviewer)
  await act(await county.as(FOREST.window), found.id, 'accept')
  await act(reviewer, found.id, 'pass')
  return { ...found, reviewer }
}

test('a special procedure is told with its kind and its days, and its end is told too', async () => {
  const { person, personId, reviewer, id } = await atSite()
  await act(reviewer, id, 'suspend', { reason: '送省里看树种', basis: 'appraisal', expectedDays: 37 })
  const note = '因鉴定暂停，预计 37 天。送省里看树种'
  for (const reader of [person, reviewer])
    expect(await newest(reader, id)).toMatchObject({ title: '暂停计时', note })
  const told = await messagesOf(personId)
  expect(told.find(({ title }) => title.endsWith('暂停计时'))?.lines[0]).toBe(
    '因鉴定暂停，预计 37 天。为什么，点开就看到',
  )
  await act(reviewer, id, 'resume')
  const resumed = (await messagesOf(personId)).find(({ title }) => title.endsWith('特别程序做完了'))
  // The visit itself counts apart: no date yet.
  expect(resumed?.lines[0]).toBe('特别程序做完了，接着办。日期定下来再告诉你')
})

test('one department of several that stops for itself is told as such', async () => {
  const { person, personId, id } = await filed('LX-045')
  await nothingMissing(county, id)
  expect((await act(await county.as('zhou-min'), id, 'accept')).status).toBe(200)
  const water = await county.as('pan-yong')
  const more = { reason: '要专家评审水保方案', basis: 'expert-review', expectedDays: 9 }
  expect((await act(water, id, 'suspend', more)).status).toBe(200)
  expect(await newest(person, id)).toMatchObject({
    title: '县水利局这一段暂停，法定期限也停，承诺的不因此停',
    note: '因专家评审暂停，预计 9 天。要专家评审水保方案',
  })
  // 行政许可法 第45条: each that decides owes it in writing, in its own name; the whole goes on.
  const { documents, lanes } = await caseOf(person, id)
  const paper = documents.find(({ kind }) => kind === 'suspension')
  expect(paper?.documentNumber).toMatch(/水/)
  const read = await person.send<{ organName: string }>('GET', `/api/cases/${id}/documents/${paper?.id}`)
  expect(read.status).toBe(200)
  expect(JSON.stringify(read.body)).toMatch(
    /县水利局.*其中“[^”]+”由本机关决定，需要专家评审，预计 9 天.*不计算在本机关办理这一项的期限内，也不计算在整件的法定期限内（依据：[^）]+）；整件承诺的期限不因此停止计算/,
  )
  expect(lanes?.law).toEqual({ words: '法定 45 个工作日，现在停着，日子接着办了再算', dueOn: null })
  const clocks = (await caseOf(water, id)).staff?.clocks.filter(({ kind }) => kind !== 'step')
  expect(clocks?.map(({ kind, light }) => [kind, light.kind === 'paused'])).toEqual([
    ['promised', false],
    ['statutory', true],
  ])
  expect(lanes?.units.find(({ state }) => state === 'stopped')?.words).toMatch(
    /^暂停着，预计 \d+月\d+日 做完$/,
  )
  await act(water, id, 'resume')
  expect((await caseOf(person, id)).lanes?.law?.words).toBe('法定 45 个工作日')
  expect(await newest(person, id)).toMatchObject({ title: '县水利局这一段接着办' })
  const told = await county.services.database.rows(sql`select distinct kind from reminders
    where case_id = ${id}::uuid and kind in ('clock-suspended', 'clock-resumed') and recipient like 'profile:%'`)
  expect(told).toEqual([{ kind: 'clock-suspended' }])
  const [message] = (await messagesOf(personId)).filter(({ title }) => title.endsWith('有一样暂停'))
  expect(message?.lines[0]).toMatch(
    /水利局：.+因专家评审暂停，预计 9 天，到 \d+月\d+日，法定期限这些天不算，承诺的日子不因此改/,
  )
})

test('a second notice has one name, and what a notice asked for stays to be read', async () => {
  const { person, id } = await filed('LX-026')
  const [window, approver] = [await county.as(FOREST.window), await county.as(FOREST.approver)]
  const items = [
    { kind: 'material', name: '居民身份证', reason: '看不清' },
    { kind: 'field', name: 'species', reason: '写错了' },
  ]
  expect((await caseOf(window, id)).staff?.correctionDrafts[0]?.askedBefore).toBeNull()
  await act(window, id, 'request-correction', { reason: '缺两样', items })
  const first = (await caseOf(person, id)).correction
  expect(first).toMatchObject({ title: '一次性补正告知书', askedBefore: null })
  const { version } = await caseOf(person, id)
  const brought = {
    answers: { species: '杉木' },
    materials: [{ name: '居民身份证', files: [await person.upload()] }],
  }
  await person.send('POST', `/api/cases/${id}/supplement`, { body: { version, ...brought } })
  const asked = (view: CaseView) =>
    view.timeline.filter(({ type }) => type === 'correction-requested').map(({ note }) => note)
  const note = '缺两样。居民身份证：看不清；树种：写错了'
  for (const reader of [person, window]) expect(asked(await caseOf(reader, id))).toEqual([note])
  await act(window, id, 'request-approval', { for: 'request-correction', reason: '还是糊的' })
  const { items: queue } = (await approver.send<Queue>('GET', '/api/work/cases')).body
  expect(queue.find(({ caseId }) => caseId === id)).toMatchObject({
    note: '请你批：再次补正告知',
    firstAction: '再次补正告知',
  })
  const seen = await caseOf(approver, id)
  expect(seen.staff?.allowed.map(({ label }) => label)).toContain('再次补正告知')
  expect(seen.staff?.approvals[0]?.label).toBe('再次补正告知')
  expect(seen.staff?.correctionDrafts[0]).toMatchObject({
    title: '再次补正告知书',
    askedBefore: first?.askedOn,
  })
  expect(seen.timeline[0]?.title).toBe('请示审批：再次补正告知')
  await act(approver, id, 'request-correction', { reason: '还是糊的', items: items.slice(0, 1) })
  const again = await caseOf(person, id)
  expect(again.correction).toMatchObject({ title: '再次补正告知书', askedBefore: first?.askedOn })
  expect(again.timeline[0]?.title).toBe('再次要补 1 样')
  expect(again.documents.map(({ title }) => title)).toEqual(['一次性补正告知书', '再次补正告知书'])
  // The photo that was found wanting is no answer to the notice that asks for another.
  const same = { version: again.version, answers: {}, materials: brought.materials }
  expect(await person.send('POST', `/api/cases/${id}/supplement`, { body: same })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/materials/0', message: '还是原来交的，要重新拍' }] },
  })
  const materials = [{ name: '居民身份证', files: [await person.upload()] }]
  const other = await person.send('POST', `/api/cases/${id}/supplement`, { body: { ...same, materials } })
  expect(other.status).toBe(200)
})

test('the day on which a site is seen again stands in what happened', async () => {
  const { person, reviewer, id } = await atSite()
  const officerIds = [FOREST.reviewer, 'reviewer-forest-2']
  await act(reviewer, id, 'record-visit', { officerIds, reason: '看了' })
  await act(reviewer, id, 'require-rectification', { reason: '把补种方案改好', recheckOn: '2026-12-08' })
  for (const reader of [person, reviewer])
    expect(await newest(reader, id)).toMatchObject({ note: '把补种方案改好。12月8日 再来看' })
})

test('whoever has it back is told that it came back, and from where', async () => {
  const { reviewer, id } = await atSite()
  await act(reviewer, id, 'record-visit', {
    officerIds: [FOREST.reviewer, 'reviewer-forest-2'],
    reason: '看了',
  })
  await act(reviewer, id, 'pass')
  await act(await county.as(FOREST.approver), id, 'return', { reason: '数目没有核对' })
  expect(await messagesOf(FOREST.reviewer)).toContainEqual(
    expect.objectContaining({
      title: '砍树许可：退回重新审核',
      lines: expect.arrayContaining(['从“决定”退回来，为什么，点开就看到']),
    }),
  )
})

test('a village that accepts by silence does so for the organ that signs, and from the day of receipt', async () => {
  const { person, personId, id } = await filed('LX-013')
  const unanswered = await filed('LX-026')
  await act(await county.as(FOREST.window), unanswered.id, 'request-correction', {
    reason: '缺一样',
    items: [{ kind: 'material', name: '居民身份证', reason: '看不清' }],
  })
  await county.door('POST', 'clock', { advanceWorkingDays: 6 })
  expect(await newest(person, id)).toMatchObject({
    title: '到期没答复，已经算受理了',
    note: '自 11月24日 收到材料起算受理',
  })
  const accepted = (await messagesOf(personId)).find(({ title }) => title.endsWith('受理了'))
  expect(accepted?.lines[0]).toMatch(/^到期没有答复，已经算受理了，已过承诺的 \d+月\d+日$/)
  // That nobody answered is no act of the village, nor of the organ.
  expect(accepted?.lines.join()).not.toMatch(/村|人社局/)
  const notice = (await caseOf(person, id)).documents.find(({ kind }) => kind === 'acceptance')
  expect(notice?.organName).toBe('郎溪县人力资源和社会保障局')
  await county.door('POST', 'clock', { advanceWorkingDays: 12 })
  const view = await caseOf(unanswered.person, unanswered.id)
  expect([view.status, view.dueOn, view.dueBecause, view.timeline[0]?.note]).toEqual([
    'terminated',
    null,
    null,
    '要补的一直没补，这件结束了。还要办，随时能再申请。',
  ])
  expect(await kindsTold(unanswered.id, `profile:${unanswered.personId}`)).not.toContain('accepted')
})

test('the number of a permit’s decision stands under the decision’s title, and the certificate is named beside it', async () => {
  const { person, reviewer, id } = await atSite()
  const officerIds = [FOREST.reviewer, 'reviewer-forest-2']
  await act(reviewer, id, 'record-visit', { officerIds, reason: '看了' })
  await act(reviewer, id, 'pass')
  expect((await act(await county.as(FOREST.approver), id, 'grant')).status).toBe(200)
  const { decision, documents } = await caseOf(person, id)
  expect(decision).toMatchObject({ documentTitle: '准予行政许可决定书' })
  expect(decision?.paragraphs.join()).toContain('《林木采伐许可证》')
  expect(decision?.documentNumber).toMatch(/许〔2026〕\d+号$/)
  expect(documents.find(({ kind }) => kind === 'grant')?.title).toBe(decision?.documentTitle)
})

test('a stop tells until when it was expected, and whom to ask is known of what is over too', async () => {
  const { person, reviewer, id } = await atSite()
  expect((await caseOf(person, id)).expectedOn).toBeNull()
  await act(reviewer, id, 'suspend', { reason: '送省里看树种', basis: 'appraisal', expectedDays: 37 })
  const stopped = await caseOf(person, id)
  const { at } = stopped.timeline[0] ?? { at: '' }
  expect(Date.parse(stopped.expectedOn ?? '') - Date.parse(at.slice(0, 10))).toBe(37 * 24 * 3600 * 1000)
  // List and home name the same day.
  const { items } = (await person.send<CaseList>('GET', '/api/cases')).body
  const { me } = (await person.send<Home>('GET', '/api/home')).body
  for (const listed of [
    items.find((each) => each.id === id),
    me?.running.find(({ caseId }) => caseId === id),
  ])
    expect(listed?.dueBecause).toMatchObject({ because: 'special-procedure', until: stopped.expectedOn })
  await act(reviewer, id, 'resume')
  const going = await caseOf(person, id)
  expect(going.expectedOn).toBeNull()
  expect(going.ask?.shortName).toBe(going.holder?.shortName)
  const { version } = going
  expect((await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })).status).toBe(200)
  const { holder, ask } = await caseOf(person, id)
  expect(holder).toBeNull()
  expect(ask).toMatchObject({
    phone: expect.stringMatching(/^0563-/),
    answered: { hours: expect.any(String) },
  })
})
