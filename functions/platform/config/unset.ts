import type { Environment } from './environment'

const SHOWN = ['FILING_NUMBER', 'DATA_CONTACT'] as const

/**
 * What residents must be able to read in the app and nobody has set; the demo has its own. 国办函〔2026〕12号, 个人信息保护法
 * 第17条
 */
export const unsetIn = (
  environment: Pick<Environment, 'PROFILE' | (typeof SHOWN)[number]>,
): readonly (typeof SHOWN)[number][] =>
  environment.PROFILE === 'embedded' ? [] : SHOWN.filter((name) => environment[name] === undefined)
