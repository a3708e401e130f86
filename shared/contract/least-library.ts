/** 基础库: from this one on WeChat answers the question for the phone number with a code, by which one registers. */
export const LEAST_LIBRARY = '2.21.2'

/** Whether one library is older than another: `2.9.4` than `2.21.2`. What is no number counts as 0. */
export function isOlderLibrary(library: string, than: string): boolean {
  const ours = library.split('.').map((part) => Number(part) || 0)
  const theirs = than.split('.').map((part) => Number(part) || 0)
  const at = [0, 1, 2].find((index) => (ours[index] ?? 0) !== (theirs[index] ?? 0))
  return at !== undefined && (ours[at] ?? 0) < (theirs[at] ?? 0)
}
