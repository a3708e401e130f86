import { openServer, type RunningServer } from './open-server'
import { readEnvironment } from './platform/config/environment'
import { sentenceOf } from './sentence-of'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** A process that a signal ends by itself loses the lines of its log that wait to be written. */
function endOnSignal(running: () => RunningServer | undefined) {
  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    await running()?.close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())
}

let server: RunningServer | undefined
endOnSignal(() => server)
try {
  server = await openServer(readEnvironment(), process.cwd())
  say(`印象办事已经就绪 ${server.url}${server.sandbox ? `  控制台 ${server.url}/sandbox` : ''}`)
} catch (cause) {
  const sentence = sentenceOf(cause)
  if (sentence === undefined) throw cause
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
