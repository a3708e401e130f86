import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { HttpAnswer } from '../network'
import { createCalls, type Host, type Options } from './host'

/** All that `wx.request` sends. */
const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT']
const TYPES: Readonly<Record<string, string>> = { png: 'image/png', jpg: 'image/jpeg' }
const ending = (path: string) => path.split('.').pop() ?? ''

const headersOf = (options: Options) =>
  Object.fromEntries(
    Object.entries((options['header'] ?? {}) as Record<string, unknown>).map(([name, value]) => [
      name.toLowerCase(),
      String(value),
    ]),
  )

function dataOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (_reason) {
    return text
  }
}

/** Requests, uploads, downloads and the state of the network. */
export function requestApis(host: Host) {
  const { loop, network, listeners, fault } = host
  const { succeed, fail } = createCalls(host)
  const progress = (options: Options, listener: unknown, percent: number) => {
    if (typeof listener === 'function' && host.isOfThisRun(options)) listener({ progress: percent })
  }
  /** Sends, and calls back with what came; `shape` makes of it what this API answers. */
  const exchange = (
    name: string,
    options: Options,
    send: () => Promise<HttpAnswer>,
    shape: (answer: HttpAnswer) => object,
  ) =>
    loop.track(async () => {
      const held = network.heldUntil(
        name === 'uploadFile' ? 'POST' : String(options['method'] ?? 'GET'),
        String(options['url']),
      )
      const tell = await send().then(
        (answer) => () => succeed(name, options, { statusCode: answer.status, ...shape(answer) }),
        (cause: unknown) => () =>
          fail(name, options, cause instanceof Error ? cause.message : String(cause), { errno: 600001 }),
      )
      // Nobody waits for what comes late.
      if (held) void held.then(() => loop.track(async () => tell()))
      else tell()
    })
  return {
    request(options: Options) {
      const method = String(options['method'] ?? 'GET')
      if (!METHODS.includes(method)) fault(`wx.request does not send ${method}`)
      if (typeof options['timeout'] !== 'number') fault('wx.request without a time-out')
      const { data } = options
      if (data !== undefined && typeof data !== 'string') fault('wx.request: a body that is no text')
      exchange(
        'request',
        options,
        () =>
          network.send({
            method,
            url: String(options['url']),
            headers: headersOf(options),
            body: data as string | undefined,
          }),
        ({ bytes, headers }) => ({ data: dataOf(bytes.toString('utf8')), header: headers, cookies: [] }),
      )
      return { abort() {}, onHeadersReceived() {}, offHeadersReceived() {} }
    },
    uploadFile(options: Options) {
      const path = String(options['filePath'])
      let listener: unknown
      const fields = options['formData'] as Readonly<Record<string, unknown>>
      for (const [name, value] of Object.entries(fields)) {
        if (typeof value !== 'string') fault(`wx.uploadFile: the field ${name} is no text`)
      }
      exchange(
        'uploadFile',
        options,
        async () => {
          // A phone tells far more often than anybody can see.
          for (let percent = 1; percent < 100; percent += 1) {
            progress(options, listener, percent)
            // So far apart that each is drawn by itself.
            await setTimeout(1)
          }
          const file = { path, name: String(options['name']), type: TYPES[ending(path)] ?? 'image/jpeg' }
          const answer = await network.post(
            String(options['url']),
            fields as Readonly<Record<string, string>>,
            file,
            headersOf(options),
          )
          progress(options, listener, 100)
          return answer
        },
        // A text here, whatever it holds.
        ({ bytes }) => ({ data: bytes.toString('utf8') }),
      )
      return {
        abort() {},
        onProgressUpdate: (each: unknown) => {
          listener = each
        },
        offProgressUpdate() {},
      }
    },
    downloadFile(options: Options) {
      const send = () =>
        network.send({
          method: 'GET',
          url: String(options['url']),
          headers: headersOf(options),
          body: undefined,
        })
      exchange('downloadFile', options, send, ({ bytes }) => {
        const tempFilePath = join(mkdtempSync(join(tmpdir(), 'weapp-')), 'tmp.png')
        writeFileSync(tempFilePath, bytes)
        return { tempFilePath }
      })
      return { abort() {}, onProgressUpdate() {}, offProgressUpdate() {} }
    },
    onNetworkStatusChange: (listener: (state: unknown) => void) => void listeners.network.add(listener),
    offNetworkStatusChange: (listener: (state: unknown) => void) => void listeners.network.delete(listener),
    /** For the test's hands; no API of WeChat. */
    tellNetwork(isConnected: boolean) {
      network.online = isConnected
      for (const listener of [...listeners.network])
        listener({ isConnected, networkType: isConnected ? '4g' : 'none' })
    },
  }
}
