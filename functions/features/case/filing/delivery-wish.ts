import type { DeliveryWish } from '#shared/contract/delivery'
import type { CaseActor, CaseContext } from '#shared/domain/case/context'
import { decideDelivery } from '#shared/domain/case/delivery/delivery'
import type { Speaker } from '#shared/domain/case/delivery/delivery-state'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import type { CaseState } from '#shared/domain/case/state'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Cipher } from '../../../platform/ports/cipher'
import { type CaseText, sealText } from '../texts'
import { invalid } from './check-application'

const WRONG = {
  method: '这样收不到：指南里没有，或者手机上收要本人确认过身份。换一样，或者交上以后再选',
  address: '寄到家的写清收件地址，别的不用写',
} as const

/** Nobody is known yet to whom else it could belong: whoever files says how the papers come. */
const speaking = (speaksAs: Speaker): CaseActor => ({
  kind: 'applicant',
  mayWithdraw: true,
  mayTakeOver: false,
  mayDisown: false,
  mayNudge: false,
  isHolder: false,
  mayWaive: false,
  speaksAs,
})

/** How the papers are wanted, said with the application as it may be said after it: the same event, the address sealed alike. */
export function wishedAtFiling(
  cipher: Cipher,
  { caseId, item, state }: { readonly caseId: string; readonly item: ServiceItem; readonly state: CaseState },
  wish: DeliveryWish | undefined,
  { by, context }: { readonly by: Speaker; readonly context: CaseContext },
): { readonly events: readonly CaseEvent[]; readonly texts: readonly CaseText[]; readonly state: CaseState } {
  if (wish === undefined) return { events: [], texts: [], state }
  const { method, address } = wish
  const texts = address === undefined ? [] : [sealText(cipher, caseId, 'note', address)]
  const decided = decideDelivery(
    item,
    state,
    { type: 'choose-delivery', method, addressDigest: texts[0]?.digest ?? null },
    { ...context, actor: speaking(by), isReached: by !== 'staff' },
  )
  if (decided.ok) {
    const events = decided.value
    return {
      events,
      texts,
      state: events.reduce<CaseState>((next, event) => evolve(item, next, event), state),
    }
  }
  const field =
    decided.error.code === 'case.target-unknown' && decided.error.field === 'address' ? 'address' : 'method'
  throw invalid([{ pointer: `/delivery/${field}`, code: 'field.not-an-option', message: WRONG[field] }])
}
