import { jsonPointer } from '#shared/domain/kernel/json-pointer'
import { fileOf, folderOf, PACK_FILES, type Pack } from '../pack-schema'
import type { Lookups } from './lookups'

/** What whoever writes a pack says to colleagues, and nobody means an applicant to read as the law. */
const WORKING_NOTE = /请核对|核对原文|未能[^，。]*核对|待(?:核实|核对|确认|补充)/

/** Where such words belong: no screen, message or document shows these. */
const FOR_COLLEAGUES = new Set(['notes', 'reviewNote'])

type Path = readonly (string | number)[]

function* textsOf(value: unknown, path: Path = []): Generator<readonly [Path, string]> {
  if (typeof value === 'string') yield [path, value]
  else if (Array.isArray(value)) for (const [at, one] of value.entries()) yield* textsOf(one, [...path, at])
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value))
      if (!FOR_COLLEAGUES.has(key)) yield* textsOf(one, [...path, key])
}

const filesOf = (pack: Pack): readonly (readonly [string, unknown])[] => [
  ...(Object.keys(PACK_FILES) as (keyof typeof PACK_FILES)[])
    // The description of the pack itself is for colleagues as a whole.
    .filter((name) => name !== 'pack')
    .map((name) => [fileOf(name), pack[name]] as const),
  ...pack.serviceItems.map((item) => [`${folderOf('serviceItems')}/${item.id}.json`, item] as const),
  ...pack.calendars.map((calendar) => [`${folderOf('calendars')}/${calendar.year}.json`, calendar] as const),
]

export function checkWorkingNotes({ pack, in: checkOf }: Lookups) {
  for (const [file, content] of filesOf(pack))
    for (const [path, text] of textsOf(content)) {
      const found = WORKING_NOTE.exec(text)?.[0]
      checkOf(file)(
        found === undefined,
        jsonPointer(path),
        `“${found}”是编数据包的人之间的话，会当成依据给办事人看：核对以后改掉，或移到事项的 notes`,
      )
    }
}
