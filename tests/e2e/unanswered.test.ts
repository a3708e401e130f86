import { expect, test } from 'vitest'
import { caseOf } from '../product/client'
import { keepPicture, PHONE, untilShown } from './browser'
import { dialogOf, holdAnswer, openDeskHands, TO_REVIEWER } from './desk-hands'
import { STAFF } from './scenes'
import { press, sees, UNTIL_READ } from './screen'

// Whoever closes a sheet before its answer came is told on the page when it is lost: of that act, and of no other.
const { client, filed, openWork } = await openDeskHands()

test.each(['desk', 'phone'] as const)('a signature without an answer is told on the page, %s', async (at) => {
  const id = await filed(at === 'desk' ? '钟签桌' : '钟签机', 'LX-009', TO_REVIEWER)
  const path = `staff/case/case?id=${id}`
  const { page, faults, close } = await openWork(STAFF.reviewer, path, at === 'desk' ? {} : { size: PHONE })
  await press(page, /^准予/)
  await sees(page, '你的决定')
  await untilShown(page)
  await press(page, /^看一遍，签发准予/)
  await dialogOf(page).waitFor()
  await page.waitForTimeout(UNTIL_READ)
  const answered = await holdAnswer(page)
  await press(dialogOf(page), '签发，准予')
  await sees(dialogOf(page), '正在签发，别关')
  await page.keyboard.press('Escape')
  await dialogOf(page).waitFor({ state: 'hidden' })
  await answered('lost')
  await sees(page, '准予：不知道签上没有。没有连上网。再点一次就知道，不会签两次。')
  await keepPicture(page, `decide-unanswered.${at}`)
  expect((await caseOf(await client.as(STAFF.reviewer), id)).status).toBe('granted')
  // The case is read anew, and shows it.
  await page.goBack()
  await untilShown(page)
  await expect
    .poll(() =>
      page
        .getByText(/不知道签上没有/)
        .filter({ visible: true })
        .count(),
    )
    .toBe(0)
  expect(faults).toEqual([])
  await close()
})

test('the unknown of one act stands in the sheet of no other, and is known by the same once more', async () => {
  const id = await filed('钟受理', 'LX-036')
  const { page, faults, close } = await openWork(STAFF.window, `staff/case/case?id=${id}`)
  const unknown = '不知道交上没有'
  await page.keyboard.press('r')
  await dialogOf(page).waitFor()
  await page.waitForTimeout(UNTIL_READ)
  const answered = await holdAnswer(page)
  await page.keyboard.press('Control+Enter')
  await sees(dialogOf(page), '正在交，别关')
  await page.keyboard.press('Escape')
  await dialogOf(page).waitFor({ state: 'hidden' })
  await answered('lost')
  await sees(page, `受理：${unknown}。没有连上网。再点一次就知道，不会办重。`)
  await keepPicture(page, 'accept-unanswered.desk')
  await page.keyboard.press('f')
  await dialogOf(page).waitFor()
  expect(await dialogOf(page).getByText(unknown).count()).toBe(0)
  await page.keyboard.press('Escape')
  await dialogOf(page).waitFor({ state: 'hidden' })
  await page.keyboard.press('r')
  await sees(dialogOf(page), unknown)
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('Control+Enter')
  await sees(page, /：受理了/)
  expect((await caseOf(await client.as(STAFF.window), id)).status).toBe('accepted')
  expect(faults).toEqual([])
  await close()
})
