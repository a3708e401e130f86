import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, type Client, caseOf, clientOf } from '../product/client'
import { fileProject, LOOKERS, nothingMissing } from '../product/project'
import { keepPicture, openBrowser, openPhone, PHONE, untilShown } from './browser'
import { dialogOf } from './desk-hands'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, file, play, STAFF } from './scenes'
import { choose, press, sees, UNTIL_READ, write } from './screen'

// A decision that was wrong: the desk asks first, the phone answers, the desk revokes, the phone reads why.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const DESK = { width: 1280, height: 720 }
const APPROVER = 'wu-deming'
/** What goes out is read before it is signed. */
const LOOK = '先看文书'
const born = bornBy(client)

async function openAs(
  person: string,
  path: string,
  { size = PHONE, elder = false }: { size?: { width: number; height: number }; elder?: boolean } = {},
) {
  const opened = await openPhone(browser, { url, person, size, elder })
  await opened.go(path)
  await untilShown(opened.page)
  return opened
}
const CONCLUDED = [
  ['village', 'verify'],
  ['window', 'accept'],
  ['reviewer', 'grant'],
  ['window', 'conclude'],
] as const

async function granted(name: string, acts: Parameters<typeof play>[2] = CONCLUDED) {
  const owner = await born(name)
  const id = await file(client, owner, 'LX-005')
  await play(client, id, acts)
  return { owner, id }
}

const PROPOSAL = { action: 'propose-revocation', basis: 'unqualified', reason: '户口在外县，迁来还没满一年' }
async function proposed(id: string) {
  const reviewer = await client.as(STAFF.reviewer)
  const { version } = await caseOf(reviewer, id)
  const done = await reviewer.send('POST', `/api/cases/${id}/after-decision`, {
    body: { version, ...PROPOSAL },
  })
  expect(done.status, JSON.stringify(done.body)).toBe(200)
}

test('whoever decided asks before anything is taken: at the desk, with the ground and the reason', async () => {
  const { id } = await granted('柏先问')
  const { page, close } = await openAs(STAFF.reviewer, `staff/case/case?id=${id}`, { size: DESK })
  await press(page, /^拟撤销这个决定/)
  const sheet = dialogOf(page)
  await page.waitForTimeout(UNTIL_READ)
  await press(sheet, LOOK)
  await sees(sheet, '选一种')
  await choose(sheet, 'radio', /不符合法定条件/)
  await write(sheet, '查明的事实和理由', '户口在外县')
  await keepPicture(page, 'revocation-proposed')
  expect(await pageFaults(page, { desktop: true })).toEqual([])
  // Of a double press the second was meant for what was there before: nothing is signed by it.
  await sheet.getByText(LOOK).dblclick()
  await sees(sheet, /当事人的陈述、申辩|你可以陈述、申辩|陈述、申辩，请在/)
  await sees(sheet, /户口在外县/)
  expect((await caseOf(await client.as(STAFF.reviewer), id)).revocation).toBeNull()
  await untilHeard(page)
  await press(sheet, '回去改')
  await write(sheet, '查明的事实和理由', PROPOSAL.reason)
  await untilHeard(page)
  await press(sheet, LOOK)
  await sees(sheet, new RegExp(PROPOSAL.reason))
  await keepPicture(page, 'revocation-read')
  expect(await pageFaults(page, { desktop: true })).toEqual([])
  await untilHeard(page)
  await press(sheet, '拟撤销这个决定')
  await sees(page, /申请人还没有说/)
  expect((await caseOf(await client.as(STAFF.reviewer), id)).revocation?.reason).toBe(PROPOSAL.reason)
  await close()
})

test('on the phone the notice is read before it goes, in elder mode and at 320 too', async () => {
  const { id } = await granted('柏手机')
  for (const look of [{}, { elder: true }, { size: { width: 320, height: 700 } }] as const) {
    const { page, close } = await openAs(STAFF.reviewer, `staff/case/case?id=${id}`, look)
    await press(page, /^拟撤销这个决定/)
    const sheet = dialogOf(page)
    await page.waitForTimeout(UNTIL_READ)
    await choose(sheet, 'radio', /不符合法定条件/)
    await write(sheet, '查明的事实和理由', PROPOSAL.reason)
    await press(sheet, LOOK)
    await sees(sheet, '看一遍再发')
    expect(await sheet.evaluate((each) => each.scrollTop)).toBe(0)
    await keepPicture(page, `revocation-read-${'elder' in look ? 'elder' : 'size' in look ? 320 : 390}`)
    expect(await pageFaults(page, { elder: 'elder' in look })).toEqual([])
    await close()
  }
})

test('the phone asks first of all, keeps what is written, and says that it was noted', async () => {
  const { owner, id } = await granted('柏听说')
  await proposed(id)
  const { page, close } = await openAs(owner.personId, `features/case/timeline?id=${id}`)
  await sees(page, '等你做：先听你说')
  await keepPicture(page, 'revocation-asked')
  expect(await pageFaults(page)).toEqual([])
  await press(page, '交上去')
  await sees(page, '写一句你的意见')
  await write(page, '说说你的意见', '我一直住在大梁，户口去年迁回来的')
  await press(page, '交上去')
  await sees(page, '你说的记下了')
  expect((await caseOf(owner.person, id)).revocation?.statements).toMatchObject([
    { words: '我一直住在大梁，户口去年迁回来的' },
  ])
  await close()
  const narrow = await openAs(owner.personId, `features/case/timeline?id=${id}`, {
    size: { width: 320, height: 700 },
    elder: true,
  })
  await sees(narrow.page, '你说的记下了')
  expect(await pageFaults(narrow.page)).toEqual([])
  await narrow.close()
})

