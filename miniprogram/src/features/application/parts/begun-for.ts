import { maskName } from '#shared/domain/kernel/digits'
import type { DraftEntry } from './drafts'

/** Whose half typed application it is, masked: it is read at a counter, with the next who came looking on. */
export const begunFor = ({ whose }: Pick<DraftEntry, 'whose'>) =>
  whose === undefined ? '没写名字的' : `${maskName(whose)}的`
