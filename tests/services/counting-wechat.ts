import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One message that was handed over, as WeChat saw it. */
export interface Handed {
  /** By the clock that the limits count by. */
  readonly at: number
  readonly machineAt: number
  readonly worker: string
  readonly reminderId: string
  readonly openid: string
  readonly templateId: string
}

/** WeChat, as far as a token and a message go: takes everything after a moment and counts it. */
export async function startCountingWechat(milliseconds: () => number) {
  const handed: Handed[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const answer = (body: object) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    if (request.url?.startsWith('/cgi-bin/stable_token')) {
      return answer({ access_token: 'token', expires_in: 7200 })
    }
    const { touser, template_id, page } = JSON.parse(text) as Record<string, string>
    handed.push({
      at: milliseconds(),
      machineAt: Date.now(),
      worker: String(request.headers['x-worker']),
      reminderId: (page ?? '').replace(/^.*=/, ''),
      openid: touser ?? '',
      templateId: template_id ?? '',
    })
    const messageId = `m${handed.length}`
    setTimeout(() => answer({ errcode: 0, errmsg: 'ok', msgid: messageId }), 5 + Math.random() * 35)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    handed,
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
