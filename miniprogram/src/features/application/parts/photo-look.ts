import { faultsOfPhoto, LOOKED_AT, type PhotoFault } from '#shared/domain/application/photo-faults'
import { platform } from '../../../platform'
import type { PickedFile } from '../../../platform/platform'
import { doubt, heldFile, sendAgain } from '../../../platform/upload-queue'

/** A phone that takes longer to draw it has its photo sent unseen. */
const LONGEST_LOOK_MS = 1500

/** What is to be mended first; undefined where nothing is, and where it cannot be looked at. */
async function faultIn(file: PickedFile): Promise<PhotoFault | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), LONGEST_LOOK_MS))
  try {
    const pixels = await Promise.race([platform.pixelsOf(file, LOOKED_AT), late])
    return pixels && faultsOfPhoto(pixels)[0]
  } catch (_reason) {
    return undefined
  }
}

/** What went meanwhile, or was taken back, is asked about no more. */
async function lookAt(key: string, ask: (key: string) => void) {
  const file = heldFile(key)
  const fault = file && (await faultIn(file))
  if (!heldFile(key)) return
  if (fault === undefined) return sendAgain(key)
  doubt(key, fault)
  ask(key)
}

let turn: Promise<void> = Promise.resolve()

/** One after the other, whichever place they were taken for: a small phone holds one large picture and not nine. */
export function lookAtAll(keys: readonly string[], ask: (key: string) => void) {
  for (const key of keys) turn = turn.then(() => lookAt(key, ask))
}
