import { dropFactorOf } from '../features/account'
import type { CommandContext } from './context'

/** `drop-factor <staff id>`: whoever has lost the authenticator enrols another on the phone. Answers the exit code. */
export async function run({
  services,
  print,
  words: [staffId],
}: CommandContext<'database' | 'clock'>): Promise<number> {
  if (staffId === undefined) {
    print('写明哪一位：npm run county -- drop-factor <工作人员编号>')
    return 1
  }
  const dropped = await dropFactorOf(services, staffId)
  print(dropped ? `${staffId} 的验证器解绑了，在手机上重新绑。` : `${staffId} 没有绑过验证器，什么也没改`)
  return 0
}
