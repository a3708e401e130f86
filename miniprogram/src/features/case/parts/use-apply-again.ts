import type { CaseAgain } from '#shared/contract/case'
import { call, download } from '../../../platform/api'
import { openPage } from '../../../platform/navigation'
import { adoptUploads, showPicture } from '../../../platform/upload-queue'
import { useAction } from '../../../platform/use-action'
import { ask } from '../../../ui/feedback/question'
import {
  draftKeyOf,
  draftsOfOthers,
  findDraft,
  ownerOfDraft,
  removeDraft,
  saveDraft,
  someoneElse,
} from '../../application/parts/drafts'
import { placeOfPaper } from '../../application/parts/papers'
import { SELF } from '../../application/parts/who'

/** What one filled in meanwhile for the same outranks nothing without being asked. */
const asksWhich = () =>
  ask({
    title: '有一份没填完的',
    words: '这件事你另外填过一份，还没交。要哪一份？',
    confirm: '用这件填过的',
    cancel: '接着填那份',
  })

/** Puts what the case leaves into a draft, as if it had been filled in on this phone. */
function putIntoDraft(key: string, caseId: string, again: CaseAgain, isRenewal: boolean) {
  const photos = again.files.map(({ kind, name, uploads }) => {
    const owner = ownerOfDraft(key)
    const keys = adoptUploads(
      owner,
      uploads.map(({ id, contentType, size }) => ({ id, name, contentType, size })),
    )
    for (const { id, fileId } of uploads) {
      void download(`/api/cases/${caseId}/files/${fileId}`).then(
        (picture) => picture.ok && showPicture(id, picture.value),
      )
    }
    return [kind === 'material' ? placeOfPaper(name) : name, keys] as const
  })
  const { plainName, answers, reason } = again
  saveDraft({
    key,
    plainName,
    step: 0,
    begunFrom: caseId,
    ...(isRenewal ? { renews: caseId } : {}),
    answers,
    photos: Object.fromEntries(photos),
    ...(reason === null ? {} : { refusedBecause: reason }),
  })
}

/** What was found wanting is no answer this time either. */
const tellAsked = (asked: readonly string[]) =>
  ask({
    title: `${asked.length} 样要重新交`,
    words: `${asked.join('、')}，上次要补，没补上，这次重新交。别的都留着。`,
    confirm: '好',
  })

/** Pressed again, the draft that was begun from this case goes on, as it was changed since. */
function begunKey(caseId: string, { serviceItemId, forOther }: CaseAgain) {
  const keys = forOther
    ? draftsOfOthers(serviceItemId).map(({ key }) => key)
    : [draftKeyOf(serviceItemId, SELF)]
  return keys.find((key) => findDraft(key)?.begunFrom === caseId)
}

/** 再申请, or 延续 of its certificate: the form opens with what was filled in and brought; what was found wanting is said, and asked for anew. */
export function useApplyAgain(caseId: string, isRenewal = false) {
  const { isBusy, trouble, run } = useAction()
  const open = async (again: CaseAgain) => {
    const { serviceItemId, forOther, asked } = again
    const who = forOther ? someoneElse(serviceItemId) : SELF
    const begun = begunKey(caseId, again)
    const key = begun ?? draftKeyOf(serviceItemId, who)
    if (begun === undefined && (findDraft(key) === undefined || (await asksWhich()))) {
      removeDraft(key)
      putIntoDraft(key, caseId, again, isRenewal)
      if (asked.length > 0) await tellAsked(asked)
    }
    openPage('features/case/application/form', {
      id: serviceItemId,
      who: who.kind,
      ...(forOther ? { draft: key } : {}),
    })
  }
  const send = () => call<CaseAgain>('POST', `/api/cases/${caseId}/again`)
  return { isBusy, trouble, applyAgain: () => void run(send, (again) => void open(again)) }
}