test('the approver revokes at the desk, and the phone reads why, what may be done, and the struck paper', async () => {
  const { owner, id } = await granted('柏撤销')
  await proposed(id)
  const { version } = await caseOf(owner.person, id)
  const spoken = await owner.person.send('POST', `/api/cases/${id}/statement`, {
    body: { version, statement: '我的材料都是真的', isAll: true },
  })
  expect(spoken.status, JSON.stringify(spoken.body)).toBe(200)
  const desk = await openAs(APPROVER, `staff/case/case?id=${id}`, { size: DESK })
  await sees(desk.page, '我的材料都是真的')
  await press(desk.page, /^撤销这个决定/)
  const sheet = dialogOf(desk.page)
  await write(sheet, '对申请人说的采纳没有，为什么撤销', '查了户籍，没满一年，不采纳')
  await untilHeard(desk.page)
  await press(sheet, LOOK)
  await sees(sheet, /对陈述、申辩的采纳情况/)
  await untilHeard(desk.page)
  await press(sheet, '撤销这个决定')
  await sees(desk.page, /撤销决定书发出去了/)
  await desk.close()
  const { page, go, close } = await openAs(owner.personId, `features/case/timeline?id=${id}`)
  await sees(page, '批了的撤销了')
  await sees(page, '查了户籍，没满一年，不采纳')
  await sees(page, '申请行政复议')
  await keepPicture(page, 'revoked')
  expect(await pageFaults(page)).toEqual([])
  const old = (await caseOf(owner.person, id)).documents.find(({ kind }) => kind === 'confirm')
  await go(`features/case/document?case=${id}&id=${old?.id}`)
  await untilShown(page)
  await sees(page, '这份文书不再算数')
  await keepPicture(page, 'revoked-paper')
  expect(await pageFaults(page)).toEqual([])
  await press(page, '看撤销决定书')
  await sees(page, /对陈述、申辩的采纳情况/)
  await close()
})

test('a slip is put right at the desk; what decides is refused with what to do instead', async () => {
  const { owner, id } = await granted('柏笔误', [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '户籍在大粱村，核实时人不在' }],
    ['window', 'conclude'],
  ])
  // Another of the unit than who signed the reason.
  const { page, close } = await openAs('li-kai', `staff/case/case?id=${id}`, { size: DESK })
  await press(page, /^更正文书上的笔误/)
  const sheet = dialogOf(page)
  await write(sheet, '文书上的原文', '不予')
  await write(sheet, '更正为', '准予')
  await write(sheet, '理由', '录入时打错了字')
  await untilHeard(page)
  await press(sheet, LOOK)
  await sees(sheet, /是决定本身，不是笔误/)
  await write(sheet, '文书上的原文', '柏笔误')
  await write(sheet, '更正为', '柏毕武')
  await press(sheet, LOOK)
  await sees(sheet, /名字只能改成核过身份的那个/)
  await write(sheet, '文书上的原文', '大粱村')
  await write(sheet, '更正为', '大梁村')
  await press(sheet, LOOK)
  await sees(sheet, /原文为：大粱村/)
  await keepPicture(page, 'amendment-read')
  expect(await pageFaults(page, { desktop: true })).toEqual([])
  await untilHeard(page)
  await press(sheet, '更正文书上的笔误')
  await sees(page, /更正通知书发出去了/)
  expect((await caseOf(owner.person, id)).documents.find(({ kind }) => kind === 'deny')?.mark?.kind).toBe(
    'corrected',
  )
  await close()
})

/** A sheet hears nothing in its first half second. */
async function untilHeard(page: Parameters<typeof dialogOf>[0]) {
  await page.waitForTimeout(UNTIL_READ)
}

test('who is above several departments chooses whose decision is meant, at the desk and on the phone', async () => {
  const { id } = await fileProject(client)
  await nothingMissing(client, id)
  await act(await client.as('zhou-min'), id, 'accept')
  for (const unit of ['nr', 'eco'] as const) await act(await client.as(LOOKERS[unit]), id, 'pass')
  const supervisor = await client.as('supervisor-1')
  const looked = await supervisor.send('POST', `/api/work/cases/${id}/looks`, {
    body: { reason: '群众举报' },
  })
  expect(looked.status, JSON.stringify(looked.body)).toBe(201)
  for (const look of [{ size: DESK }, { elder: true }, { size: { width: 320, height: 700 } }] as const) {
    const { page, close } = await openAs('supervisor-1', `staff/case/case?id=${id}`, look)
    await press(page, /^请机关重新审查/)
    const sheet = dialogOf(page)
    await page.waitForTimeout(UNTIL_READ)
    await sees(sheet, '哪个单位的决定')
    await keepPicture(page, `advice-whose-${'size' in look ? look.size.width : 'elder'}`)
    expect(await pageFaults(page, { desktop: 'size' in look && look.size === DESK })).toEqual([])
    await close()
  }
  const { page, close } = await openAs('supervisor-1', `staff/case/case?id=${id}`, { size: DESK })
  await press(page, /^请机关重新审查/)
  const sheet = dialogOf(page)
  await page.waitForTimeout(UNTIL_READ)
  await choose(sheet, 'radio', /生态环境/)
  await choose(sheet, 'radio', /程序/)
  await write(sheet, '查明的事实和理由', '举报说没有看现场')
  await press(sheet, '请机关重新审查')
  await sees(page, /请它重新审查/)
  expect((await caseOf(supervisor, id)).staff?.afterDecision?.advice).toMatchObject({
    own: { unitName: expect.stringContaining('生态') },
  })
  await close()
})
