import type { CaseLanes } from '#shared/contract/lanes'

const named = (units: CaseLanes['units']) => units.map(({ shortName }) => shortName).join('、')

/**
 * 县自规局、县水利局还在办，县住建局还没开始。问好了再定…: whom the new day of a whole goes by beside the unit that names it; null where one
 * unit works after the other.
 */
export function ofWholeWords(lanes: CaseLanes | null | undefined, unitId: string): string | null {
  const others = (lanes?.units ?? []).filter((unit) => unit.unitId !== unitId)
  if (others.length === 0) return null
  const open = others.filter(({ state }) => state === 'open' || state === 'stopped')
  const waiting = others.filter(({ state }) => state === 'waiting')
  const rest = [
    open.length > 0 && `${named(open)}还在办`,
    waiting.length > 0 && `${named(waiting)}还没开始`,
  ].filter(Boolean)
  const ask = rest.length > 0 ? `${rest.join('，')}。问好了再定。` : ''
  return `${ask}定了以后，别的部门、受理这件的人都收到，不能再改。`
}
