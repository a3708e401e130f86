import type { Trouble } from '../../../platform/api'
import { areKept } from '../../../platform/upload-queue'
import { Notice } from '../../../ui/feedback/notice'
import { type PhotoBox, type Photos, useDelay, usePhotos } from './photos'
import type { Saving } from './use-answers'

/** When what waits goes on: “有信号接着传”; before anything was tried, “等着传”. */
export function goesOnWords(because: Trouble | undefined) {
  if (because === undefined) return '等着传'
  return because.code === 'network.unreachable' ? '有信号接着传' : '能传了接着传'
}

const isLasting = ({ byPlace }: Photos) =>
  areKept(
    Object.values(byPlace)
      .flat()
      .map(({ key }) => key),
  )

/** Why photos wait, and whether they would outlive the app. */
const delayWords = (delay: Trouble, photos: Photos) =>
  [
    delay.code === 'network.unreachable' ? '信号不好' : delay.title,
    isLasting(photos) ? '。照片先存手机，' : '。手机满了，照片没存下：先别关，',
    goesOnWords(delay),
    '。',
  ].join('')

interface PhotosToldProps {
  photos: PhotoBox
  /** Where nothing else on the page says whether the phone has what was written. */
  saving?: Saving
}

/** What becomes of the photos of a page and no single one of them can say; stands above them wherever some are taken. */
export function PhotosTold({ photos, saving = 'nothing' }: PhotosToldProps) {
  const state = usePhotos(photos)
  const delay = useDelay(state)
  const isSaid = delay !== undefined && !isLasting(state)
  return (
    <>
      {state.lost > 0 && (
        <Notice className='mb-3' tone='soon' icon='camera'>
          有 {state.lost} 张照片手机没留住，要重拍。
        </Notice>
      )}
      {saving === 'full' && !isSaid && (
        <Notice className='mb-3' tone='soon'>
          手机满了，没存上：先别关，交上去再走。
        </Notice>
      )}
      {delay && (
        <Notice className='mb-3' tone='soon' icon='offline'>
          {delayWords(delay, state)}
        </Notice>
      )}
    </>
  )
}
