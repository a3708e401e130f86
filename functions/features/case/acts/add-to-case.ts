import { addable, isAsked, refusalOfField } from '#shared/domain/case/correction/brought'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import { currentState } from '../current-state'
import type { CaseDeps } from '../deps'
import { invalid } from '../filing/check-application'
import { bringerOf } from '../standing'
import { type Brought, changeContent, namesOf, pointingAtFiles } from './changed-content'
import { type CaseRequest, runVerb } from './verb'

const ADDITIONS_A_DAY = 20

/**
 * A paper, a phone, a card brought of one's own accord before the decision: nothing that a step has judged. No clock
 * starts anew.
 */
export const createAddToCase =
  (deps: CaseDeps) => (request: CaseRequest, body: Brought & { readonly version: number }) =>
    runVerb(deps, request, body.version, async (atHand) => {
      const { caseRow, item, claim, now, principal } = atHand
      const state = currentState(item, caseRow, now)
      const { fields, papers } = addable(item, state, bringerOf(caseRow, claim))
      if (fields.length + papers.length === 0) throw new ProblemError('case.action-not-allowed')
      const named = namesOf(body)
      if (named.fields.length + named.papers.length === 0) {
        throw invalid([{ pointer: '/materials', code: 'material.required', message: '还没说补什么' }])
      }
      const isForNotice =
        named.fields.some((key) => isAsked(state, 'field', key)) ||
        named.papers.some((name) => isAsked(state, 'material', name))
      if (isForNotice) {
        const detail = '这一样是补正通知里要的，到通知里交才算补上'
        throw new ProblemError('case.action-not-allowed', { detail })
      }
      const may = {
        fields: new Set(fields),
        materials: new Set(papers),
        all: false,
        entered: claim.standsIn,
        refusal: (key: string) => refusalOfField(item, key),
        // Nobody fills a stranger's case: whoever is confirmed for it, or has them before them, brings what there is.
        admit: async () => {
          if (claim.owner || claim.standsIn) return
          await deps.brake.limit(
            'additions',
            `${caseRow.id}:${principal.profileId}`,
            ADDITIONS_A_DAY,
            dayIn(now),
            {
              title: '今天不能再补交',
              detail: `一件事一天最多补交 ${ADDITIONS_A_DAY} 次，剩下的明天再交，或者带到窗口`,
            },
          )
        },
      }
      const { text, change, facts, ticked, ...brought } = await changeContent(deps, atHand, may, body)
      return {
        command: {
          type: 'add',
          answersDigest: text.digest,
          facts,
          change,
          ...ticked,
        },
        texts: [text],
        ...brought,
        reasonDigest: null,
      }
    }).catch(pointingAtFiles(deps, request, body))
