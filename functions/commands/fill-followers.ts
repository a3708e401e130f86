import { createLearnFollowers } from '../features/reminder'
import type { CommandContext } from './context'
import { wechatFault } from './wechat-fault'

/** `fill-followers`: who followed the official account before this product heard of it is told by it too. Answers the exit code. */
export async function run({
  services,
  print,
}: CommandContext<'database' | 'clock' | 'wechat'>): Promise<number> {
  try {
    const learnt = await createLearnFollowers(services)()
    print(`公众号从前的关注者里，新认得 ${learnt} 人：没同意小程序提醒的，由公众号告诉他们。`)
    return 0
  } catch (cause) {
    const fault = wechatFault(cause)
    if (fault === undefined) throw cause
    print(`${fault}。没有读完，读到的记下了；再跑一次，从头读。`)
    return 1
  }
}
