import type { AgreementList } from '#shared/contract/account'
import type { ConsentPurpose, GivenConsent } from '#shared/domain/account/consents'
import { useRequest } from '../../../platform/use-request'

/**
 * What stands beside the ticks of registration, in the version that is shown today. Where that is not known yet nothing
 * is said to be agreed to, and the server asks.
 */
export function useTicked(): (purposes: readonly ConsentPurpose[]) => readonly GivenConsent[] {
  const { loaded } = useRequest<AgreementList>('/api/agreements', 'agreements')
  const version =
    loaded.state === 'ready'
      ? loaded.value.agreements.find(({ kind }) => kind === 'privacy')?.version
      : undefined
  return (purposes) => (version === undefined ? [] : purposes.map((purpose) => ({ purpose, version })))
}
