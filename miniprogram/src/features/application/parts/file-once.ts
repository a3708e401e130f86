import type { CaseCreated, CreateCase } from '#shared/contract/application'
import { ok } from '#shared/domain/kernel/result'
import { platform } from '../../../platform'
import { type Answer, callAs, type Trouble } from '../../../platform/api'
import { now } from '../../../platform/clock'
import { launchSource } from '../../../platform/source'
import { forgetSent, keepSent, sentOf } from './drafts'

/** What was sent of a draft as long as nobody has answered, each time as it was then. */
interface Sent {
  readonly key: string
  readonly at: string
  readonly bodies: readonly string[]
  readonly src: string | undefined
}

/** As long as the server keeps a first answer. */
const KEPT_MS = 24 * 3600 * 1000

function findSent(draftKey: string): Sent | undefined {
  const sent = sentOf(draftKey) as Partial<Sent>
  const isFresh = sent.at !== undefined && Date.parse(now()) - Date.parse(sent.at) < KEPT_MS
  return isFresh ? (sent as Sent) : undefined
}

/** Whether it was handed in and nobody knows whether it arrived; `by`: no later than then. */
export function wasSent(draftKey: string, by?: string) {
  const { at } = sentOf(draftKey) as Partial<Sent>
  // An answer dates itself by the second.
  return at !== undefined && (by === undefined || Date.parse(by) > Date.parse(at) - 1_000)
}

export interface Filed {
  readonly created: CaseCreated | Pick<CaseCreated, 'id'>
  /** What arrived is what was sent before the last changes, or what another tab has handed in; null: this very one. */
  readonly before: 'unanswered' | 'elsewhere' | null
}

/** Its photos belong to a case of one's own: another tab has handed the same draft in. */
const filedElsewhere = ({ code, caseId }: Trouble): Answer<Filed> | undefined =>
  code === 'application.filed-already' && caseId !== undefined
    ? ok({ created: { id: caseId }, before: 'elsewhere' })
    : undefined

/**
 * Files a draft once, whatever was changed since a try that was not answered, and whichever code or link the app was opened
 * by since: all its tries have one key. The server refuses the key with other words if it knows it: then what was sent
 * earlier stands there, and sent again it answers with its case.
 */
export async function fileOnce(draftKey: string, content: CreateCase): Promise<Answer<Filed>> {
  const before = findSent(draftKey)
  const key = before?.key ?? (await platform.randomId())
  const src = before ? before.src : launchSource()
  const body = JSON.stringify({ ...content, ...(src === undefined ? {} : { src }) })
  const earlier = (before?.bodies ?? []).filter((each) => each !== body)
  keepSent(draftKey, { key, at: before?.at ?? now(), src, bodies: [...earlier, body] })
  let isDecided = false
  const wish = {
    key: Promise.resolve(key),
    done: () => {
      isDecided = true
    },
  }
  const send = (each: string) => callAs<CaseCreated>(wish, '/api/cases', JSON.parse(each))
  const answer = await send(body)
  if (answer.ok) return ok({ created: answer.value, before: null })
  if (answer.error.code !== 'request.key-reused') {
    if (isDecided) forgetSent(draftKey)
    return filedElsewhere(answer.error) ?? answer
  }
  for (const each of earlier) {
    const first = await send(each)
    if (first.ok) return ok({ created: first.value, before: 'unanswered' })
    if (first.error.code !== 'request.key-reused') return first
  }
  return answer
}
