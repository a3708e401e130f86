import { platform } from '../../../platform'
import { today } from '../../../platform/clock'

const keyOf = (itemId: string) => `just-filed:${itemId}`

export const noteJustFiled = (itemId: string, caseId: string) =>
  platform.write(keyOf(itemId), [caseId, today()])

/** The case of an item that this phone has filed today: what was read before does not know it. */
export function justFiledOf(itemId: string): string | undefined {
  const [caseId, on] = (platform.read(keyOf(itemId)) ?? []) as readonly string[]
  return on === today() ? caseId : undefined
}
