import type { CaseCreated, CreateCase } from '#shared/contract/application'
import type { EnterApplication } from '#shared/contract/entry'
import { ok } from '#shared/domain/kernel/result'
import { platform } from '../../../platform'
import { type Answer, callAs, type Trouble } from '../../../platform/api'
import { now } from '../../../platform/clock'
import { launchSource } from '../../../platform/source'
import { forgetSent, keepSent } from './drafts'
import { findSent, type Sent } from './sent-of'

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

type Content = CreateCase | EnterApplication

/** What whoever came agreed to has a door of its own, which knows by itself where it is typed. */
const doorOf = (content: Content) => ('consent' in content ? '/api/work/applications' : '/api/cases')

/** By which code or link the app was opened when it was first tried; at a counter nobody came by one. */
function sourceOf(content: Content, before: Sent | undefined) {
  if ('consent' in content) return undefined
  return before ? before.src : launchSource()
}

/**
 * Files a draft once, whatever was changed since a try that was not answered, and whichever code or link the app was opened
 * by since: all its tries have one key. The server refuses the key with other words if it knows it: then what was sent
 * earlier stands there, and sent again it answers with its case.
 */
export async function fileOnce(draftKey: string, content: Content): Promise<Answer<Filed>> {
  const before = findSent(draftKey)
  const key = before?.key ?? (await platform.randomId())
  const src = sourceOf(content, before)
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
  const send = (each: string) => {
    const sent = JSON.parse(each) as Content
    return callAs<CaseCreated>(wish, doorOf(sent), sent)
  }
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
