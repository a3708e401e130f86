import type { z } from 'zod'

type Issue = z.core.$ZodIssue

interface Described {
  readonly path: readonly PropertyKey[]
  readonly fault: string
}

const TYPES: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '对象',
  record: '对象',
  null: 'null',
}

const written = (input: unknown) =>
  input === undefined ? '没有写' : `写的是 ${JSON.stringify(input).slice(0, 60)}`
const ofSize = (origin: string, amount: number | bigint) => {
  if (origin === 'string') return `${amount} 个字符`
  return origin === 'array' ? `${amount} 项` : String(amount)
}
const choices = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join('、')

const SENTENCES: { readonly [Code in Issue['code']]?: (issue: Extract<Issue, { code: Code }>) => string } = {
  invalid_type: (issue) => `要${TYPES[issue.expected] ?? issue.expected}，${written(issue.input)}`,
  invalid_value: (issue) => `只能是 ${choices(issue.values)}，${written(issue.input)}`,
  too_small: (issue) =>
    issue.origin === 'string' && issue.minimum === 1
      ? '不能空着'
      : `至少 ${ofSize(issue.origin, issue.minimum)}，${written(issue.input)}`,
  too_big: (issue) => `最多 ${ofSize(issue.origin, issue.maximum)}，${written(issue.input)}`,
  invalid_format: (issue) => `格式不对，${written(issue.input)}`,
}

function sentence(issue: Issue): string {
  const describe = SENTENCES[issue.code] as ((issue: Issue) => string) | undefined
  if (issue.code === 'custom') return `${issue.message}，${written(issue.input)}`
  return describe?.(issue) ?? issue.message
}

/** The way through a choice that goes furthest is the one that was meant. */
function meant(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const depth = (branch: readonly Issue[]) =>
    branch.some((issue) => issue.code === 'unrecognized_keys')
      ? -1
      : Math.max(...branch.map((issue) => issue.path.length))
  return (
    [...branches].sort((left, right) => depth(right) - depth(left) || left.length - right.length)[0] ?? []
  )
}

/** Turns a zod issue into faults that an operator can mend, one a place. */
export function describeIssue(issue: Issue): readonly Described[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...issue.path, key], fault: '没有这一项，名字写错了？' }))
  if (issue.code !== 'invalid_union') return [{ path: issue.path, fault: sentence(issue) }]
  const branch = meant(issue.errors)
  if (branch.length === 0) return [{ path: issue.path, fault: '不是认识的种类' }]
  return branch.flatMap((inner) => describeIssue({ ...inner, path: [...issue.path, ...inner.path] } as Issue))
}
