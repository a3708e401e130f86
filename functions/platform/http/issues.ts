import type { z } from '@hono/zod-openapi'
import { jsonPointer } from '#shared/domain/kernel/json-pointer'

type Issue = z.core.$ZodIssue

const SAID: Readonly<Record<Issue['code'], string>> = {
  invalid_type: '类型不对',
  too_big: '太长或太大',
  too_small: '太短或太小',
  invalid_format: '写法不对',
  not_multiple_of: '数不对',
  unrecognized_keys: '没有这一项',
  invalid_union: '不在可选的里面',
  invalid_key: '名字不对',
  invalid_element: '有一项不对',
  invalid_value: '不在可选的里面',
  custom: '不合要求',
}

const valueAt = (within: unknown, path: readonly PropertyKey[]) =>
  path.reduce<unknown>(
    (value, part) => (value as Record<PropertyKey, unknown> | null | undefined)?.[part],
    within,
  )

/** Each fault of a request by JSON pointer, in words of our own; `data`: what was sent. */
export function describeIssues(result: {
  readonly target: string
  readonly data: unknown
  readonly error: z.core.$ZodError
}) {
  const isMissing = (path: readonly PropertyKey[]) => valueAt(result.data, path) === undefined
  return result.error.issues.flatMap((issue) => {
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
    return paths.map((path) => ({
      pointer: result.target === 'json' ? jsonPointer(path) : `#${result.target}${jsonPointer(path)}`,
      code: `request.${issue.code.replaceAll('_', '-')}`,
      message: isMissing(path) ? '缺这一项' : SAID[issue.code],
    }))
  })
}
