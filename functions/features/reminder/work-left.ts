import { dayIn } from '#shared/domain/kernel/plain-date'
import { type WorkLeft, workLeftMessage } from '#shared/domain/reminder/work-left'
import type { Cipher } from '../../platform/ports/cipher'
import type { Clock } from '../../platform/ports/clock'
import { sealBody } from './body'

/** What a holder of a pool is told whose work comes back to it, as its row has it. */
export const createSealWorkLeft =
  ({ cipher, clock }: { readonly cipher: Cipher; readonly clock: Clock }) =>
  (id: string, left: WorkLeft) => {
    const message = workLeftMessage(left, dayIn(clock.now()))
    const { kind, urgent, channel, templateId } = message
    return { kind, urgent, channel, templateId, bodySealed: sealBody(cipher, id, message) }
  }
