import { endWork } from '../features/account'
import type { CommandContext } from './context'

/** `end-work <staff id>`: a member of staff works here no more, from the next request on. Answers the exit code. */
export async function run({
  services,
  print,
  words: [staffId],
}: CommandContext<'database' | 'clock'>): Promise<number> {
  if (staffId === undefined) {
    print('写明哪一位：npm run county -- end-work <工作人员编号>')
    return 1
  }
  const ended = await endWork(services, staffId)
  if (!ended) {
    print(`没有在岗的工作人员 ${staffId}`)
    return 1
  }
  print(`${ended.name}（${staffId}）已离岗，工作权限即刻失效，重新装数据包也不会恢复。`)
  if (ended.assignedCases.length > 0)
    print(`指定给这个人的 ${ended.assignedCases.length} 件退回所在岗位：${ended.assignedCases.join('、')}`)
  if (ended.unstaffedTasks > 0)
    print(`${ended.unstaffedTasks} 项在办的现在没人接，已列到管理员的“无人办”里。`)
  return 0
}
