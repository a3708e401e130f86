import { expect, test } from 'vitest'
import { act, caseOf } from '../product/client'
import { keepPicture, PHONE } from './browser'
import { DESK, openDeskHands } from './desk-hands'
import { press, sees } from './screen'

// What a first notice left out teaches whoever wrote it, and stands beside the next one.
const { client, filed, openWork, supplemented } = await openDeskHands({ birth: '1943-05-20' })
const PAGE = 'staff/case/missed-items'
const NARROW = { width: 320, height: 640 }

const fits = (page: { evaluate: (of: () => boolean) => Promise<boolean> }) =>
  page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)

async function askedTwice(name: string) {
  const id = await supplemented(name)
  const reason = '第一次漏了这几样'
  const window = await client.as('zhao-min')
  expect((await act(window, id, 'request-approval', { for: 'request-correction', reason })).status).toBe(200)
  const choices = (await caseOf(window, id)).staff?.correctionChoices ?? []
  const [left] = choices.filter(({ kind, name: paper }) => kind === 'material' && paper !== '居民户口簿')
  const items = [{ kind: 'material', name: left?.name, reason: '缺这一份' }]
  const sent = await act(await client.as('wu-deming'), id, 'request-correction', { reason, items })
  expect({ status: sent.status, body: sent.body }).toMatchObject({ status: 200 })
  return left?.label ?? ''
}

test('nobody has left anything out yet', async () => {
  const phone = await openWork('zhao-min', PAGE, { size: PHONE })
  await sees(phone.page, '没有没要齐的')
  await keepPicture(phone.page, 'missed-items-none')
  await phone.close()
})

test('the clerk reads their own with the cases, the head what and how often, and the next notice is told', async () => {
  const label = await askedTwice('严一')
  await askedTwice('严二')
  const next = await filed('严三', 'LX-005')

  const phone = await openWork('zhao-min', PAGE, { size: PHONE })
  await sees(phone.page, `高龄津贴 · ${label}`)
  await sees(phone.page, '材料，2 次')
  await keepPicture(phone.page, 'missed-items-own')
  const [first] = await phone.page.getByText(/再次补正$/).all()
  await first?.click()
  await sees(phone.page, /严\*/)
  expect(phone.faults).toEqual([])
  await phone.close()

  for (const [size, elder] of [
    [NARROW, false],
    [NARROW, true],
    [DESK, false],
  ] as const) {
    const head = await openWork('wu-deming', PAGE, { size, elder })
    await sees(head.page, label)
    await sees(head.page, '2 次')
    expect(await head.page.getByText('赵敏').count()).toBe(0)
    expect(await fits(head.page)).toBe(true)
    await keepPicture(head.page, `missed-items-unit-${size.width}${elder ? '-elder' : ''}`)
    expect(head.faults).toEqual([])
    await head.close()
  }

  const notice = { id: next, action: 'request-correction', stepKey: 'accept', unitId: '341821105' }
  const query = new URLSearchParams(notice).toString()
  const writing = await openWork('zhao-min', `staff/case/request-correction?${query}`, { size: NARROW })
  await sees(writing.page, /^标“常漏”的/)
  const often = writing.page.getByRole('checkbox', { name: `${label}，常漏` })
  expect(await often.getAttribute('aria-checked')).toBe('false')
  await keepPicture(writing.page, 'missed-items-often')
  await often.focus()
  await writing.page.keyboard.press('Space')
  await sees(writing.page, '看告知书，补 1 样')
  expect(await fits(writing.page)).toBe(true)
  await writing.close()
})

test('from 我的 it is one press away', async () => {
  const phone = await openWork('zhao-min', 'tabs/account/me', { size: PHONE })
  await press(phone.page, '头一次没要齐的')
  await sees(phone.page, '下次一次要齐')
  expect(phone.faults).toEqual([])
  await phone.close()
})
