import { expect, test } from 'vitest'
import { keepPicture, PHONE } from './browser'
import { DESK, OPINION, openDeskHands } from './desk-hands'
import { file, play } from './scenes'
import { press, sees } from './screen'

// What no phone got and nobody wanted so is seen by the administrator, by nobody's name, and sent again by hand.
const { client, born, openWork } = await openDeskHands({ birth: '1943-05-20' })
const PAGE = 'staff/reminder/dead-letters'
const SEND = '/cgi-bin/message/subscribe/send'

/** A case is accepted, and WeChat does not take the message that says so. */
async function unsent(name: string) {
  const applicant = await born(name, 3)
  await client.door('POST', 'consents', { person: applicant.personId, choice: 'accept' })
  await client.door('POST', 'faults', { path: SEND, times: 1, kind: 'error', errcode: 47003 })
  const id = await file(client, applicant, 'LX-005')
  await play(client, id, [
    ['village', 'verify', { reason: OPINION }],
    ['window', 'accept'],
  ])
  // What can still be undone has not gone out.
  await client.door('POST', 'clock', { advanceHours: 1 })
  return applicant
}
const openPage = (size: typeof PHONE, elder = false) => openWork('he-jing', PAGE, { size, elder })
const fits = (page: { evaluate: (of: () => boolean) => Promise<boolean> }) =>
  page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)

test('nothing is there to be seen to at first', async () => {
  const { page, faults, close } = await openPage(PHONE)
  await sees(page, '没有要你看的')
  await keepPicture(page, 'dead-letters-none')
  expect(faults).toEqual([])
  await close()
})

test('what WeChat does not take is listed by nobody’s name, and sent again by a press, once', async () => {
  const { personId } = await unsent('费没发成')
  const delivered = async () =>
    (await client.door<{ deliveries: readonly object[] }>('GET', `deliveries?person=${personId}`)).body
      .deliveries.length
  for (const [size, elder] of [
    [{ width: 320, height: 640 }, true],
    [DESK, false],
  ] as const) {
    const { page, faults, close } = await openPage(size, elder)
    await sees(page, '微信不收这条')
    await sees(page, '微信的错误码 47003')
    expect(await page.getByText(/费/).count()).toBe(0)
    expect(await fits(page)).toBe(true)
    await keepPicture(page, `dead-letters-${size.width}${elder ? '-elder' : ''}`)
    expect(faults).toEqual([])
    await close()
  }
  expect(await delivered()).toBe(0)
  const { page, faults, close } = await openPage(PHONE)
  // The answer is lost on its way back: pressed again nothing goes out twice.
  await page.route(
    '**/resend',
    async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    },
    { times: 1 },
  )
  await press(page, '再发一次')
  await sees(page, /再点一次就知道，不会发重/)
  await keepPicture(page, 'dead-letters-unknown')
  await press(page, '再发一次')
  await sees(page, /排上了 1 条|不在没发成的里面了/)
  await expect.poll(delivered, { timeout: 5000 }).toBe(1)
  await page.reload()
  await sees(page, '没有要你看的')
  expect(faults).toEqual([])
  await close()
})

test('from 我的 it is one press away for the administrator, and for nobody else', async () => {
  const own = await openWork('he-jing', 'tabs/account/me', { size: PHONE })
  await press(own.page, '没发成的提醒')
  await sees(own.page, '都发成了')
  await own.close()
  const clerk = await openWork('zhao-min', 'tabs/account/me', { size: PHONE })
  await sees(clerk.page, '头一次没要齐的')
  expect(await clerk.page.getByText('没发成的提醒').count()).toBe(0)
  await clerk.close()
})
