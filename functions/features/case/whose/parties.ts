import type { AwaitedReader } from '#shared/domain/case/whose/identity'

/** Whom a change of a case is told beside staff. While it is being filed the statement itself finds `filer` and `owner`. */
export interface Party {
  readonly recipient: 'filer' | 'owner' | `profile:${string}`
  readonly as: 'filer' | 'owner' | 'new-owner' | 'former-owner'
  readonly awaited?: AwaitedReader
}

type Recipient = Party['recipient']

/**
 * Those whose the case is, and whoever filed it for them until it is taken over; nobody is told as both. `before` are whose
 * it was until this change: who loses it is told so.
 */
export function partiesOf(
  filer: Recipient | null,
  owners: readonly Recipient[],
  before: readonly Recipient[] = owners,
): readonly Party[] {
  const own = owners.map(
    (recipient): Party => ({ recipient, as: before.includes(recipient) ? 'owner' : 'new-owner' }),
  )
  const lost = before
    .filter((recipient) => recipient !== filer && !owners.includes(recipient))
    .map((recipient): Party => ({ recipient, as: 'former-owner' }))
  const filed: readonly Party[] =
    filer === null || owners.includes(filer) ? [] : [{ recipient: filer, as: 'filer' }]
  return [...filed, ...own, ...lost]
}
