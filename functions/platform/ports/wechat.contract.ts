import { expect, test } from 'vitest'
import type { Identity } from './identity'
import type { OutgoingReminder, Wechat } from './wechat'

/** Two people behind the port: a resident who follows the account, and somebody bound as staff. */
export interface WechatWorld {
  readonly wechat: Wechat
  readonly identity: Identity
  readonly resident: { readonly name: string; readonly idNumber: string; readonly phone: string }
  code(who: 'resident' | 'staff', purpose: 'login' | 'phone' | 'real-name'): Promise<string>
  /** The openid of a person in the official account. */
  followerOpenid(who: 'resident' | 'staff'): string
  /** The resident taps "allow" once for this template. */
  consent(templateId: string): Promise<void>
  reminder(channel: OutgoingReminder['channel'], openid: string): OutgoingReminder
}

/** What every adapter of the port does; `open` answers one world for the whole suite. */
export function describeWechat(open: () => WechatWorld) {
  const logIn = async (who: 'resident' | 'staff') => {
    const exchange = await open().wechat.exchangeLogin(await open().code(who, 'login'))
    if (exchange.kind !== 'person') throw new Error(`no login: ${exchange.kind}`)
    return exchange
  }

  test('a login code is good once and names the person by openid and unionid', async () => {
    const code = await open().code('resident', 'login')
    const first = await open().wechat.exchangeLogin(code)
    expect(first).toMatchObject({ kind: 'person', openid: expect.any(String), unionid: expect.any(String) })
    expect(await open().wechat.exchangeLogin(code)).toEqual({ kind: 'code-invalid' })
    expect(await open().wechat.exchangeLogin('made-up')).toEqual({ kind: 'code-invalid' })
    expect(await logIn('resident')).toEqual(first)
  })

  test('a phone code gives the phone, a login code does not', async () => {
    const phone = await open().wechat.exchangePhone(await open().code('resident', 'phone'))
    expect(phone).toEqual({ kind: 'phone', phone: open().resident.phone })
    const wrong = await open().wechat.exchangePhone(await open().code('resident', 'login'))
    expect(wrong).toEqual({ kind: 'code-invalid' })
  })

  test('one consent sends one reminder, the next is refused', async () => {
    const { openid } = await logIn('resident')
    const reminder = open().reminder('subscribe', openid)
    await open().consent(reminder.templateId)
    const first = await open().wechat.sendReminder(reminder)
    expect(first).toEqual({ kind: 'sent', messageId: expect.stringMatching(/^\d{16,}$/) })
    expect(await open().wechat.sendReminder(reminder)).toEqual({ kind: 'refused', because: 'no-consent' })
  })

  test('a field too long is rejected for good, without spending the consent', async () => {
    const { openid } = await logIn('resident')
    const reminder = open().reminder('subscribe', openid)
    await open().consent(reminder.templateId)
    const tooLong = { ...reminder, data: { ...reminder.data, thing1: '长'.repeat(21) } }
    expect(await open().wechat.sendReminder(tooLong)).toEqual({ kind: 'rejected', code: 47003 })
    expect(await open().wechat.sendReminder(reminder)).toMatchObject({ kind: 'sent' })
  })

  test('an employee message reaches staff and nobody else', async () => {
    const staff = await logIn('staff')
    const resident = await logIn('resident')
    const toStaff = await open().wechat.sendReminder(open().reminder('relation', staff.openid))
    expect(toStaff).toEqual({ kind: 'sent', messageId: null })
    const toResident = await open().wechat.sendReminder(open().reminder('relation', resident.openid))
    expect(toResident).toEqual({ kind: 'refused', because: 'not-bound' })
  })

  test('a template message with the same id is delivered once', async () => {
    const reminder = open().reminder('template', open().followerOpenid('resident'))
    const first = await open().wechat.sendReminder(reminder)
    expect(first).toMatchObject({ kind: 'sent', messageId: expect.stringMatching(/^\d{16,}$/) })
    expect(await open().wechat.sendReminder(reminder)).toEqual(first)
    const stranger = { ...reminder, openid: 'o000000000000000000000000000' }
    expect(await open().wechat.sendReminder(stranger)).toEqual({ kind: 'rejected', code: 40003 })
  })

  test('the two accounts know one person by one unionid', async () => {
    const { unionid } = await logIn('resident')
    expect(await open().wechat.findFollower(open().followerOpenid('resident'))).toEqual({ unionid })
  })

  test('who follows the official account is listed to the last one, under the unionid of their other account', async () => {
    const { unionid } = await logIn('resident')
    const { wechat, followerOpenid } = open()
    const listed: unknown[] = []
    for (let after: string | null = null; ; ) {
      const next: string | null = await wechat.listFollowers(after, async (some) => {
        expect(some.length).toBeLessThanOrEqual(100)
        listed.push(...some)
      })
      if (next === null || next === after) break
      after = next
    }
    expect(listed).toContainEqual({ openid: followerOpenid('resident'), unionid })
  })

  test('a page of the mini program has an address to be sent, and a page that is none has not', async () => {
    const link = await open().wechat.linkTo('features/service-item/home?token=x', 7)
    expect(link).toMatch(/^https?:\/\//)
    expect(await open().wechat.linkTo('pages/nowhere', 7)).toBeUndefined()
  })

  test('the menu is replaced', async () => {
    await open().wechat.setMenu([
      { name: '我要办事', page: 'pages/home/index' },
      { name: '便民', buttons: [{ name: '政策公开', url: 'https://www.example.gov.cn/policy' }] },
    ])
    await expect(open().wechat.setMenu([])).rejects.toThrow('40016')
  })

  test('name and number must both be the person’s own', async () => {
    const { name, idNumber } = open().resident
    const { openid } = await logIn('resident')
    const confirm = async (
      typed: { name: string; idNumber: string },
      who: 'resident' | 'staff' = 'resident',
    ) => open().identity.confirm({ openid, ...typed, code: await open().code(who, 'real-name') })
    expect(await confirm({ name, idNumber })).toBe('confirmed')
    expect(await confirm({ name, idNumber: '34182119740210327X' })).toBe('mismatch')
    expect(await confirm({ name: '别人', idNumber })).toBe('mismatch')
    expect(await confirm({ name, idNumber }, 'staff')).toBe('code-invalid')
  })
}
