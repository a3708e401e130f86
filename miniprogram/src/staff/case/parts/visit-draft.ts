import { useEffect, useMemo, useState } from 'react'
import type { ActOnCase } from '#shared/contract/act-on-case'
import type { OnSite, VisitAnswer } from '#shared/domain/case/visit-record'
import { ownerOfDraft } from '../../../features/application/parts/drafts'
import { createPhotos, unsentWords, uploadedIds, usePhotos } from '../../../features/application/parts/photos'
import { useDraft } from '../../../platform/use-draft'
import type { VisitPlace, VisitSheet } from './visit-sheet'

export interface PointDraft {
  readonly answer?: VisitAnswer
  readonly remark: string
  /** Photos that the record has already. */
  readonly files: readonly string[]
}

interface VisitDraft {
  readonly officerIds: readonly string[]
  readonly points: Readonly<Record<string, PointDraft>>
  readonly note: string
  readonly onSite?: OnSite
  readonly onSiteWords: string
  /** Keys of photos in the queue, by point. */
  readonly photos: Readonly<Record<string, readonly string[]>>
}

export const PHOTOS_A_POINT = 6
const NOTHING: PointDraft = { remark: '', files: [] }
export const pointIn = ({ points }: VisitDraft, key: string) => points[key] ?? NOTHING

/** As it was written down last, where it was: only what is another now is written anew. */
function begun({ visit: { record } }: VisitSheet): VisitDraft {
  if (!record) return { officerIds: [], points: {}, note: '', onSiteWords: '', photos: {} }
  return {
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

/** In the order of the page. */
function faultsOf(draft: VisitDraft, { visit }: VisitSheet): readonly VisitFault[] {
  const missing = 2 - draft.officerIds.length
  const points = (visit.checklist?.points ?? []).flatMap(({ key }) => {
    const words = faultOfPoint(draft, key)
    return words === undefined ? [] : [{ id: `point-${key}`, words }]
  })
  return [
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
  const { draft, change, forget } = useDraft<VisitDraft>(ownerOfDraft(key), begun(sheet))
  const [wasTried, setTried] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the draft held when it was opened.
  const box = useMemo(() => createPhotos(key, draft.photos), [key])
  const photos = usePhotos(box)
  const byPlace = box.useKeys((kept) => kept.byPlace)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a photo that was taken or removed is kept with what is written.
  useEffect(() => {
    if (byPlace !== draft.photos) change({ ...draft, photos: byPlace })
  }, [byPlace])
  const faults = faultsOf(draft, sheet)
  const body = (): ActOnCase => ({
    action: 'record-visit',
    version: sheet.version,
    stepKey: place.stepKey,
    unitId: place.unitId,
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
    change: (part: Partial<VisitDraft>) => change({ ...draft, ...part }),
    changePoint: (of: string, part: Partial<PointDraft>) =>
      change({ ...draft, points: { ...draft.points, [of]: { ...pointIn(draft, of), ...part } } }),
    faults,
    errorOf: (id: string) => (wasTried ? faults.find((each) => each.id === id)?.words : undefined),
    wasTried,
    tryIt: () => setTried(true),
    unsent: unsentWords(photos, '有了网会自己传，传好再交'),
    body,
    forget: () => {
      forget()
      box.clear()
    },
  }
}

export type VisitWriting = ReturnType<typeof useVisitDraft>
