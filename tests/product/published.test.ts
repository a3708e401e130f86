import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseDocument } from '#shared/contract/case'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { printedLine } from '#shared/domain/service-item/notice'
import { DALIANG } from '../e2e/scenes'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// What hangs in public: nothing of a person, however they typed it; and what becomes of it once it is another.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-11-24T18:40:00+08:00' })
})
afterAll(() => county.close())

const [AGENT, WINDOW] = ['wang-lixin', 'zhao-min']
const MEMBER = { mName: '房小军', mId: '341821197903085479', mRel: '子女', mIncome: '1000' }

/** 村民建房 of a place as somebody typed it. */
async function filed(name: string, address: string, place: object = {}, mName = MEMBER.mName) {
  const born = await newcomer(county, { name, birth: '1970-05-20', villageCode: DALIANG, level: 3 })
  const item = packItems().find(({ id }) => id === 'LX-025')
  if (!item) throw new Error('no LX-025')
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => born.person.upload()))
  const { answers, ...input } = validInput(item, createRandom(5), {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { name, idNumber: born.idNumber, mobile: '15400000001' },
    villageCode: DALIANG,
  })
  const [member] = answers['members'] as readonly object[]
  const answer = await born.person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: item.id,
      ...input,
      answers: {
        ...answers,
        members: [{ ...member, ...MEMBER, mName }],
        area: 100,
        floors: 2,
        geo: { address, ...place },
      },
    },
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return { ...born, id: answer.body.id }
}

async function done(staffId: string, id: string, action: Parameters<typeof act>[2], more?: object) {
  const { status, body } = await act(await county.as(staffId), id, action, { ...more })
  expect({ action, status, body }).toMatchObject({ action, status: 200 })
}

