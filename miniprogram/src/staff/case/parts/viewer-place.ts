import type { PaperView } from '../../../platform/use-files'

/** Which paper, and which file of it, from 0. */
export interface ViewerPlace {
  readonly paper: number
  readonly file: number
}

type Files = readonly Pick<PaperView, 'files'>[]

/** One file on (1) or back (-1), from the last of a paper to the first of the next; where there is none, it stays. */
export function besidePlace(papers: Files, { paper, file }: ViewerPlace, step: 1 | -1): ViewerPlace {
  const files = papers[paper]?.files.length ?? 0
  if (file + step >= 0 && file + step < files) return { paper, file: file + step }
  const other = papers[paper + step]
  if (!other) return { paper, file }
  return { paper: paper + step, file: step === 1 ? 0 : other.files.length - 1 }
}

/** What the eye goes to after this one; undefined at the end of them all. */
export function nextPlace(papers: Files, place: ViewerPlace): ViewerPlace | undefined {
  const next = besidePlace(papers, place, 1)
  return next.paper === place.paper && next.file === place.file ? undefined : next
}

/** Steps of enlarging: 1 is the whole picture. */
const ZOOMS: readonly number[] = [1, 1.5, 2, 3, 4, 6]

export const zoomBeside = (zoom: number, step: 1 | -1) =>
  ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, ZOOMS.indexOf(zoom) + step))] ?? 1
