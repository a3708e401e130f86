import { join } from 'node:path'
import { run as endWork } from './commands/end-work'
import { run as fillLists } from './commands/fill-lists'
import { run as inviteAdmin } from './commands/invite-admin'
import { run as loadPack } from './commands/load-pack'
import { run as migrate } from './commands/migrate'
import { run as pushMenu } from './commands/push-menu'
import { run as rebuildCases } from './commands/rebuild-cases'
import { run as resetDemo } from './commands/reset-demo'
import { FolderInUse } from './platform/adapters/folder-lock'
import { createLog } from './platform/adapters/log'
import { readEnvironment } from './platform/config/environment'
import { miniProgram, openidOf, unionidOf } from './sandbox/accounts'
import { sentenceOf } from './sentence-of'
import { openServices, type Services } from './services'

const print = (line: string) => {
  process.stdout.write(`${line}\n`)
}
const root = process.cwd()

const packContext = (services: Services) => ({
  ...services,
  county: services.environment.COUNTY,
  packsFolder: join(root, 'drizzle/packs'),
  print,
  // Invented people belong to the embedded profile alone.
  demo:
    services.environment.PROFILE === 'embedded'
      ? {
          openidOf: (person: string) => ({
            appid: miniProgram.appid,
            openid: openidOf(miniProgram.appid, person),
            unionid: unionidOf(person),
          }),
        }
      : null,
})

const COMMANDS: Readonly<
  Record<
    string,
    { readonly does: string; readonly run: (services: Services, words: string[]) => Promise<number> }
  >
> = {
  'load-pack': { does: '装入县数据包（COUNTY）', run: (services) => loadPack(packContext(services)) },
  'reset-demo': { does: '清空演示数据，重新装入', run: (services) => resetDemo(packContext(services)) },
  'invite-admin': {
    does: '打印管理员的一次性邀请',
    run: (services, words) => inviteAdmin({ services, words, print }),
  },
  'end-work': {
    does: '工作人员离岗（end-work <编号>）',
    run: (services, words) => endWork({ services, words, print }),
  },
  'rebuild-cases': {
    does: '按记录重算每一件，说出对不上的（--write 写回）',
    run: (services, words) => rebuildCases({ services, words, print }),
  },
  'fill-lists': {
    does: '升级以后跑一次：从前的办件也找得到，列表也快',
    run: (services, words) => fillLists({ services, words, print }),
  },
  'push-menu': { does: '更换公众号菜单', run: (services, words) => pushMenu({ services, words, print }) },
}

async function main([name = '', ...words]: string[]): Promise<number> {
  const environment = readEnvironment()
  if (name === 'migrate') return migrate({ environment, root }, createLog('warn'), print)
  const command = COMMANDS[name]
  if (!command) {
    print('用法：npm run county -- <命令>')
    print('  migrate  更新数据库的表')
    for (const [each, { does }] of Object.entries(COMMANDS)) print(`  ${each}  ${does}`)
    return name === '' ? 0 : 1
  }
  const ownUrl = environment.PUBLIC_URL ?? `http://127.0.0.1:${environment.PORT}`
  const services = await openServices({ environment: { ...environment, LOG_LEVEL: 'warn' }, ownUrl, root })
  try {
    return await command.run(services, words)
  } finally {
    for (const close of services.closers) await close()
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (cause) {
  const sentence =
    cause instanceof FolderInUse ? '数据目录正被运行中的服务使用，先停下服务再来。' : sentenceOf(cause)
  if (sentence === undefined) throw cause
  print(sentence)
  process.exitCode = 1
}
