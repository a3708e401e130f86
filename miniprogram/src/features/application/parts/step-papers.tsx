import { View } from '@tarojs/components'
import { Notice } from '../../../ui/feedback/notice'
import { FieldError } from '../../../ui/form/field'
import { Paper, PaperList } from '../../../ui/progress/paper'
import { Card } from '../../../ui/surface/card'
import { Tag } from '../../../ui/surface/tag'
import { idOfPath } from './faults'
import { type AskedPaper, isPaperRefused, placeOfPaper } from './papers'
import { PaperPhotos } from './photo-row'
import { type PhotoBox, type Photos, usePhotos } from './photos'

interface PaperCardProps {
  paper: AskedPaper
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
          {paper.instead !== null && <View className='small muted mt-1'>{paper.instead}</View>}
        </View>
        <Tag tone={paper.required ? 'must' : undefined}>{paper.required ? '要交' : '可不交'}</Tag>
      </View>
      <PaperPhotos paper={paper} photos={photos} />
      <FieldError id={placeOfPaper(paper.name)} error={error} />
    </Card>
  )
}

const missingWords = (paper: AskedPaper, photos: Photos) =>
  isPaperRefused(paper, photos) ? '没传上去，删掉重拍' : '还没拍这一样'

interface StepPapersProps {
  toBring: readonly AskedPaper[]
  free: readonly AskedPaper[]
  photos: PhotoBox
  /** Those whose absence has been pointed out. */
  missing: readonly AskedPaper[]
  /** For whoever WeChat has not confirmed: papers on file are closed to them. */
  onRegister: (() => void) | undefined
}

/** Only what is missing; what the government has is named and not asked for. */
export function StepPapers({ toBring, free, photos, missing, onRegister }: StepPapersProps) {
  const state = usePhotos(photos)
  return (
    <>
      {onRegister && (
        <Notice icon='shield' action={{ words: '去核', onPress: onRegister }}>
          微信核一下身份，政府有的就不用交。
        </Notice>
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