async function noticeOf(person: Person, id: string) {
  const notice = (await caseOf(person, id)).documents.find(({ kind }) => kind === 'publicity')
  const read = await person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${notice?.id}`)
  return { status: read.status, told: read.body.paragraphs[1], text: JSON.stringify(read.body) }
}

test('a notice prints a place without the numbers and the people that were typed into it', async () => {
  const address =
    '房建民和房小军家老屋旁，电话 139 0000 1234，身份证３４１８２１１９７９０３０８５４７９，卡6228-4804-0256-4890-018'
  const { person, id } = await filed('房建民', address)
  await done(AGENT, id, 'verify')
  await done(AGENT, id, 'publish-notice')
  // Whoever takes objections reads it as it hangs, and so do all who work on it.
  for (const reader of [person, await county.as(AGENT), await county.as(WINDOW)]) {
    const { status, told, text } = await noticeOf(reader, id)
    expect(status).toBe(200)
    expect(told).toBe(
      '公示内容：选址位置 某某和某某家老屋旁，电话 （号码不公示），身份证（号码不公示），卡（号码不公示）；拟用面积 100 ㎡；拟建层数 2 层。',
    )
    expect(text.normalize('NFKC').replace(/[ -]/g, '')).not.toMatch(/13900001234|341821197903085479|62284804/)
    expect(text).not.toMatch(/房建民|房小军/)
  }
  const shown = (await caseOf(await county.as(AGENT), id)).answers.find(({ key }) => key === 'geo')
  expect(shown?.text).toBe('房建民和房小军家老屋旁，电话 139****1234，身份证3418**********5479，卡**** 0018')
})

const warningsIn = async (staffId: string, id: string) =>
  ((await caseOf(await county.as(staffId), id)).staff?.allowed ?? []).flatMap(({ action, warning }) =>
    warning === null ? [] : [[action, warning]],
  )
const noteOf = async (staffId: string, id: string, type: string) =>
  (await caseOf(await county.as(staffId), id)).timeline.find((each) => each.type === type)?.note

async function mended(person: Person, staffId: string, id: string, answers: Record<string, unknown>) {
  const items = Object.keys(answers).map((name) => ({ kind: 'field', name, reason: '再对一遍' }))
  await done(staffId, id, 'request-correction', { reason: '再对一遍', items })
  const { version } = await caseOf(person, id)
  const { status, body } = await person.send('POST', `/api/cases/${id}/supplement`, {
    body: { version, answers },
  })
  expect(status, JSON.stringify(body)).toBe(200)
}

test('whoever goes on with what is another than was published is told, and so is the history', async () => {
  const before = await filed('房改面', '大梁村东头 7 号')
  const { person, id } = before
  const same = await filed('房不改', '大梁村南头 3 号')
  for (const each of [before, same]) {
    await done(AGENT, each.id, 'verify')
    await done(AGENT, each.id, 'publish-notice')
  }
  await county.door('POST', 'clock', { set: '2026-12-01T18:40:00+08:00' })
  for (const each of [before, same]) await done(AGENT, each.id, 'close-notice')
  expect(await warningsIn(WINDOW, id)).toEqual([])
  await mended(person, WINDOW, id, { area: 280, geo: { address: '大梁村西头河边' } })
  await mended(same.person, WINDOW, same.id, { landType: '建设用地' })
  const warned =
    '公示的是：选址位置 大梁村东头 7 号，拟用面积 100 ㎡。现在是：选址位置 大梁村西头河边，拟用面积 280 ㎡。改了的没有公示过，别人没法提异议，要重新公示：这一步退不回公示，要申请人撤回来重新交，才能照现在的再贴一次。'
  expect(await warningsIn(WINDOW, id)).toEqual([['accept', warned]])
  expect(await warningsIn(WINDOW, same.id)).toEqual([])
  expect(await noteOf(WINDOW, id, 'supplemented')).toBe(
    '改了：拟用面积（㎡）（公示的是 100 ㎡，改成 280 ㎡）、选址位置（公示的是 大梁村东头 7 号，改成 大梁村西头河边）',
  )
  // What the notice printed stays as it hung.
  expect((await noticeOf(await county.as(WINDOW), id)).told).toContain('大梁村东头 7 号；拟用面积 100 ㎡')
  await done(WINDOW, id, 'accept')
  await done(WINDOW, same.id, 'accept')
  expect(await noteOf(WINDOW, id, 'accepted')).toBe('公示过的改了，没有重新公示：选址位置、拟用面积')
  expect(await noteOf(WINDOW, same.id, 'accepted')).toBeNull()
  const own = (await caseOf(person, id)).timeline.map(({ note }) => note).join()
  expect(own).not.toContain('公示过的')
})

const draftOf = async (id: string) => (await caseOf(await county.as(AGENT), id)).staff?.noticeDrafts[0]

test('whoever publishes reads the very text that will hang, and beside it what was typed and what of it is taken out', async () => {
  const { person, id } = await filed('房先看', '房 先看家东，卡6228480402564890018，皖P12345 停处')
  await done(AGENT, id, 'verify')
  const draft = await draftOf(id)
  expect(draft?.told).toEqual([
    {
      key: 'geo',
      label: '选址位置',
      words: '某某家东，卡（号码不公示），（号码不公示） 停处',
      written: [
        { text: '房 先看', out: true },
        { text: '家东，卡', out: false },
        { text: '**** 0018', out: true },
        { text: '，', out: false },
        { text: '皖P12345', out: true },
        { text: ' 停处', out: false },
      ],
      worded: true,
      hung: null,
    },
    {
      key: 'area',
      label: '拟用面积',
      words: '100 ㎡',
      written: [{ text: '100 ㎡', out: false }],
      worded: false,
      hung: null,
    },
    {
      key: 'floors',
      label: '拟建层数',
      words: '2 层',
      written: [{ text: '2 层', out: false }],
      worded: false,
      hung: null,
    },
  ])
  expect((await caseOf(person, id)).staff).toBeNull()
  await done(AGENT, id, 'publish-notice')
  const { told } = await noticeOf(person, id)
  const said = draft?.paragraphs.map((each) =>
    each.told ? `${each.said}${printedLine(draft.told)}。` : each.said,
  )
  expect(said?.[1]).toBe(told)
  expect((await draftOf(id)) === undefined).toBe(true)
})

test('the place is told in the words of whoever publishes, where they wrote some, and the answer stays', async () => {
  const typed = '房改写老屋旁，电话一三九零零零零一二三四'
  const { person, id } = await filed('房改写', typed)
  await done(AGENT, id, 'verify')
  const publish = async (tells: object) => await act(await county.as(AGENT), id, 'publish-notice', { tells })
  for (const number of ['13900001234', '139，0000，1234', '幺三九〇〇〇〇一二三四', '341821、19790308、5479'])
    expect(await publish({ geo: `东头 ${number}` }), number).toMatchObject({
      status: 422,
      body: { code: 'case.notice-number', errors: [{ pointer: '/tells/geo' }] },
    })
  for (const words of ['房改写家东', '房 改写家东'])
    expect(await publish({ geo: words }), words).toMatchObject({
      status: 422,
      body: { code: 'case.notice-name', errors: [{ pointer: '/tells/geo' }] },
    })
  for (const tells of [{ area: '三百' }, { landType: '耕地' }, { mobile: '东头' }])
    expect(await publish(tells)).toMatchObject({ status: 422, body: { code: 'case.target-unknown' } })
  for (const words of ['', ' ', '长'.repeat(201)])
    expect((await publish({ geo: words })).status, words).toBe(400)
  expect(await publish({ geo: '大梁村东头老屋旁' })).toMatchObject({ status: 200 })
  for (const reader of [person, await county.as(AGENT), await county.as(WINDOW)])
    expect((await noticeOf(reader, id)).told).toBe(
      '公示内容：选址位置 大梁村东头老屋旁；拟用面积 100 ㎡；拟建层数 2 层。',
    )
  const view = await caseOf(await county.as(AGENT), id)
  expect(view.answers.find(({ key }) => key === 'geo')?.text).toBe(typed)
  expect(await noteOf(AGENT, id, 'notice-published')).toContain('公示里选址位置写的是：大梁村东头老屋旁')
  const log = await county.services.database.rows<{ payload: string }>(
    sql`select payload::text as payload from case_events where case_id = ${id} and type = 'notice-published'`,
  )
  expect(log[0]?.payload).not.toContain('老屋')
  await county.door('POST', 'clock', { set: '2026-12-09T18:40:00+08:00' })
  await done(AGENT, id, 'close-notice')
  expect(await warningsIn(WINDOW, id)).toEqual([])
  await mended(person, WINDOW, id, { geo: { address: '大梁村西头' } })
  expect((await warningsIn(WINDOW, id))[0]?.[1]).toContain(
    '公示的是：选址位置 大梁村东头老屋旁。现在是：选址位置 大梁村西头。',
  )
})

test('what is another is the answer, not its printed words: hidden ones and the map count, the family does not', async () => {
  const at = { lat: 31.12, lng: 119.17 }
  const hidden = await filed('房藏号', '大梁村东头，号 12345678', at)
  const mapped = await filed('房挪点', '大梁村东头 7 号', at)
  const family = await filed('房成员', '房小军家老屋旁')
  const cases = [hidden, mapped, family]
  for (const each of cases) {
    await done(AGENT, each.id, 'verify')
    await done(AGENT, each.id, 'publish-notice')
  }
  await county.door('POST', 'clock', { set: '2026-12-16T18:40:00+08:00' })
  for (const each of cases) await done(AGENT, each.id, 'close-notice')
  await mended(hidden.person, WINDOW, hidden.id, { geo: { address: '大梁村东头，号 87654321', ...at } })
  await mended(mapped.person, WINDOW, mapped.id, {
    geo: { address: '大梁村东头 7 号', lat: 31.29, lng: 119.29 },
  })
  const item = packItems().find((each) => each.id === 'LX-025')
  const columns = item?.fields.find(({ key }) => key === 'members')
  expect(columns?.kind).toBe('table')
  const members = [{ mName: '房大军', mId: MEMBER.mId, mRel: '子女', mIncome: '1000' }]
  await mended(family.person, WINDOW, family.id, { members })
  const seen = '（公示里看不出的地方改了）'
  expect((await warningsIn(WINDOW, hidden.id))[0]?.[1]).toContain(
    `公示的是：选址位置 大梁村东头，号 （号码不公示）。现在是：选址位置 大梁村东头，号 （号码不公示）${seen}。`,
  )
  expect((await warningsIn(WINDOW, mapped.id))[0]?.[1]).toContain(`选址位置 大梁村东头 7 号${seen}。`)
  expect(await warningsIn(WINDOW, family.id)).toEqual([])
  // What hung is told as it hung.
  expect((await noticeOf(family.person, family.id)).told).toContain('选址位置 某某家老屋旁；')
})

test('a place that somebody wrote as the name of their family stays on the notice', async () => {
  const { person, id } = await filed('房地名', '大梁村7号', {}, '大梁村')
  await done(AGENT, id, 'verify')
  await done(AGENT, id, 'publish-notice')
  expect((await noticeOf(person, id)).told).toContain('选址位置 大梁村7号；')
})

test('what was published is what the newest notice told, and how it is told there', async () => {
  const { person, id } = await filed('房再贴', '大梁村东头')
  await done(AGENT, id, 'verify')
  await done(AGENT, id, 'publish-notice', { tells: { geo: '大梁村东头第一回' } })
  await done(AGENT, id, 'record-objection', { reason: '写的地方不对' })
  await done(AGENT, id, 'verify')
  // What is hung anew begins from the words that hung, while the answer is what it was.
  const hung = (await draftOf(id))?.told.map((each) => each.hung)
  expect(hung).toEqual(['大梁村东头第一回', null, null])
  await done(AGENT, id, 'publish-notice', { tells: { geo: '大梁村东头第二回' } })
  await county.door('POST', 'clock', { advanceWorkingDays: 8 })
  await done(AGENT, id, 'close-notice')
  expect(await warningsIn(WINDOW, id)).toEqual([])
  await mended(person, WINDOW, id, { geo: { address: '大梁村西头' } })
  expect((await warningsIn(WINDOW, id))[0]?.[1]).toContain('公示的是：选址位置 大梁村东头第二回。')
})
