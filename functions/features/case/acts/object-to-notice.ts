import { sql } from 'drizzle-orm'
import type { ObjectionReceived, ObjectToNotice } from '#shared/contract/notice-objection'
import { objectionTakers } from '#shared/domain/case/publicity/objections'
import { stepOf } from '#shared/domain/case/route'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { commitBySystem } from '../../../platform/db/commit'
import { auditPart } from '../../../platform/db/parts/audit'
import { instantText } from '../../../platform/db/parts/instant'
import type { Intent } from '../../../platform/http/idempotency'
import { ProblemError } from '../../../platform/http/problem'
import { sealedIn } from '../../../platform/ports/sealed-in'
import type { CaseDeps } from '../deps'
import { findHung } from '../views/public-notices'
import type { Subject } from '../views/subject'
import { actorPart } from '../writes/statement'

/**
 * A hall shares an address; who floods one notice stops there, long before it is full for others. The applicant is the one who
 * would gain by that.
 */
const OF_NETWORK_AN_HOUR = 6
const OF_NETWORK_AT_NOTICE_A_DAY = 3
const OF_NOTICE_A_DAY = 300
const HOUR = 3600

const ELSEWHERE = '打公示上的电话，或者到窗口当面说，一样算数。'
const OFTEN = { detail: `这一个小时里从这里提得太多了，过一会再交。急的话，${ELSEWHERE}` }
const ENOUGH_HERE = { detail: `对这份公示，今天从这里已经提过几次了，明天再交。今天要提，${ELSEWHERE}` }
const FULL = { detail: `今天对这份公示提得太多了，明天再交。今天要提，${ELSEWHERE}` }

/** Who publishes it and who takes what is said against it, as pools. */
function takersOf({ item, state }: Subject, stepKey: string) {
  const { role } = stepOf(item, stepKey)
  const parts = state.steps.find(({ key }) => key === stepKey)?.parts ?? []
  const publishing = parts.map(({ unitId }) => ({ role, unitId }))
  const pools = [...publishing, ...objectionTakers(item, state)].map((pool) => `${pool.role}:${pool.unitId}`)
  return { takers: [...new Set(pools)], unitId: parts[0]?.unitId ?? '' }
}

interface Kept {
  readonly number: string
  readonly bodyHash: string
  readonly raisedAt: Instant
  readonly isTold: boolean
}

/** The first one under this key, whatever has become of its notice since. */
async function findKept({ database }: CaseDeps, intentKey: string): Promise<Kept | undefined> {
  const [kept] = await database.rows<Kept>(sql`select d.document_number as number, o.body_hash as "bodyHash",
    o.leaves_phone as "isTold", ${instantText('o.raised_at')} as "raisedAt"
    from notice_objections o join documents d on d.id = o.document_id where o.intent_key = ${intentKey}`)
  return kept
}

/**
 * An objection that somebody without an account types on the page of a notice that hangs. It moves nothing: it stands where the
 * office works, until somebody takes it up (ADR 0099). `network`: the keyed digest of where it comes from, counted and not kept.
 */
export const createObjectToNotice =
  (deps: CaseDeps) =>
  async (
    { id, intent, network }: { readonly id: string; readonly intent: Intent; readonly network: string },
    { words, name, phone }: ObjectToNotice,
  ): Promise<ObjectionReceived> => {
    const intentKey = deps.cipher.digest(`objection ${intent.route} ${intent.key}`)
    // What it says may be guessed: of a plain digest it could be told.
    const bodyHash = deps.cipher.digest(`objection ${intent.bodyHash}`)
    const before = await findKept(deps, intentKey)
    if (before && before.bodyHash !== bodyHash) throw new ProblemError('request.key-reused')
    if (before) return { number: before.number, receivedOn: dayIn(before.raisedAt), isTold: before.isTold }
    const { subject, notice, context } = await findHung(deps, id)
    const { now } = context
    await deps.brake.limit('objections', network, OF_NETWORK_AN_HOUR, HOUR, OFTEN)
    const here = `${network} ${id}`
    await deps.brake.limit('objections-here', here, OF_NETWORK_AT_NOTICE_A_DAY, dayIn(now), ENOUGH_HERE)
    await deps.brake.limit('objections-of-notice', id, OF_NOTICE_A_DAY, dayIn(now), FULL)
    const { takers, unitId } = takersOf(subject, notice.stepKey)
    const objectionId = deps.ids.next()
    const seal = (column: 'words' | 'contact', text: string) =>
      deps.cipher.encrypt(text, sealedIn.objection(objectionId, column))
    const leavesPhone = phone !== undefined
    const contact =
      name === undefined && phone === undefined ? null : seal('contact', JSON.stringify({ name, phone }))
    await commitBySystem(deps.database, {
      now,
      parts: [
        actorPart('system:public-notice'),
        sql`objected as (insert into notice_objections (id, case_id, document_id, step_key, unit_id, takers, words_sealed,
            contact_sealed, leaves_phone, intent_key, body_hash, raised_at)
          values (${objectionId}::uuid, ${subject.caseRow.id}::uuid, ${id}::uuid, ${notice.stepKey}, ${unitId},
            array(select value from jsonb_array_elements_text(${JSON.stringify(takers)}::jsonb)),
            ${seal('words', words)}, ${contact}, ${leavesPhone}::boolean, ${intentKey}, ${bodyHash}, ${now}::timestamptz)
          on conflict (intent_key) do nothing)`,
        auditPart(
          [{ id: deps.ids.next(), action: 'case.objection-typed', subject: `case:${subject.caseRow.id}` }],
          now,
        ),
      ],
    })
    return { number: notice.told.number, receivedOn: dayIn(now), isTold: leavesPhone }
  }
