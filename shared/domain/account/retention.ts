/**
 * For how many years it is kept what no case keeps and no account takes along: 个人信息保护法 第19条, no longer than its
 * purpose needs. The log: 网络安全法 第21条, six months at least.
 */
export const KEPT_YEARS = {
  /** Days on which somebody was there. */
  activity: 1,
  /** Messages from the day they were written, and those of a case from its end. */
  messages: 1,
  /** Powers to act for a firm from their end, and those by which a case went on from its end. */
  powers: 1,
  /** Name and telephone of who objected on a public page, where nobody has told them before. */
  objectors: 1,
  /** Who did and who looked at what. */
  log: 3,
} as const
