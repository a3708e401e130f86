import type { CaseView } from '#shared/contract/case'
import { Facts } from '../../../ui/surface/facts'
import { Rows } from '../../../ui/surface/rows'

/** What was filled in, a table row by row. */
export const AnswerFacts = ({ answers }: Pick<CaseView, 'answers'>) => (
  <Facts
    facts={answers.map(({ label, text, source, rows }) => ({
      key: label,
      value: source === undefined ? <Rows text={text} rows={rows} /> : `${text}（${source}）`,
    }))}
  />
)
