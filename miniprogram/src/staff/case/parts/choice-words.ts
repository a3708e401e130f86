import type { CaseView } from '#shared/contract/case'
import type { Choice } from './reasons'

const WORDS = {
  grant: { label: '准予', note: '结果和文书一起发', look: '签发准予', done: '准予决定签发了' },
  refuse: { label: '不予', note: '要写理由，附复议和诉讼的途径', look: '签发不予', done: '不予决定签发了' },
  join: {
    label: '统一出件',
    note: '各部门的决定书合在一起给出去，这里不另作决定',
    look: '统一出件',
    done: '统一出件了',
  },
} as const

interface Drafted {
  readonly staff: {
    readonly decisionDrafts: readonly Pick<
      NonNullable<CaseView['staff']>['decisionDrafts'][number],
      'packet'
    >[]
  } | null
}

/** Several organs have decided, each for itself: what is signed here joins their papers and grants nothing. */
export const isJoining = ({ staff }: Drafted) =>
  staff?.decisionDrafts.some(({ packet }) => packet !== null) === true

export const choiceWords = (view: Drafted, choice: Choice) =>
  WORDS[choice === 'grant' && isJoining(view) ? 'join' : choice]
