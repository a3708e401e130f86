import { openServer, type RunningServer } from './open-server'
import { FolderBroken, FolderInUse } from './platform/adapters/pglite'
import { EnvironmentFault, readEnvironment } from './platform/config/environment'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** One sentence for what an operator can mend; the rest is a defect and keeps its stack. */
function sentenceOf(cause: unknown): string | undefined {
  if (cause instanceof EnvironmentFault) return cause.message
  if (cause instanceof FolderBroken)
    return `数据目录里的数据打不开：${cause.message}。从备份恢复，或者换一个空目录：DATA_DIR=新目录 npm start`
  if (cause instanceof FolderInUse) return `数据目录正被另一个进程使用：${cause.message}`
  if (!(cause instanceof Error) || !('code' in cause)) return undefined
  if (cause.code === 'EADDRINUSE' && 'port' in cause)
    return `端口 ${cause.port} 已被占用，换一个：PORT=${Number(cause.port) + 1} npm start`
  if (cause.code === 'EACCES' || cause.code === 'EROFS' || cause.code === 'ENOTDIR')
    return `数据目录不能写：${cause.message}`
  return undefined
}

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
