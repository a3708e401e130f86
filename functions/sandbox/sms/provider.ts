import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { uuidv7 } from 'uuidv7'
import type { FaultBook } from '../faults'
import { deliveries } from '../schema'
import type { World } from '../wechat/endpoint'
import { smsAccount } from './account'
import { signatureFault } from './verify'

/** The path under which its faults are ordered, and of what is delivered the way. */
export const SMS = 'sms'
/** What an ordered `error` answers, by its `errcode`; each number is one of ours, the words are the provider's. */
const ERRORS: Readonly<Record<number, string>> = {
  1: 'isv.MOBILE_NUMBER_ILLEGAL',
  2: 'isv.BUSINESS_LIMIT_CONTROL',
  3: 'Throttling.User',
  4: 'isv.AMOUNT_NOT_ENOUGH',
  5: 'isv.SMS_TEMPLATE_ILLEGAL',
}

type Request = Context<{ Bindings: Partial<HttpBindings> }>
interface Answer {
  readonly Code: string
  readonly BizId?: string
}

const refusal = (Code: string): Answer => ({ Code })

function parametersOf(text: string | null): Readonly<Record<string, string>> | undefined {
  try {
    return JSON.parse(text ?? '{}')
  } catch {
    return undefined
  }
}

async function take(world: World, request: Request): Promise<Answer> {
  const body = await request.req.text()
  const { pathname } = new URL(request.req.url)
  const header = (name: string) => request.req.header(name)
  const now = world.clock.milliseconds()
  const fault = signatureFault({ path: pathname, header, body }, smsAccount, now)
  if (fault) return refusal(fault)
  if (header('x-acs-action') !== 'SendSms' || header('x-acs-version') !== '2017-05-25')
    return refusal('InvalidAction.NotFound')
  const form = new URLSearchParams(body)
  if (form.get('SignName') !== smsAccount.sign) return refusal('isv.SMS_SIGNATURE_ILLEGAL')
  const template = smsAccount.templates.get(form.get('TemplateCode') ?? '')
  if (!template) return refusal('isv.SMS_TEMPLATE_ILLEGAL')
  const parameters = parametersOf(form.get('TemplateParam'))
  if (!parameters) return refusal('isv.INVALID_JSON_PARAM')
  const names = [...template.text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name)
  if (names.some((name) => !parameters[name])) return refusal('isv.TEMPLATE_MISSING_PARAMETERS')
  const phone = form.get('PhoneNumbers')
  const people = await world.register.list()
  const whose = people.filter((person) => person.phone === phone)
  if (whose.length === 0) return refusal('isv.MOBILE_NUMBER_ILLEGAL')
  const messageId = `${uuidv7()}^0`
  const data = JSON.stringify({
    text: `【${smsAccount.sign}】${template.text.replace(/\$\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '')}`,
    outId: form.get('OutId'),
  })
  for (const [nth, { id }] of whose.entries())
    await world.database.db.insert(deliveries).values({
      messageId: nth === 0 ? messageId : `${messageId}-${nth}`,
      api: SMS,
      person: id,
      templateId: template.name,
      page: '',
      data,
      sentAt: now,
    })
  return { Code: 'OK', BizId: messageId }
}

/** Takes what the product sends as the provider would, and keeps it for the phone whose number it is. */
export function createSmsProvider(world: World, faultBook: FaultBook) {
  const app = new Hono<{ Bindings: Partial<HttpBindings> }>()
  app.post('/', async (request) => {
    const fault = await faultBook.take(SMS)
    if (fault?.kind === 'error') return request.json(refusal(ERRORS[fault.errcode] ?? 'isp.SYSTEM_ERROR'))
    if (fault?.kind === 'bad-gateway') return request.html('<html><h1>502 Bad Gateway</h1></html>', 502)
    if (fault?.kind === 'not-json') return request.html('<html>busy</html>', 200)
    if (fault?.kind === 'latency') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds))
    const answer = await take(world, request)
    if (fault?.kind === 'reset') {
      request.env?.incoming?.socket.destroy()
      return request.body(null, 500)
    }
    return request.json({ ...answer, Message: answer.Code, RequestId: uuidv7() })
  })
  return app
}
