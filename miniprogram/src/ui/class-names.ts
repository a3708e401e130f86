/** Joins what is there: `classNames('cell', isTop && 'cell--top')`. */
export const classNames = (...names: readonly (string | false | undefined)[]) =>
  names.filter(Boolean).join(' ')
