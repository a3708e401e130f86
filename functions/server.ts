import { openServer, type RunningServer } from './open-server'
import { readEnvironment } from './platform/config/environment'
import { sentenceOf } from './sentence-of'

const say = (line: string) => process.stdout.write(`${line}\n`)

function endOnSignal(server: RunningServer) {
  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    await server.close()
    process.exit(0)
  }
  process.on('SIGINT', () => void end())
  process.on('SIGTERM', () => void end())
}

try {
  const environment = readEnvironment()
  const server = await openServer(environment, process.cwd())
  endOnSignal(server)
  say(`印象办事已经就绪 ${server.url}${server.sandbox ? `  控制台 ${server.url}/sandbox` : ''}`)
} catch (cause) {
  const sentence = sentenceOf(cause)
  if (sentence === undefined) throw cause
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
