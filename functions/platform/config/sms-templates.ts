import { SMS_TEMPLATES } from '#shared/domain/reminder/sms'

const ENTRY = /^[\w-]+:\w+$/
const namesOf = (text: string) => text.split(',').map((entry) => entry.split(':')[0] ?? '')

/** What is wrong with `SMS_TEMPLATES`; null where nothing is. A county need not have each of them. */
export function smsTemplatesFault(text: string): string | null {
  if (!text.split(',').every((entry) => ENTRY.test(entry)))
    return 'expected <our name>:<code at the provider>, one after each comma'
  const names = namesOf(text)
  const unknown = names.filter((name) => !(name in SMS_TEMPLATES))
  if (unknown.length > 0) return `no template of the product: ${unknown.join(', ')}`
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  return twice.length > 0 ? `twice: ${twice.join(', ')}` : null
}

export const readSmsTemplates = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(',').map((entry) => {
      const [name = '', code = ''] = entry.split(':')
      return [name, code] as const
    }),
  )
