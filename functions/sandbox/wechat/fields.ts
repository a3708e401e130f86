import type { Template } from '../templates'
import { type Body, isBody, textOf } from './endpoint'
import { WechatError } from './errors'

const DAY = String.raw`(\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}[-/]\d{1,2}[-/]\d{1,2}`
const TIME = String.raw`\d{1,2}:\d{2}(:\d{2})?`
const range = (one: string) => new RegExp(`^(${one})(\\s*~\\s*(${one}))?$`)

// "订阅消息参数值内容限制": what a value of each keyword type may be; lengths in characters, not code units.
const limits: Readonly<Record<string, (value: string, length: number) => boolean>> = {
  thing: (_, length) => length <= 20,
  const: (_, length) => length <= 20,
  number: (value, length) => length <= 32 && /^-?\d+(\.\d+)?$/.test(value),
  letter: (value, length) => length <= 32 && /^[A-Za-z]+$/.test(value),
  symbol: (value, length) => length <= 5 && /^[^\p{L}\p{N}]+$/u.test(value),
  character_string: (value, length) => length <= 32 && !/\p{Script=Han}/u.test(value),
  time: (value) => range(`((${DAY})\\s*)?${TIME}`).test(value),
  date: (value) => range(`(${DAY})(\\s*${TIME})?`).test(value),
  amount: (value) => /^[¥￥$€]?\d{1,10}(\.\d+)?元?$/.test(value),
  phone_number: (value, length) => length <= 17 && /^[\d\s+\-()#*,]+$/.test(value),
  car_number: (_, length) => length <= 8,
  name: (value, length) =>
    /^[\p{Script=Han}·]+$/u.test(value) ? length <= 10 : length <= 20 && !/\d/.test(value),
  phrase: (value, length) => length <= 5 && /^\p{Script=Han}+$/u.test(value),
}

const isBroken = (value: string) => /[\r\n]|\p{Extended_Pictographic}/u.test(value)

function checkField(key: string, data: Body) {
  const entry = data[key]
  const value = isBody(entry) ? textOf(entry['value']) : undefined
  if (value === undefined || value === '') throw new WechatError(47003, `data.${key}.value is empty`)
  const fits = limits[key.replace(/\d+$/, '')]
  if (isBroken(value) || !fits?.(value, [...value].length)) {
    throw new WechatError(47003, `data.${key}.value invalid`)
  }
}

/** Refuses with 47003 what the template does not know, lacks, or cannot hold. */
export function checkData(template: Template, data: unknown) {
  if (!isBody(data)) throw new WechatError(47003, 'data is empty')
  for (const key of Object.keys(template.fields)) checkField(key, data)
  const extra = Object.keys(data).find((key) => !(key in template.fields))
  if (extra !== undefined) throw new WechatError(47003, `data.${extra}.value invalid`)
}
