import type { Place, Point } from '../answers'
import {
  type Check,
  type FieldOf,
  hasCount,
  hasLength,
  isBlank,
  type JsonObject,
  ownValue,
  readList,
  readObject,
  readText,
} from './check'

export function checkRegion(field: FieldOf<'region'>, raw: unknown, check: Check) {
  const region = readObject(raw, ['province', 'city'], check)
  if (!region) return undefined
  const province = checkWords(region, 'province', 30, check)
  const city = checkWords(region, 'city', field.cityMaxLength, check)
  if (province === undefined || city === undefined) return undefined
  if (!check.context.regionCodes.has(province)) {
    return check.at('province').fault('field.not-an-option', '没有这个省，重新选一个')
  }
  return { province, city }
}

function checkWords(object: JsonObject, key: string, max: number, check: Check): string | undefined {
  const place = check.at(key)
  const raw = ownValue(object, key)
  if (isBlank(raw)) return place.fault('field.required', '这里还没填')
  const text = readText(raw, place)
  if (text === undefined) return undefined
  return hasLength(text, { unit: '个字', min: 1, max }, place) ? text : undefined
}

function checkDegrees(point: JsonObject, key: 'lat' | 'lng', check: Check): number | undefined {
  const place = check.at(key)
  const raw = ownValue(point, key)
  if (isBlank(raw)) return place.fault('field.required', '这个点没有标全，重新标一次')
  if (typeof raw !== 'number') return place.fault('field.wrong-type', '这里写数字')
  const limit = key === 'lat' ? 90 : 180
  if (raw < -limit) return place.fault('field.too-small', `最小是 -${limit}`)
  if (raw > limit) return place.fault('field.too-large', `最大是 ${limit}`)
  return Number.isFinite(raw) ? raw + 0 : place.fault('field.wrong-form', '这里写数字')
}

function checkPoint(point: JsonObject, check: Check): Point | undefined {
  const lat = checkDegrees(point, 'lat', check)
  const lng = checkDegrees(point, 'lng', check)
  return lat === undefined || lng === undefined ? undefined : { lat, lng }
}

/** Whoever does not share their location tells the place in words alone. */
export function checkLocation(field: FieldOf<'location'>, raw: unknown, check: Check): Place | undefined {
  const place = readObject(raw, ['lat', 'lng', 'address'], check)
  if (!place) return undefined
  const address = checkWords(place, 'address', field.addressMaxLength, check)
  const marked = !(isBlank(ownValue(place, 'lat')) && isBlank(ownValue(place, 'lng')))
  const point = marked ? checkPoint(place, check) : {}
  return address === undefined || point === undefined ? undefined : { ...point, address }
}

export function checkPolygon(field: FieldOf<'polygon'>, raw: unknown, check: Check) {
  const list = readList(raw, check)
  if (!list) return undefined
  if (!hasCount(list.length, { unit: '个点', min: field.minPoints, max: field.maxPoints }, check))
    return undefined
  const points: Point[] = []
  list.forEach((entry, index) => {
    const place = check.at(index)
    const object = readObject(entry, ['lat', 'lng'], place)
    const point = object && checkPoint(object, place)
    if (point) points.push(point)
  })
  return points.length === list.length ? points : undefined
}
