import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { entries } from '../schema'
import { type Body, done, type Endpoint, textOf, type World } from './endpoint'
import { WechatError } from './errors'

const DAY_MILLISECONDS = 86_400_000
const LONGEST_DAYS = 30
const LONGEST_QUERY = 1024

const nameOf = (id: string) => `link/${id}`

/** `expire_type` 1: so many days from now; else until `expire_time`, seconds since 1970; 30 days where neither is said. */
function expiryOf(body: Body, now: number) {
  const longest = now + LONGEST_DAYS * DAY_MILLISECONDS
  const isInterval = body['expire_type'] === 1
  const said = isInterval ? body['expire_interval'] : body['expire_time']
  if (said === undefined) return longest
  if (!Number.isSafeInteger(said)) throw new WechatError(85401)
  const expiresAt = isInterval ? now + Number(said) * DAY_MILLISECONDS : Number(said) * 1000
  if (expiresAt <= now || expiresAt > longest) throw new WechatError(85401)
  return expiresAt
}

/** The page that a link leads to, with its query; `ended` once its time is over, undefined where no link has that id. */
export async function findLink({ database, clock }: World, id: string) {
  const [row] = await database.db
    .select()
    .from(entries)
    .where(eq(entries.name, nameOf(id)))
  if (!row) return undefined
  return { page: row.value, ended: row.expiresAt !== null && row.expiresAt <= clock.milliseconds() }
}

export const linkEndpoints: readonly Endpoint[] = [
  {
    path: '/wxa/generate_urllink',
    method: 'POST',
    access: 'mini-program',
    dailyLimit: 500_000,
    async handle(world, { body }) {
      const path = textOf(body['path']) ?? ''
      const query = textOf(body['query']) ?? ''
      if (path !== '' && !world.doors.pages().includes(path)) throw new WechatError(40165)
      if (query.length > LONGEST_QUERY) throw new WechatError(40212)
      const id = randomBytes(12).toString('base64url')
      await world.database.db.insert(entries).values({
        name: nameOf(id),
        value: query === '' ? path : `${path}?${query}`,
        expiresAt: expiryOf(body, world.clock.milliseconds()),
      })
      return { ...done, url_link: `${world.publicUrl()}/sandbox/links/${id}` }
    },
  },
]
