import { type SQL, sql } from 'drizzle-orm'
import { decide } from '#shared/domain/case/decide'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { STALE_REFERENCE, type StaleReference } from '../../../platform/db/commit'
import { REVISION } from '../../../platform/db/parts/revision'
import { isForFiler } from '../../../platform/db/parts/stored-state'
import { identityIndexOf } from '../../../platform/ports/cipher'
import {
  BROUGHT_BY_OTHER,
  type OwnedCase,
  type StoredWith,
  TASKS,
  TEXTS,
  wholeCaseJson,
  withCase,
} from '../case-row'
import type { CaseDeps } from '../deps'
import { stateOnTime, timeContext } from '../on-time'
import { movingParts, planMove } from '../persist'
import type { LoadedCase } from '../queries'
import { itemOf, referenceAt } from '../standing'
import { openContent } from '../texts'
import { movedToAccountPart } from '../writes/case-rows'
import { returnedPart } from '../writes/forgotten'
import { actorPart } from '../writes/statement'
import type { Named } from './applicant'
import { namedAnew } from './filer'

/** Whom WeChat has just confirmed. */
export interface ConfirmedFiler {
  readonly profileId: string
  readonly person: Named
  /** The account of theirs that this one becomes one with. */
  readonly joinedInto?: string
}

/** What the statement that confirms them writes beside it. */
export interface Following {
  readonly parts: readonly SQL[]
  readonly demands: readonly { readonly holds: SQL; readonly code: StaleReference }[]
  /** Once it is written. */
  readonly done: () => void
}

type FiledBefore = Pick<LoadedCase, 'tasks' | 'texts' | 'revision'> & { readonly caseRow: OwnedCase }

/**
 * What they filed for themselves under another name or number and nobody has taken over. What an owner of that number has
 * brought something to stays the owner's: whoever filed it would come to read it.
 */
const listFiled = (
  { database, cipher, clock }: CaseDeps,
  { profileId, person: { name, idNumber } }: ConfirmedFiler,
) =>
  database.rows<
    StoredWith<FiledBefore>
  >(sql`select ${wholeCaseJson(dayIn(clock.now()))} as "caseRow", ${TASKS} as tasks, ${TEXTS} as texts,
      ${REVISION} as revision
    from cases c where c.filed_by = ${profileId}::uuid and c.ended_at is null and c.owner_id is null
      and ${isForFiler('c')}
      and c.identity_index is distinct from ${identityIndexOf(cipher, name, idNumber)}
      and not ${BROUGHT_BY_OTHER}
    order by c.id`)

async function followed(deps: CaseDeps, filer: ConfirmedFiler, filed: FiledBefore) {
  const { cipher, clock } = deps
  const { caseRow, tasks, texts, revision } = filed
  const now = clock.now()
  const reference = await referenceAt(deps, revision)
  const item = itemOf(reference, caseRow)
  const content = openContent(cipher, caseRow.id, texts, caseRow.state.answersDigest)
  const { named, text, columns } = namedAnew(cipher, item, caseRow, content, filer.person, dayIn(now))
  const state = stateOnTime(item, caseRow, reference, now)
  const decided = decide(item, state, { type: 'name-applicant', ...named }, timeContext(now, reference))
  if (!decided.ok) return []
  const move = {
    caseRow,
    tasks,
    item,
    events: decided.value,
    texts: [text],
    by: { profileId: filer.profileId, actor: `profile:${filer.profileId}`, intent: null } as const,
    reasonDigest: null,
    applicant: columns,
    madeBy: [filer.profileId, filer.joinedInto ?? filer.profileId],
    ...(filer.joinedInto === undefined ? {} : { newFilerId: filer.joinedInto }),
  }
  return [{ reference, write: (await planMove(deps, reference, move, now)).write }]
}

/**
 * Where the form asks for no number, a case is for whoever filed it, under what they had typed then: once they are
 * confirmed it bears the name and number that are confirmed, if nothing else has settled whose it is. What they had before
 * they left and came back is theirs again.
 */
export const createFollowFiler =
  (deps: CaseDeps) =>
  async (filer: ConfirmedFiler): Promise<Following> => {
    const found = await listFiled(deps, filer)
    const moves = (
      await Promise.all(found.map((each) => followed(deps, filer, withCase<FiledBefore>(each))))
    ).flat()
    const writes = moves.map(({ write }) => write)
    const { profileId, joinedInto } = filer
    const numberIndex = deps.cipher.blindIndex('id-number', filer.person.idNumber)
    const moving =
      joinedInto === undefined
        ? [returnedPart(profileId, numberIndex)]
        : [
            movedToAccountPart(
              profileId,
              joinedInto,
              writes.map(({ caseId }) => caseId),
            ),
          ]
    const [first] = moves
    if (!first) return { parts: moving, demands: [], done: () => undefined }
    const { parts, demands } = movingParts(first.reference, writes, deps.clock.now())
    return {
      parts: [actorPart(`profile:${profileId}`), ...parts, ...moving],
      // Whatever has happened to one of them meanwhile, all is read anew.
      demands: demands.map(({ holds }) => ({ holds, code: STALE_REFERENCE }) as const),
      done: () => (writes.some(({ reminders }) => reminders.length > 0) ? deps.onCommitted() : undefined),
    }
  }
