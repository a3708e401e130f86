import type { Log } from '../platform/ports/log'
import { type Opening, openDatabase } from '../services'

/** `migrate`: brings the database's tables up to date, for the profiles in which nobody else does. */
export async function run(
  opening: Pick<Opening, 'environment' | 'root'>,
  log: Log,
  print: (line: string) => void,
) {
  const { database, migrate } = await openDatabase(opening, log)
  await migrate()
  await database.close()
  print('数据库的表已经是最新的。')
  return 0
}
