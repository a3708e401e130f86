import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { caseOf } from '../product/client'
import { openToLookAt } from './looked-at'
import { bornBy, file, play, STAFF } from './scenes'
import { press, sees, UNTIL_READ } from './screen'

// 催一催: who waits asks on a sheet that says whom it reminds, and the button says when it can be used again.
const { client, lookedAt, openPhone } = await openToLookAt('nudge')
const born = bornBy(client)

async function waiting(name: string) {
  const owner = await born(name, 3)
  const id = await file(client, owner, 'LX-005')
  await play(client, id, [['window', 'accept']])
  return { owner, id, path: `features/case/timeline?id=${id}` }
}
const nudges = async (owner: Awaited<ReturnType<typeof waiting>>['owner'], id: string) =>
  (await caseOf(owner.person, id)).timeline.filter(({ type }) => type === 'nudged').length
const sheetOf = (page: Page) => page.getByRole('dialog').filter({ visible: true })
const openSheet = async (page: Page) => {
  await press(page, '催一催')
  await sheetOf(page).waitFor()
  await page.waitForTimeout(UNTIL_READ)
}

test('the sheet says whom it reminds, that no day moves, and how to be faster; closed, nothing was asked', async () => {
  const { owner, id, path } = await waiting('翁看单')
  await lookedAt(owner, path, 'sheet', async (page) => {
    await openSheet(page)
    await sees(page, '催一催 梅渚镇？')
    await sees(page, /^会提醒正在审核的.+。期限不变，还是最晚/)
    await sees(page, '3 天能催一次。急用的话，直接打电话更快。')
    const words = await sheetOf(page).locator('.sheet__actions [role=button]').allInnerTexts()
    expect(words).toEqual(['催一催', '打电话'])
  })
  expect(await nudges(owner, id)).toBe(0)
})

test('pressed twice it is one, the timeline tells it, and the button says from when on there may be another', async () => {
  const { owner, id, path } = await waiting('翁双催')
  const phone = await openPhone({ person: owner.personId, size: { width: 390, height: 844 } })
  const { page } = phone
  await phone.go(path)
  await openSheet(page)
  let sent = 0
  page.on('request', (request) => {
    if (request.url().endsWith('/nudge')) sent += 1
  })
  await sheetOf(page).getByRole('button', { name: '催一催', exact: true }).dblclick()
  await sees(page, '催过了')
  await sheetOf(page).waitFor({ state: 'hidden' })
  await sees(page, '催了一次')
  await sees(page, '提醒了梅渚镇')
  await sees(page, /^\d+月\d+日 能再催$/)
  expect([sent, await nudges(owner, id)]).toEqual([1, 1])
  expect(phone.faults).toEqual([])
  await phone.close()
  await lookedAt(owner, path, 'told', (page) => sees(page, /能再催$/))
  const staff = await openPhone({ person: STAFF.reviewer, size: { width: 390, height: 844 } })
  await staff.go(`staff/case/case?id=${id}`)
  await sees(staff.page, /^申请人 \d+月\d+日 催过$/)
  expect(staff.faults).toEqual([])
  await staff.close()
})

test('an answer that is lost is told as unknown, and a look says that it went', async () => {
  const { owner, id, path } = await waiting('翁丢答')
  const phone = await openPhone({ person: owner.personId, size: { width: 390, height: 844 } })
  const { page } = phone
  await phone.go(path)
  await page.route(
    '**/nudge',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await openSheet(page)
  await press(sheetOf(page), '催一催')
  await sees(page, '不知道催成没有')
  await press(page, '看一下')
  await sees(page, '催过了')
  await sheetOf(page).waitFor({ state: 'hidden' })
  expect(await nudges(owner, id)).toBe(1)
  await phone.close()
})

test('what is refused is told on the sheet, and can be tried again', async () => {
  const { owner, id, path } = await waiting('翁没成')
  const phone = await openPhone({ person: owner.personId, size: { width: 390, height: 844 } })
  const { page } = phone
  await phone.go(path)
  await openSheet(page)
  await page.route('**/nudge', (route) => route.abort(), { times: 1 })
  await press(sheetOf(page), '催一催')
  await sees(page, '不知道催成没有')
  await press(page, '看一下')
  await sees(page, '没催成，再点一次')
  await press(page, '再试一次')
  await sees(page, '催过了')
  expect(await nudges(owner, id)).toBe(1)
  await phone.close()
})
