import { join } from 'node:path'
import { type LoadPackOptions, loadPack } from '../platform/db/seed/load-pack'
import type { Pack } from '../platform/db/seed/pack-schema'
import { readPack } from '../platform/db/seed/read-pack'
import type { Database } from '../platform/ports/database'

export interface PackCommandContext extends LoadPackOptions {
  readonly database: Database
  /** Holds one folder a county. */
  readonly packsFolder: string
  readonly county: string
  readonly print: (line: string) => void
}

/** The pack, or undefined after every fault has been printed, one a line. */
export async function readCountyPack({
  packsFolder,
  county,
  print,
}: PackCommandContext): Promise<Pack | undefined> {
  const read = await readPack(join(packsFolder, county))
  if (read.ok) return read.value
  for (const { file, path, fault } of read.error) print(`${[file, path].filter(Boolean).join(' ')}: ${fault}`)
  print(`数据包 ${county} 有 ${read.error.length} 处错，一样也没有装。`)
  return undefined
}

/** Prints what was written, by table, and what stays as it was edited in the product. */
export async function loadAndTell(context: PackCommandContext, pack: Pack) {
  const { written, revision, kept } = await loadPack(context.database, pack, context)
  const tables = Object.entries(written).map(([table, rows]) => `${table} ${rows}`)
  context.print(
    tables.length === 0
      ? `数据包 ${pack.pack.id} ${pack.pack.version}：没有变化（第 ${revision} 版）。`
      : `数据包 ${pack.pack.id} ${pack.pack.version} 装好了（第 ${revision} 版）：${tables.join('，')}`,
  )
  for (const { table, id, field } of kept) context.print(`kept ${table} ${id} ${field}`)
}

/** `load-pack`: loads the county's pack; answers the exit code. */
export async function run(context: PackCommandContext): Promise<number> {
  const pack = await readCountyPack(context)
  if (!pack) return 1
  await loadAndTell(context, pack)
  return 0
}
