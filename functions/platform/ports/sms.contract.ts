import { expect, test } from 'vitest'
import type { OutgoingSms, Sms } from './sms'

/** A provider behind the port, with one phone that it reaches. */
export interface SmsWorld {
  readonly sms: Sms
  readonly phone: string
  message(changes?: Partial<OutgoingSms>): OutgoingSms
  /** What the phone has, the newest first. */
  arrived(): Promise<readonly string[]>
}

/** What every adapter of the port does. */
export function describeSms(open: () => SmsWorld) {
  test('a message arrives with its variables filled, and has an id of the provider', async () => {
    const { sms, message, arrived } = open()
    const sent = message()
    expect(await sms.send(sent)).toEqual({ kind: 'sent', messageId: expect.stringMatching(/.+/) })
    const [text] = await arrived()
    for (const value of Object.values(sent.parameters)) expect(text).toContain(value)
  })

  test('the same id twice is two messages: nobody may count on less', async () => {
    const { sms, message, arrived } = open()
    const sent = message()
    const before = (await arrived()).length
    await sms.send(sent)
    await sms.send(sent)
    expect(await arrived()).toHaveLength(before + 2)
  })

  test('a number that nobody has is refused', async () => {
    const { sms, message } = open()
    expect(await sms.send(message({ to: '19900000000' }))).toMatchObject({ kind: 'refused' })
  })

  test('a template that the provider does not have, or a variable that is missing, is rejected for good', async () => {
    const { sms, message } = open()
    expect(await sms.send(message({ templateCode: 'SMS_1' }))).toMatchObject({ kind: 'rejected' })
    expect(await sms.send(message({ parameters: {} }))).toMatchObject({ kind: 'rejected' })
  })
}
