import type { Outcome } from '#shared/domain/case/outcome/outcome-words'

/** What only a case that ended so is called. */
const ENDS = ['没批', '没受理', '撤回了', '停了', '办好了', '批准了']

/** Of what was granted both words are its own, but where a part of it was refused: 批了 4 样，没批 1 样. */
function ownEnds({ key, word }: Pick<Outcome, 'key' | 'word'>) {
  if (key !== 'granted') return [word]
  return word.includes('没批') ? ['没批'] : ['批准了', '办好了']
}

/** Those that nothing may say of a case that stands so. */
export const otherEnds = (outcome: Pick<Outcome, 'key' | 'word'>) =>
  ENDS.filter((end) => !ownEnds(outcome).includes(end))
