import { sql } from 'drizzle-orm'
import { hashToken } from '../../platform/http/principal'
import { createErrorHandler } from '../../platform/http/problem'
import { createFeature } from '../../platform/http/route'
import type { Cipher } from '../../platform/ports/cipher'
import type { Database } from '../../platform/ports/database'
import type { MessageTemplates } from '../../platform/ports/message-templates'
import type { createOutbox } from './outbox-fixture'
import { createReminderRoutes } from './routes'

export const CONFIDENTIAL = 'LX-009'

/** The doors of reminders over an outbox, as the people in it reach them. */
export function openDoors(
  database: Database,
  cipher: Cipher,
  outbox: ReturnType<typeof createOutbox>,
  templates: MessageTemplates,
) {
  const { clock, deps } = outbox
  const { ids } = deps
  const app = createFeature()
  app.route(
    '/',
    createReminderRoutes({
      database,
      cipher,
      clock,
      templates,
      ids,
      hasSms: true,
      onCommitted: () => undefined,
      confidentialIds: async () => [CONFIDENTIAL],
    }),
  )
  app.onError(createErrorHandler(deps.log))

  const send = async <Body>(path: string, init: RequestInit) => {
    const response = await app.request(path, init)
    return { status: response.status, body: (await response.json()) as Body }
  }
  return {
    app,
    async login(
      { profileId, openid }: { profileId: string; openid: string },
      kind: 'phone' | 'desk' = 'phone',
    ) {
      const token = ids.secret(32)
      await database.rows(sql`insert into sessions (id, token_hash, profile_id, identity_id, device, created_at,
          last_seen_at, expires_at, kind)
        select ${ids.next()}::uuid, ${hashToken(token)}, ${profileId}::uuid, id, 'test', ${clock.now()}::timestamptz,
          ${clock.now()}::timestamptz, ${clock.now()}::timestamptz + interval '30 days', ${kind}
        from wechat_identities where openid = ${openid}`)
      return token
    },
    get: <Body>(token: string, path: string) =>
      send<Body>(path, { headers: { authorization: `Bearer ${token}` } }),
    post: <Body>(token: string, path: string, body: unknown, key = ids.next()) =>
      send<Body>(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
      }),
  }
}
