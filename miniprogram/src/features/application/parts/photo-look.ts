import { faultsOfPhoto, LOOKED_AT, type PhotoFault } from '#shared/domain/application/photo-faults'
import { platform } from '../../../platform'
import type { PickedFile } from '../../../platform/platform'

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

export interface Doubtful {
  readonly file: PickedFile
  readonly fault: PhotoFault
}

/** One after the other: a small phone holds one large picture and not nine. */
export async function lookAt(files: readonly PickedFile[]) {
  const fine: PickedFile[] = []
  const doubtful: Doubtful[] = []
  for (const file of files) {
    const fault = await faultIn(file)
    if (fault === undefined) fine.push(file)
    else doubtful.push({ file, fault })
  }
  return { fine, doubtful }
}
