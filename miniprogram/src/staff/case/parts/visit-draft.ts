import { useEffect, useMemo, useRef, useState } from 'react'
import type { ActOnCase } from '#shared/contract/act-on-case'
import type { OnSite, VisitAnswer } from '#shared/domain/case/visit/visit-record'
import { ownerOfDraft } from '../../../features/application/parts/drafts'
import { createPhotos, unsentWords, uploadedIds, usePhotos } from '../../../features/application/parts/photos'
import { today } from '../../../platform/clock'
import { useDraft } from '../../../platform/use-draft'
import type { VisitPlace, VisitSheet } from './visit-sheet'

export interface PointDraft {
  readonly answer?: VisitAnswer
  readonly remark: string
  /** Photos that the record has already. */
  readonly files: readonly string[]
}

/** From what a draft was begun: the visit it is of, and the record that it would take the place of. */
interface Base {
  readonly round: string
  readonly record: string | null
}

interface VisitDraft {
  /** Missing in drafts of before it was kept. */
  readonly base?: Base
  /** The day on which it was begun, until another is chosen; missing in drafts of before it was kept. */
  readonly visitedOn?: string
  readonly whyAnew?: string
  readonly officerIds: readonly string[]
  readonly points: Readonly<Record<string, PointDraft>>
  readonly note: string
  readonly onSite?: OnSite
  readonly onSiteWords: string
  /** Keys of photos in the queue, by point. */
  readonly photos: Readonly<Record<string, readonly string[]>>
}

const NOTHING: PointDraft = { remark: '', files: [] }
export const pointIn = ({ points }: VisitDraft, key: string) => points[key] ?? NOTHING

/** A record of another visit is no beginning of this one: it was signed, and stands. */
const mendedIn = ({ visit: { mends, record } }: VisitSheet) => (mends === null ? null : record)

const baseOf = (sheet: VisitSheet): Base => ({
  round: sheet.visit.round,
  record: mendedIn(sheet)?.digest ?? null,
})

/** Empty for a new visit; as it was written down where it is mended: only what is another now is written anew. */
function begun(sheet: VisitSheet): VisitDraft {
  const record = mendedIn(sheet)
  const base = baseOf(sheet)
  if (!record)
    return { base, visitedOn: today(), officerIds: [], points: {}, note: '', onSiteWords: '', photos: {} }
  return {
    base,
    visitedOn: record.visitedOn,
    officerIds: record.officers.map(({ staffId }) => staffId),
    points: Object.fromEntries(
      record.findings.map(({ point, answer, remark, files }) => [
        point,
        { answer, remark: remark ?? '', files: files.map(({ id }) => id) },
      ]),
    ),
    note: record.note ?? '',
    onSite: record.onSite,
    onSiteWords: record.onSiteWords ?? '',
    photos: {},
  }
}

/** The site was written down, ordered anew or sent back since this was begun. */
export const isStale = ({ base }: VisitDraft, sheet: VisitSheet) =>
  base?.round !== sheet.visit.round || base?.record !== baseOf(sheet).record

/** Of another visit: when that was, and what the applicant said of it, is asked anew. */
const ofAnotherVisit = ({ onSite: _said, ...draft }: VisitDraft): VisitDraft => ({
  ...draft,
  visitedOn: today(),
  onSiteWords: '',
})

/** Goes on with what was written: photos of a record that is gone are in it no more. */
export function carriedOn(kept: VisitDraft, sheet: VisitSheet): VisitDraft {
  const draft = kept.base?.round === sheet.visit.round ? kept : ofAnotherVisit(kept)
  const held = new Set(mendedIn(sheet)?.findings.flatMap(({ files }) => files.map(({ id }) => id)))
  const points = Object.entries(draft.points).map(([key, point]) => [
    key,
    { ...point, files: point.files.filter((id) => held.has(id)) },
  ])
  return { ...draft, base: baseOf(sheet), points: Object.fromEntries(points) }
}

const keyOf = ({ caseId, stepKey, unitId }: VisitPlace) => `visit:${caseId}:${stepKey}:${unitId}`
const isWords = (text: string) => text.trim().length >= 2

export interface VisitFault {
  /** The id of its field. */
  readonly id: string
  readonly words: string
}

export const hasWords = (onSite: OnSite | undefined) => onSite === 'remarked' || onSite === 'refused'

function faultOfPoint(draft: VisitDraft, key: string): string | undefined {
  const { answer, remark } = pointIn(draft, key)
  if (answer === undefined) return '选一样'
  if (answer === 'no' && !isWords(remark)) return '写明是什么情况，至少 2 个字'
  return remark.trim().length === 1 ? '至少写 2 个字' : undefined
}

/** What a record of the chosen day takes the place of, as the office will judge it. */
export function mendsOf(
  { visit: { mends, mendsBefore } }: VisitSheet,
  { visitedOn = today() }: Pick<VisitDraft, 'visitedOn'>,
) {
  return mendsBefore && visitedOn < mendsBefore.day ? mendsBefore.mends : mends
}

