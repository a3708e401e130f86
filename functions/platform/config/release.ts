import { readdir, readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'

const LOCAL_NAME = /(^|\.)(localhost|local|internal|lan|test|invalid|example)$/

/**
 * Why no phone outside could call this address, in Chinese; null where one could. WeChat calls https and a filed domain
 * alone, and the pages put `/api/…` behind it.
 */
export function publicBaseFault(address: string | undefined): string | null {
  if (!address) return '没有写'
  if (!URL.canParse(address)) return '不是一个网址'
  const { protocol, hostname, origin } = new URL(address)
  if (protocol !== 'https:') return '要用 https://，微信不连没有加密的地址'
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 || !hostname.includes('.') || LOCAL_NAME.test(hostname))
    return '要用备过案的域名，不能是本机、内网或者 IP 地址'
  return origin === address ? null : '只写到域名，后面什么也不带（结尾的 / 也不要）'
}

/** Why WeChat has no mini program of this id, in Chinese; null where it may have one. */
export function appidFault(appid: string | undefined): string | null {
  if (!appid) return '没有写'
  return /^wx[0-9a-z]{16}$/.test(appid) ? null : '要写 wx 开头的 18 位 AppID，在微信公众平台 → 开发设置里'
}

/** A file of a county's pack, from its folder on, and how many of its objects say that they are invented. */
export interface InventedIn {
  readonly file: string
  readonly marks: number
}

const isMark = ([key, value]: readonly [string, unknown]) =>
  ((key === 'demo' || key === 'populationDemo') && value === true) ||
  (key === 'demoFields' && Array.isArray(value) && value.length > 0)

function marksIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce((sum, entry) => sum + (isMark(entry) ? 1 : marksIn(entry[1])), 0)
}

/** “units.json 等 3 个文件里 12 处”. */
export const toldOf = (invented: readonly InventedIn[]): string => {
  const marks = invented.reduce((sum, file) => sum + file.marks, 0)
  const [first] = invented
  return `${first?.file ?? ''}${invented.length > 1 ? ` 等 ${invented.length} 个文件` : ''}里 ${marks} 处`
}

const packFiles = async (folder: string) =>
  (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json')).sort()

const jsonOf = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'))

/** Files of the pack in this folder that still hold what is invented; undefined where there is no such folder. */
export async function inventedIn(folder: string): Promise<readonly InventedIn[] | undefined> {
  const names = await packFiles(folder).catch(() => undefined)
  if (names === undefined) return undefined
  const files = await Promise.all(
    names.map(async (file) => ({ file, marks: marksIn(await jsonOf(join(folder, file))) })),
  )
  return files.filter(({ marks }) => marks > 0)
}

/** Of these files a name means one person, firm or place; a document or a trade is called so everywhere. */
const OF_SOMEBODY = /(^|\/)(pack|units|service-points|staff|residents|enterprises)\.json$/
/** A name of two characters stands in other words too. */
const TELLING = new Set(['name', 'idNumber', 'phone', 'creditCode', 'filingNumber', 'dataContactPhone'])

function factsOf(value: unknown, isInvented: boolean): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  const entries = Object.entries(value)
  const invented = isInvented || entries.some(isMark)
  return entries.flatMap(([key, inner]) =>
    typeof inner === 'string'
      ? invented && TELLING.has(key) && inner.length >= 3
        ? [inner]
        : []
      : factsOf(inner, invented),
  )
}

/** Names and numbers of invented people, firms and offices in any of the packs of this folder. */
export async function inventedFacts(packsFolder: string): Promise<ReadonlySet<string>> {
  const files = (await packFiles(packsFolder)).filter((file) => OF_SOMEBODY.test(file))
  const facts = await Promise.all(
    files.map(async (file) => factsOf(await jsonOf(join(packsFolder, file)), false)),
  )
  return new Set(facts.flat())
}
