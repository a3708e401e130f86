import type { Context, TypedResponse } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { JSONParsed } from 'hono/utils/types'
import type { HttpEnv } from './environment'

/** JSON that stands written already, as the answer of a route whose body is `Body`. */
export const writtenJson = <Body, Status extends ContentfulStatusCode>(
  context: Context<HttpEnv>,
  status: Status,
  text: string,
  headers: Readonly<Record<string, string>> = {},
) =>
  context.newResponse(text, status, {
    ...headers,
    'Content-Type': 'application/json; charset=utf-8',
  }) as Response & TypedResponse<JSONParsed<Body>, Status, 'json'>
