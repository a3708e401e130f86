import { identityKeysOf } from '#shared/domain/application/item-answers'
import { ProblemError } from '../../platform/http/problem'
import { type Brought, changeContent } from './changed-content'
import { invalid } from './check-application'
import type { CaseDeps } from './deps'
import { type CaseRequest, runVerb } from './verb'

const isEmpty = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)

/**
 * A paper, a phone, a card brought of one's own accord before the decision. Who the case is for is no part of it, and no
 * clock starts anew.
 */
export const createAddToCase =
  (deps: CaseDeps) => (request: CaseRequest, body: Brought & { readonly version: number }) =>
    runVerb(deps, request, body.version, async (standing) => {
      const { item, claim } = standing
      if (!claim.mayAnswer) throw new ProblemError('case.action-not-allowed')
      if (isEmpty(body.answers) && isEmpty(body.materials)) {
        throw invalid([{ pointer: '/materials', code: 'material.required', message: '还没说补什么' }])
      }
      const fixed = identityKeysOf(item)
      const may = {
        fields: new Set(item.fields.map(({ key }) => key).filter((key) => !fixed.includes(key))),
        materials: new Set(item.materials.filter(({ kind }) => kind === 'upload').map(({ name }) => name)),
        all: false,
      }
      const { text, uploads, facts, applicant } = await changeContent(deps, standing, may, body)
      return {
        command: { type: 'add', answersDigest: text.digest, facts },
        texts: [text],
        uploads,
        applicant,
        reasonDigest: null,
      }
    })
