import { View } from '@tarojs/components'
import type { Material } from '#shared/domain/service-item/item'
import type { Trouble } from '../../../platform/api'
import { areKept } from '../../../platform/upload-queue'
import { Notice } from '../../../ui/feedback/notice'
import { FieldError } from '../../../ui/form/field'
import { Paper, PaperList } from '../../../ui/progress/paper'
import { Card } from '../../../ui/surface/card'
import { Tag } from '../../../ui/surface/tag'
import { idOfPath } from './faults'
import { isPaperRefused, placeOfPaper } from './papers'
import { PaperPhotos } from './photo-row'
import { type PhotoBox, type Photos, useDelay, usePhotos } from './photos'

interface PaperCardProps {
  paper: Pick<Material, 'name' | 'note' | 'required' | 'sides'>
  photos: PhotoBox
  error?: string | undefined
}

/** One paper to photograph. */
function PaperCard({ paper, photos, error }: PaperCardProps) {
  return (
    <Card className='mt-3'>
      <View className='row row--between row--top gap-2' id={`field-${idOfPath(placeOfPaper(paper.name))}`}>
        <View className='grow'>
          <View className='title'>{paper.name}</View>
          {paper.note !== null && <View className='small muted mt-1'>{paper.note}</View>}
        </View>
        <Tag tone={paper.required ? 'must' : undefined}>{paper.required ? '要交' : '可不交'}</Tag>
      </View>
      <PaperPhotos paper={paper} photos={photos} />
      <FieldError id={placeOfPaper(paper.name)} error={error} />
    </Card>
  )
}

/** Why photos wait, and whether they would outlive the app. */
function delayWords({ code, title }: Trouble, isLasting: boolean) {
  const why = code === 'network.unreachable' ? '信号不好' : title
  const then = code === 'network.unreachable' ? '有信号' : '能传了'
  return isLasting
    ? `${why}。照片先存手机，${then}接着传。`
    : `${why}。手机满了，照片没存下：先别关，${then}接着传。`
}

const missingWords = (paper: Material, photos: Photos) =>
  isPaperRefused(paper, photos) ? '没传上去，删掉重拍' : '还没拍这一样'

interface StepPapersProps {
  toBring: readonly Material[]
  free: readonly Material[]
  photos: PhotoBox
  /** Those whose absence has been pointed out. */
  missing: readonly Material[]
  /** For whoever WeChat has not confirmed: papers on file are closed to them. */
  onRegister: (() => void) | undefined
}

/** Only what is missing; what the government has is named and not asked for. */
export function StepPapers({ toBring, free, photos, missing, onRegister }: StepPapersProps) {
  const state = usePhotos(photos)
  const delay = useDelay(state)
  const isLasting = areKept(Object.values(state.byPlace).flatMap((each) => each.map(({ key }) => key)))
  return (
    <>
      {photos.lost > 0 && (
        <View className='mb-3'>
          <Notice tone='soon' icon='camera'>
            有 {photos.lost} 张照片手机没留住，要重拍。
          </Notice>
        </View>
      )}
      {delay && (
        <Notice tone='soon' icon='offline'>
          {delayWords(delay, isLasting)}
        </Notice>
      )}
      {onRegister && (
        <View className='mt-3'>
          <Notice icon='shield' action={{ words: '去核', onPress: onRegister }}>
            微信核一下身份，政府有的就不用交。
          </Notice>
        </View>
      )}
      {toBring.map((paper) => (
        <PaperCard
          key={paper.name}
          paper={paper}
          photos={photos}
          error={missing.includes(paper) ? missingWords(paper, state) : undefined}
        />
      ))}
      {free.length > 0 && (
        <Card className='mt-3' title={`已免 ${free.length} 份`} side={<Tag tone='free'>不用交</Tag>}>
          <PaperList>
            {free.map((paper) => (
              <Paper
                key={paper.name}
                name={paper.name}
                note={paper.kind === 'generated' ? '填的表就是，不用另交' : '政府已经有了'}
                state='free'
              />
            ))}
          </PaperList>
        </Card>
      )}
    </>
  )
}
