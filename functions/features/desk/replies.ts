import { sql } from 'drizzle-orm'
import type { WorkReplies, WriteReplies } from '#shared/contract/replies'
import { unitName } from '#shared/domain/organization/registry'
import { REPLY_WRITERS, type Reply, type ReplyAct } from '#shared/domain/organization/replies'
import { type Committed, commit } from '../../platform/db/commit'
import { auditPart } from '../../platform/db/parts/audit'
import type { Intent } from '../../platform/http/idempotency'
import { type Principal, profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import { actorPart, type CaseDeps } from '../case'

interface List {
  readonly unitId: string
  readonly act: ReplyAct
  readonly version: number
  readonly replies: readonly Reply[]
}

const unitsOf = ({ pools }: Principal) => [...new Set(pools.map(({ unitId }) => unitId))]

/** Each is kept in the audit, and everybody of the unit has it at once. */
const WRITES_AN_HOUR = 60

/** Of their own unit alone. */
const mayWrite = ({ pools }: Principal, unitId: string) =>
  pools.some((pool) => pool.unitId === unitId && REPLY_WRITERS.includes(pool.role))

/** What the units of who asks offer, in one statement (ADR 0114). */
export const createListReplies =
  ({ database, reference: source }: Pick<CaseDeps, 'database' | 'reference'>) =>
  async (principal: Principal): Promise<WorkReplies> => {
    const units = unitsOf(principal)
    const lists =
      await database.rows<List>(sql`select unit_id as "unitId", act, version, replies from reply_templates
      where unit_id in (select jsonb_array_elements_text(${JSON.stringify(units)}::jsonb)) order by unit_id, act`)
    const reference = await source.current()
    const nameOf = (itemId: string | null) =>
      itemId === null ? null : (reference.latest(itemId)?.item.plainName ?? itemId)
    return {
      units: units.map((unitId) => ({
        unitId,
        unitName: unitName(reference, unitId),
        mayWrite: mayWrite(principal, unitId),
        lists: lists
          .filter((list) => list.unitId === unitId)
          .map(({ act, version, replies }) => ({
            act,
            version,
            replies: replies.map(({ words, itemId }) => ({ words, itemId, itemName: nameOf(itemId) })),
          })),
      })),
    }
  }

/**
 * Writes the list of a unit for an act. 404 of a unit that is none of theirs, 403 where another writes for it, 422 of an item
 * that is none, 409 where somebody has written it since.
 */
export const createWriteReplies =
  ({
    database,
    clock,
    ids,
    brake,
    reference: source,
  }: Pick<CaseDeps, 'database' | 'clock' | 'ids' | 'brake' | 'reference'>) =>
  async (
    { principal, intent }: { readonly principal: Principal; readonly intent: Intent },
    { unitId, act, version, replies }: WriteReplies,
  ): Promise<Committed> => {
    if (!unitsOf(principal).includes(unitId)) throw new ProblemError('request.not-found')
    if (!mayWrite(principal, unitId)) throw new ProblemError('account.role-needed')
    const reference = await source.current()
    const errors = replies.flatMap(({ itemId }, at) =>
      itemId === null || reference.latest(itemId)
        ? []
        : [{ code: 'reply.item-unknown', pointer: `/replies/${at}/itemId`, message: '没有这个事项' }],
    )
    if (errors.length > 0) throw new ProblemError('reply.item-unknown', { errors })
    const giveBack = await brake.take('replies', principal.profileId, WRITES_AN_HOUR, 3600)
    const now = clock.now()
    return commit(database, {
      now,
      intent,
      status: 200,
      by: profilePrincipal(principal.profileId),
      parts: [
        actorPart(`staff:${principal.staffId}`),
        sql`worded as (insert into reply_templates (unit_id, act, version, replies)
          select ${unitId}, ${act}, 1, ${JSON.stringify(replies)}::jsonb where ${version}::int = 0
            or exists (select 1 from reply_templates where unit_id = ${unitId} and act = ${act})
          on conflict (unit_id, act) do update set version = reply_templates.version + 1, replies = excluded.replies
            where reply_templates.version = ${version}::int
          returning version)`,
        auditPart([{ id: ids.next(), action: 'desk.write-replies', subject: `unit:${unitId}` }], now),
      ],
      demands: [{ holds: sql`exists(select 1 from worded)`, code: 'reply.changed' }],
      answer: sql`(select json_build_object('version', version) from worded)`,
    }).catch(async (cause) => {
      await giveBack()
      throw cause
    })
  }
