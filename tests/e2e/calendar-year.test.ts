import { expect, test } from 'vitest'
import { caseOf } from '../product/client'
import { keepPicture, PHONE } from './browser'
import { DESK, openDeskHands } from './desk-hands'
import { pageFaults } from './page-checks'
import { file } from './scenes'
import { answer, choose, press, sees } from './screen'

// The year of which no calendar is out: one lays it down, another publishes it, and whoever waited has a day.
const { client, born, openWork } = await openDeskHands({ birth: '1943-05-20' })
const PAGE = 'staff/case/calendar'

test('a year is laid down by one, published by another, and an open case has its day', async () => {
  await client.door('POST', 'clock', { set: '2026-12-28T09:42:00+08:00' })
  const applicant = await born('平跨年')
  const id = await file(client, applicant, 'LX-005')
  const dueOn = async () => (await caseOf(applicant.person, id)).dueOn
  expect(await dueOn()).toBeNull()

  const admin = await openWork('he-jing', PAGE, { size: DESK })
  await sees(admin.page, '2027 年还没有日历')
  await sees(admin.page, '上班 254 天')
  await press(admin.page, '2027年1月4日 周一，上班')
  await press(admin.page, '2027年1月9日 周六，周末')
  await sees(admin.page, '补班的 1 天都在周六、周日')
  await sees(admin.page, '法定的节日都放了假')
  await sees(admin.page, '录了这些')
  await press(admin.page, '2027年5月1日 周六，放假')
  await press(admin.page, '2027年5月1日 周六，周末')
  await sees(admin.page, '5月1日 是劳动节，法定节假日，要放假')
  await press(admin.page, '录好了，交上去')
  await sees(admin.page, '放假安排有几处要改')
  await press(admin.page, '2027年5月1日 周六，周末上班')
  await sees(admin.page, /^还少放 6 个工作日/)
  for (const day of ['24日 周五', '27日 周一', '28日 周二', '29日 周三', '30日 周四', '31日 周五'])
    await press(admin.page, `2027年12月${day}，上班`)
  await sees(admin.page, '法定的节日都放了假')
  await keepPicture(admin.page, 'calendar-edited')
  await press(admin.page, '录好了，交上去')
  await sees(admin.page, '公布 2027 年的日历，1 件的日子要变')
  await sees(admin.page, /^你录好了，等陈志远来公布/)
  expect(await admin.page.getByRole('button', { name: '公布', exact: true }).count()).toBe(0)
  await keepPicture(admin.page, 'calendar-drafted')
  expect(await pageFaults(admin.page, { desktop: true })).toEqual([])

  const chief = await openWork('chen-zhiyuan', PAGE, { size: PHONE })
  await sees(chief.page, '公布 2027 年的日历，1 件的日子要变')
  await sees(chief.page, '高龄津贴')
  await sees(chief.page, /^何静 .+ 录的，你核过就公布。$/)
  await press(chief.page, /^1月/)
  await keepPicture(chief.page, 'calendar-phone')
  expect(await pageFaults(chief.page)).toEqual([])
  await press(chief.page, '公布')
  await answer(chief.page, '公布')
  await sees(chief.page, '2027 年的放假安排')
  expect(await dueOn()).toBe('2027-01-12')
  expect([admin.faults, chief.faults]).toEqual([[], []])
  await Promise.all([admin.close(), chief.close()])
})

test.each([PHONE, { width: 320, height: 640 }])('in large letters: $width', async (size) => {
  const phone = await openWork('he-jing', PAGE, { size, elder: true })
  await choose(phone.page, 'tab', '2026 年')
  await sees(phone.page, '2026 年的放假安排')
  await press(phone.page, /^10月/)
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await keepPicture(phone.page, `calendar.elder.${size.width}`)
  // Seven days beside each other are 41 px each at most where the screen has 320.
  const small = (await pageFaults(phone.page)).filter((fault) => !fault.startsWith('target 41x60'))
  expect(small).toEqual([])
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('who publishes reads what differs, and nobody lays a year over what a colleague laid since', async () => {
  const admin = await openWork('he-jing', PAGE, { size: DESK })
  await choose(admin.page, 'tab', '2026 年')
  await press(admin.page, '12月31日 周四，上班')
  await sees(admin.page, '和现在用的比，改了 1 天')
  const chief = await openWork('chen-zhiyuan', PAGE, { size: DESK })
  await choose(chief.page, 'tab', '2026 年')
  await press(chief.page, '12月30日 周三，上班')
  await press(chief.page, '录好了，交上去')
  await sees(chief.page, /^你录好了，等何静来公布/)

  await press(admin.page, '录好了，交上去')
  await sees(admin.page, '这一年又录了新的一份，看新的那份')
  await admin.page.reload()
  await choose(admin.page, 'tab', '2026 年')
  await sees(admin.page, '你改的还没交，陈志远后来又录了一份。')
  await press(admin.page, '看新的')
  await sees(admin.page, '12月30日')
  await sees(admin.page, '原来上班')
  await admin.page.getByRole('button', { name: '12月30日 周三，放假，原来上班', exact: true }).waitFor()
  await keepPicture(admin.page, 'calendar-differs')
  expect(chief.faults).toEqual([])
  await Promise.all([admin.close(), chief.close()])
})
