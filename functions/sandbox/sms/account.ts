import { createHash } from 'node:crypto'
import { SMS_TEMPLATES } from '#shared/domain/reminder/sms'

const derive = (use: string) => createHash('sha256').update(`yinxiang local sms/${use}`).digest('hex')

/** The county's account at the local provider; plainly synthetic, and worth nothing at a real one. */
export const smsAccount = {
  keyId: `LTAI${derive('key id').slice(0, 20)}`,
  keySecret: derive('key secret').slice(0, 30),
  sign: '印象办事',
  /** Code -> text, as the provider has approved them. */
  templates: new Map<string, { readonly name: string; readonly text: string }>(
    Object.entries(SMS_TEMPLATES).map(
      ([name, text], nth) => [`SMS_10000000${nth + 1}`, { name, text }] as const,
    ),
  ),
}

/** What the product is told to send by it. */
export const smsVariables = {
  SMS_KEY_ID: smsAccount.keyId,
  SMS_KEY_SECRET: smsAccount.keySecret,
  SMS_SIGN: smsAccount.sign,
  SMS_TEMPLATES: [...smsAccount.templates].map(([code, { name }]) => `${name}:${code}`).join(','),
}
