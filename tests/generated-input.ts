import { readdirSync, readFileSync } from 'node:fs'
import type { AnswerContext } from '#shared/domain/application/answers'
import { type PlainDate, weekdayOf, yearOf } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { upgradeItem } from '#shared/domain/service-item/upgrade-item'

export {
  createRandom,
  type GeneratedFault,
  type GeneratedInput,
  type GenerationContext,
  idNumber,
  type Maker,
  makeValid,
  type Random,
  repeat,
  validFields,
  validInput,
  workableDays,
} from '../functions/simulation/valid-input'

const PACK = new URL('../drizzle/packs/langxi/', import.meta.url)
const texts = new Map<string, string>()
/** Of a value of the caller's own; the file is read once. */
function readPack(path: string): unknown {
  const text = texts.get(path) ?? readFileSync(new URL(path, PACK), 'utf8')
  texts.set(path, text)
  return JSON.parse(text)
}

/** The items of the county pack, by id. */
export const packItems = (): readonly ServiceItem[] =>
  readdirSync(new URL('service-items/', PACK))
    .sort()
    .map((file) => upgradeItem(readPack(`service-items/${file}`)))

const codesIn = (list: unknown) => new Set((list as readonly { code: string }[]).map(({ code }) => code))

/** The codes of the county pack; a day works unless it is at a weekend, and 2027 has no calendar. */
export function packContext(today: PlainDate, agent = false): AnswerContext {
  const { villages } = readPack('units.json') as { villages: readonly { id: string }[] }
  return {
    today,
    agent,
    villageCodes: new Set(villages.map(({ id }) => id)),
    regionCodes: codesIn(readPack('regions.json')),
    scopeCodes: codesIn(readPack('business-scopes.json')),
    policyCodes: codesIn(readPack('policies.json')),
    isWorkingDay: (date) => (yearOf(date) > 2026 ? undefined : weekdayOf(date) < 5),
  }
}
