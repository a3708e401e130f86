import { join } from 'node:path'
import type { LookedAt, Need } from '../platform/config/environment'
import { miniProgram, openidOf, unionidOf } from '../sandbox/accounts'
import { openFor, type ReadEnvironment } from '../services'
import { run as checkRelease } from './check-release'
import { run as checkSheet } from './check-sheet'
import { run as closingReasons } from './closing-reasons'
import type { CommandContext } from './context'
import { run as dropFactor } from './drop-factor'
import { run as endWork } from './end-work'
import { run as fillFollowers } from './fill-followers'
import { run as fillLists } from './fill-lists'
import { run as inviteAdmin } from './invite-admin'
import { run as loadPack, type PackCommandContext } from './load-pack'
import { run as migrate } from './migrate'
import { run as pushMenu } from './push-menu'
import { run as rebuildCases } from './rebuild-cases'
import { run as resetDemo } from './reset-demo'
import { run as sampleCases } from './sample-cases'
import { run as simulateMonth } from './simulate-month'

/** Where a command runs. */
interface Surroundings {
  readonly read: ReadEnvironment
  readonly lookAt: () => LookedAt
  /** Root of the checkout, where migrations and packs lie. */
  readonly root: string
  readonly print: (line: string) => void
}

interface Command {
  readonly does: string
  readonly run: (words: readonly string[], surroundings: Surroundings) => Promise<number>
}

/** Nothing is opened but what the command needs: it runs while the rest is away, and where only that much is known. */
export function command<Needed extends Need>(
  does: string,
  needs: readonly Needed[],
  run: (context: CommandContext<NoInfer<Needed>>, surroundings: Surroundings) => Promise<number>,
): Command {
  return {
    does,
    run: async (words, surroundings) => {
      const { read, root, print } = surroundings
      const services = await openFor(needs, {
        root,
        read: (asked) => ({ ...read(asked), LOG_LEVEL: 'warn' }),
      })
      try {
        return await run({ services, words, print }, surroundings)
      } finally {
        for (const close of services.closers) await close()
      }
    },
  }
}

const ofPack = (
  { services, print }: CommandContext<'database' | 'cipher' | 'clock'>,
  { root }: Surroundings,
): PackCommandContext => ({
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

/** The invitation is good without WeChat, which need not be set up yet. */
async function linkTo({ read, root }: Surroundings, page: string, days: number): Promise<string | null> {
  try {
    const { wechat, closers } = await openFor(['wechat'], {
      root,
      read: (asked) => ({ ...read(asked), LOG_LEVEL: 'silent' }),
    })
    try {
      return (await wechat.linkTo(page, days)) ?? null
    } finally {
      for (const close of closers) await close()
    }
  } catch {
    return null
  }
}

const COMMANDS: Readonly<Record<string, Command>> = {
  migrate: command('更新数据库的表', ['database'], migrate),
  'load-pack': command('装入县数据包（COUNTY）', ['database', 'cipher', 'clock'], (context, surroundings) =>
    loadPack(ofPack(context, surroundings)),
  ),
  'reset-demo': command('清空演示数据，重新装入', ['database', 'cipher', 'clock'], (context, surroundings) =>
    resetDemo(ofPack(context, surroundings)),
  ),
  'invite-admin': command(
    '打印管理员的一次性邀请',
    ['database', 'cipher', 'clock'],
    (context, surroundings) => inviteAdmin(context, (page, days) => linkTo(surroundings, page, days)),
  ),
  'end-work': command('工作人员离岗（end-work <编号>）', ['database', 'clock'], endWork),
  'drop-factor': command('解绑工作人员丢失的验证器', ['database', 'clock'], dropFactor),
  'closing-reasons': command('注销的人写的原因（不记名）', ['database', 'cipher'], closingReasons),
  'rebuild-cases': command(
    '按记录重算每一件，说出对不上的（--write 写回）',
    ['database', 'clock'],
    rebuildCases,
  ),
  'fill-lists': command(
    '升级以后跑一次：从前的办件也找得到，列表也快',
    ['database', 'cipher', 'clock'],
    fillLists,
  ),
  'fill-followers': command(
    '认得公众号从前的关注者，没同意小程序提醒的由公众号告诉',
    ['database', 'clock', 'wechat'],
    fillFollowers,
  ),
  'sample-cases': command(
    '抽查办件，每次写进审计，种子一样抽到的一样（--from --to --share --by）',
    ['database', 'clock'],
    sampleCases,
  ),
  'check-sheet': command('一份打出来的文书是不是这里的（check-sheet <文件>）', ['database'], checkSheet),
  'check-release': {
    does: '看这个县还差什么才能发布，每样怎么补',
    run: (_words, surroundings) => checkRelease(surroundings),
  },
  'simulate-month': {
    does: '在自己的临时目录里过一个月，数手机响了多少次、该不该响（--cases-a-day --days --seed --from）',
    run: (words, { root, lookAt, print }) =>
      simulateMonth(words, { root, county: lookAt().values.COUNTY ?? 'langxi', print }),
  },
  'push-menu': command('更换公众号菜单', ['wechat'], pushMenu),
}

/** Runs `<command> <words>` of the operator's console; answers the exit code. */
export async function runCommand(
  [name = '', ...words]: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const chosen = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (chosen) return chosen.run(words, surroundings)
  surroundings.print('用法：npm run county -- <命令>')
  for (const [each, { does }] of Object.entries(COMMANDS)) surroundings.print(`  ${each}  ${does}`)
  return name === '' ? 0 : 1
}
