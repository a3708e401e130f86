import type { Outcome } from '#shared/domain/case/outcome-words'

/** What only a case that ended so is called. */
const ENDS = ['没批', '没受理', '撤回了', '停办了', '办好了', '批准了']

/** Those that nothing may say of a case that stands so; of what was granted both words are its own. */
export const otherEnds = ({ key, word }: Pick<Outcome, 'key' | 'word'>) =>
  ENDS.filter((end) => !(key === 'granted' ? ['批准了', '办好了'] : [word]).includes(end))
