import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { z } from 'zod'
import { jsonPointer } from '#shared/domain/kernel/json-pointer'
import { fail, ok, type Result } from '#shared/domain/kernel/result'
import { faultsOfPack } from './checks'
import { describeIssue } from './describe-issue'
import { fileOf, folderOf, PACK_FILES, PACK_FOLDERS, type Pack, type PackFault } from './pack-schema'

type FileName = keyof typeof PACK_FILES
type FolderName = keyof typeof PACK_FOLDERS
const fileNames = Object.keys(PACK_FILES) as FileName[]
const folderNames = Object.keys(PACK_FOLDERS) as FolderName[]

interface Reading {
  readonly texts: ReadonlyMap<string, string>
  readonly faults: PackFault[]
}

async function readTexts(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')))
  return new Map(
    paths.map((path, at) => [relative(folder, path).split(sep).join('/'), texts[at] ?? ''] as const),
  )
}

function parseFile(reading: Reading, file: string, schema: z.ZodType): unknown {
  const text = reading.texts.get(file)
  if (text === undefined) {
    const without = schema.safeParse(undefined)
    if (without.success) return without.data
    reading.faults.push({ file, path: '', fault: '缺这个文件' })
    return undefined
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    reading.faults.push({ file, path: '', fault: `不是 JSON：${(error as Error).message}` })
    return undefined
  }
  const parsed = schema.safeParse(json, { reportInput: true })
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues.flatMap(describeIssue))
    reading.faults.push({ file, path: jsonPointer(issue.path), fault: issue.fault })
  return undefined
}

function parseFolder(reading: Reading, name: FolderName): readonly unknown[] {
  const folder = `${folderOf(name)}/`
  const files = [...reading.texts.keys()].filter((file) => file.startsWith(folder))
  if (files.length === 0) reading.faults.push({ file: folder, path: '', fault: '这个文件夹里一个文件也没有' })
  return files.map((file) => parseFile(reading, file, PACK_FOLDERS[name]))
}

function refuseUnknownFiles({ texts, faults }: Reading) {
  const known = new Set(fileNames.map(fileOf))
  const folders = folderNames.map((name) => `${folderOf(name)}/`)
  for (const file of texts.keys())
    if (!known.has(file) && !(folders.some((folder) => file.startsWith(folder)) && file.endsWith('.json')))
      faults.push({ file, path: '', fault: '数据包里没有这样的文件，名字写错了？' })
}

/**
 * Reads a county pack from disk. All faults at once: first those of form, file by file; only a pack whose every file has
 * the right form is checked across its files. `folder` is the pack's own, `<root>/drizzle/packs/<county>`.
 */
export async function readPack(folder: string): Promise<Result<Pack, readonly PackFault[]>> {
  let texts: ReadonlyMap<string, string>
  try {
    texts = await readTexts(folder)
  } catch {
    return fail([{ file: '.', path: '', fault: '没有这个数据包' }])
  }
  const reading: Reading = { texts, faults: [] }
  refuseUnknownFiles(reading)
  const files = fileNames.map((name) => [name, parseFile(reading, fileOf(name), PACK_FILES[name])] as const)
  const folders = folderNames.map((name) => [name, parseFolder(reading, name)] as const)
  if (reading.faults.length > 0) return fail(reading.faults)
  // Every member was parsed by its own schema just above.
  const pack = Object.fromEntries([...files, ...folders]) as unknown as Pack
  const faults = [...misnamed(reading, pack), ...faultsOfPack(pack)]
  return faults.length > 0 ? fail(faults) : ok(pack)
}

/** A file is named after its content, so that a fault can name the file. */
function misnamed({ texts }: Reading, pack: Pack): readonly PackFault[] {
  const wanted = [
    ...pack.serviceItems.map((item) => ({ file: `service-items/${item.id}.json`, path: '/id' })),
    ...pack.calendars.map((calendar) => ({ file: `calendars/${calendar.year}.json`, path: '/year' })),
  ]
  const names = new Set(wanted.map(({ file }) => file))
  return [...texts.keys()]
    .filter((file) => file.includes('/') && !names.has(file))
    .map((file) => ({ file, path: file.startsWith('calendars/') ? '/year' : '/id', fault: '和文件名不一致' }))
}
