import { runCommand } from './commands'
import { FolderInUse } from './platform/adapters/folder-lock'
import { lookAtOwnEnvironment, readEnvironment } from './platform/config/environment'
import { sentenceOf } from './sentence-of'

const print = (line: string) => {
  process.stdout.write(`${line}\n`)
}

try {
  process.exitCode = await runCommand(process.argv.slice(2), {
    read: readEnvironment,
    lookAt: lookAtOwnEnvironment,
    root: process.cwd(),
    print,
  })
} catch (cause) {
  const sentence =
    cause instanceof FolderInUse ? '数据目录正被运行中的服务使用，先停下服务再来。' : sentenceOf(cause)
  if (sentence === undefined) throw cause
  print(sentence)
  process.exitCode = 1
}