/** All had signed it: their paper is out. */
export const isWhyAsked = (sheet: VisitSheet, draft: Pick<VisitDraft, 'visitedOn'>) =>
  mendsOf(sheet, draft) === 'signed'

/** In the order of the page. */
function faultsOf(draft: VisitDraft, sheet: VisitSheet): readonly VisitFault[] {
  const { visit } = sheet
  const missing = 2 - draft.officerIds.length
  const points = (visit.checklist?.points ?? []).flatMap(({ key }) => {
    const words = faultOfPoint(draft, key)
    return words === undefined ? [] : [{ id: `point-${key}`, words }]
  })
  return [
    ...(isWhyAsked(sheet, draft) && !isWords(draft.whyAnew ?? '')
      ? [{ id: 'why-anew', words: '写明为什么重记，至少 2 个字' }]
      : []),
    ...(missing > 0 ? [{ id: 'officers', words: `还差 ${missing} 人，到现场要两人以上` }] : []),
    ...points,
    ...(draft.note.trim().length === 1 ? [{ id: 'note', words: '至少写 2 个字' }] : []),
    ...(draft.onSite === undefined ? [{ id: 'on-site', words: '选一样' }] : []),
    ...(draft.onSite === 'remarked' && !isWords(draft.onSiteWords)
      ? [{ id: 'on-site-words', words: '写上申请人的话' }]
      : []),
  ]
}

/** What is written and photographed at a site: on this phone alone until it is sent, signal or not. */
export function useVisitDraft(place: VisitPlace, sheet: VisitSheet) {
  const key = keyOf(place)
  const { draft, change: keep, forget } = useDraft<VisitDraft>(ownerOfDraft(key), begun(sheet))
  const [wasTried, setTried] = useState(false)
  // Two changes may come before the page is drawn again: a photo arrives while somebody types.
  const newest = useRef(draft)
  newest.current = draft
  const put = (next: VisitDraft) => {
    newest.current = next
    keep(next)
  }
  const change = (part: Partial<VisitDraft>) => put({ ...newest.current, ...part })
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the draft held when it was opened.
  const box = useMemo(() => createPhotos(key, draft.photos), [key])
  const photos = usePhotos(box)
  const byPlace = box.useKeys((kept) => kept.byPlace)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a photo that was taken or removed is kept with what is written.
  useEffect(() => {
    if (byPlace !== newest.current.photos) change({ photos: byPlace })
  }, [byPlace])
  const faults = faultsOf(draft, sheet)
  const changePoint = (of: string, part: Partial<PointDraft>) =>
    change({
      points: { ...newest.current.points, [of]: { ...pointIn(newest.current, of), ...part } },
    })
  const body = (): ActOnCase => ({
    action: 'record-visit',
    version: sheet.version,
    stepKey: place.stepKey,
    unitId: place.unitId,
    ...(draft.visitedOn === undefined ? {} : { visitedOn: draft.visitedOn }),
    ...(isWhyAsked(sheet, draft) ? { whyAnew: draft.whyAnew?.trim() ?? '' } : {}),
    officerIds: [...draft.officerIds],
    findings: (sheet.visit.checklist?.points ?? []).flatMap(({ key: point }) => {
      const { answer, remark, files } = pointIn(draft, point)
      const ids = [...files, ...uploadedIds(photos.byPlace[point])]
      if (answer === undefined) return []
      return [
        {
          point,
          answer,
          ...(remark.trim() === '' ? {} : { remark: remark.trim() }),
          ...(ids.length === 0 ? {} : { files: ids }),
        },
      ]
    }),
    onSite: draft.onSite ?? 'absent',
    ...(hasWords(draft.onSite) && draft.onSiteWords.trim() !== ''
      ? { onSiteWords: draft.onSiteWords.trim() }
      : {}),
    ...(draft.note.trim() === '' ? {} : { reason: draft.note.trim() }),
  })
  return {
    draft,
    box,
    change,
    changePoint,
    /** What was kept here is not of what stands now. */
    isStale: isStale(draft, sheet),
    carryOn: () => put(carriedOn(newest.current, sheet)),
    beginAnew: () => {
      box.clear()
      put(begun(sheet))
    },
    faults,
    errorOf: (id: string) => (wasTried ? faults.find((each) => each.id === id)?.words : undefined),
    wasTried,
    tryIt: () => setTried(true),
    /** So many were taken and are not on the phone any more: nobody signs a record without them unknowingly. */
    lost: photos.lost,
    unsent:
      photos.lost > 0
        ? '有照片没留住，先重拍，或者点“不要了”'
        : unsentWords(photos, '有了网会自己传，传好再交'),
    body,
    forget: () => {
      forget()
      box.clear()
    },
  }
}

export type VisitWriting = ReturnType<typeof useVisitDraft>
