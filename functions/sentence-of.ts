import { DrizzleQueryError } from 'drizzle-orm'
import { CannotListen } from './listen'
import { codeOf, FolderUnwritable } from './platform/adapters/data-folder'
import { FolderInUse } from './platform/adapters/folder-lock'
import { KeysBroken, KeysMissing } from './platform/adapters/key-file'
import { FolderBroken } from './platform/adapters/pglite'
import { EnvironmentFault } from './platform/config/environment'
import { PackRefused } from './platform/db/seed/load-pack'
import { hasState, isUnavailable } from './platform/http/problem'

const ELSEWHERE = '换一个空目录：DATA_DIR=新目录 npm start'

/** One sentence for what an operator can mend; the rest is a defect and keeps its stack. */
export function sentenceOf(cause: unknown): string | undefined {
  if (cause instanceof EnvironmentFault) return cause.message
  if (cause instanceof PackRefused) return `数据包接不上以前的，一样也没有装：${cause.message}`
  if (cause instanceof CannotListen) return listeningSentence(cause)
  if (cause instanceof FolderUnwritable) return `数据目录不能写：${cause.message}。${ELSEWHERE}`
  if (cause instanceof FolderInUse) return `数据目录正被另一个进程使用：${cause.message}`
  if (cause instanceof FolderBroken)
    return `数据目录里的数据打不开：${cause.message}。从备份恢复，或者${ELSEWHERE}`
  if (cause instanceof KeysBroken)
    return `密钥文件读不出密钥：${cause.message}。从备份恢复这个文件，或者${ELSEWHERE}`
  if (cause instanceof KeysMissing)
    return `密钥文件不见了，没有它以前加密的数据读不出来：${cause.message}。从备份恢复这个文件，或者${ELSEWHERE}`
  return cause instanceof DrizzleQueryError ? databaseSentence(cause) : undefined
}

/** Who, by what password, to which database: PostgreSQL's own states. */
const NOT_LET_IN = ['28P01', '28000', '3D000']

function databaseSentence(cause: DrizzleQueryError) {
  if (hasState(cause, NOT_LET_IN)) return '数据库不让进：核对 DATABASE_URL 里的用户、密码和库名，再启动'
  if (isUnavailable(cause)) return '数据库连不上：看看 PostgreSQL 开着没有、DATABASE_URL 的地址对不对，再启动'
  return undefined
}

function listeningSentence({ host, port, cause }: CannotListen) {
  switch (codeOf(cause)) {
    case 'EADDRINUSE':
      return `端口 ${port} 已被占用，换一个：PORT=${port + 1} npm start`
    case 'EACCES':
      return `没有权限使用端口 ${port}，换一个 1024 以上的：PORT=3000 npm start`
    case 'EBADPORT':
      return `端口 ${port} 不许用，浏览器不开这个口，换一个：PORT=3000 npm start`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return `HOST=${host} 不是这台机器的地址，换一个：HOST=127.0.0.1 npm start`
    case 'EAFNOSUPPORT':
      return `这台机器没有 ${host} 这种地址，换一个：HOST=0.0.0.0 npm start`
    default:
      return `不能在地址 ${host} 的端口 ${port} 上接收请求：${codeOf(cause)}`
  }
}
