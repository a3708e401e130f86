import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { expect, test } from 'vitest'
import { answerWhileStarting } from '../../functions/starting'
import { openBrowser } from './browser'

const HASHED = '/?as=wang#/features/case/timeline?id=1'

test.each([true, false])(
  'who comes too early sees the page by itself once it stands, scripts: %s',
  async (scripts) => {
    let isReady = false
    const page200 = () => new Response('<p>stands</p>', { headers: { 'Content-Type': 'text/html' } })
    const server = serve({
      port: 0,
      fetch: (request) => (isReady ? page200() : answerWhileStarting(request)),
    })
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const browser = await openBrowser()
    const page = await (await browser.newContext({ javaScriptEnabled: scripts })).newPage()
    const faults: string[] = []
    page.on('console', (message) => faults.push(message.text()))
    // Without scripts nothing of ours works; the foot of an address is the script's alone.
    await page.goto(`http://localhost:${port}${scripts ? HASHED : '/'}`)
    await page.getByText('正在启动，马上就好。').waitFor()
    isReady = true
    await page.getByText('stands').waitFor({ timeout: 10_000 })
    expect(page.url()).toContain(scripts ? HASHED : '/')
    expect(faults.filter((fault) => fault.includes('Content Security Policy'))).toEqual([])
    await browser.close()
    server.close()
  },
)
