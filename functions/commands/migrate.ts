import type { CommandContext } from './context'

/** `migrate`: brings the database's tables up to date, for the profiles in which nobody else does. */
export async function run({ services, print }: CommandContext<'database'>) {
  await services.migrate()
  print('数据库的表已经是最新的。')
  return 0
}
