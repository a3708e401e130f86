import type { Context } from 'hono'
import { z } from 'zod'
import { describeIssues } from '../../platform/http/issues'
import type { PackPerson } from '../doors'
import type { World } from '../wechat/endpoint'

const MAX_CHARACTERS = 64 * 1024

/** What a door refuses, in the words of the console. */
export class Refusal extends Error {
  constructor(
    readonly status: 400 | 404 | 409 | 410 | 413 | 422,
    readonly code: string,
    readonly title: string,
    readonly errors: readonly { pointer: string; message: string }[] = [],
  ) {
    super(code)
  }
}

export const personId = z.string().min(1).max(64)

/** The JSON of a request, as `schema` wants it. */
export async function read<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const text = await context.req.text()
  if (text.length > MAX_CHARACTERS) throw new Refusal(413, 'request.too-big', '内容太大了')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Refusal(400, 'request.malformed', '这不是能读懂的 JSON')
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const errors = describeIssues({ target: 'json', data: json, error: parsed.error })
  throw new Refusal(400, 'request.invalid', '有几项写得不对', errors)
}

export async function knownPerson(world: World, id: string | undefined): Promise<PackPerson> {
  const found = id ? await world.register.find(id) : undefined
  if (!found) throw new Refusal(404, 'sandbox.person-unknown', '没有这个人，或者他没有微信')
  return found
}

/** A refusal as problem+json (RFC 9457). */
export const problem = (context: Context, refusal: Refusal) =>
  context.body(
    JSON.stringify({
      type: 'about:blank',
      status: refusal.status,
      code: refusal.code,
      title: refusal.title,
      ...(refusal.errors.length > 0 && { errors: refusal.errors }),
    }),
    refusal.status,
    { 'content-type': 'application/problem+json; charset=utf-8' },
  )
