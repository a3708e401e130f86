import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import type { SiteVisit } from '#shared/contract/site-visit'
import { findingsWords, ON_SITE, VISIT_ANSWERS } from '#shared/domain/case/visit-record'
import type { PaperView } from '../../../platform/use-files'
import { Card } from '../../../ui/surface/card'
import { Tag } from '../../../ui/surface/tag'
import { momentWords } from '../../../ui/words/dates'
import { Thumb } from './thumb'
import { usePaperViewer } from './use-paper-viewer'

type Record = NonNullable<SiteVisit['record']>
type Finding = Record['findings'][number]

const paperOf = ({ text, files }: Finding): PaperView => ({
  name: text,
  state: 'provided',
  source: '',
  files,
  withheld: null,
})

export const unsignedOf = ({ officers }: Record) => officers.filter(({ signed }) => !signed)

/** 等赵刚签名 */
export const awaitedWords = (record: Record) =>
  `等${unsignedOf(record)
    .map(({ name }) => name)
    .join('、')}签名`

function Signatures({ record }: { record: Record }) {
  return (
    <View className='small mt-2'>
      {record.officers.map(({ staffId, name, signed }) => (
        <View key={staffId}>
          {name} {signed ? '签了名' : '还没签名'}
        </View>
      ))}
    </View>
  )
}

interface FindingProps extends Pick<ReturnType<typeof usePaperViewer>, 'files' | 'open'> {
  finding: Finding
  number: number
}

function FindingRow({ finding, number, files: { bring }, open }: FindingProps) {
  const { text, answer, remark, files } = finding
  return (
    <View className='document'>
      <View className='row row--between gap-2'>
        <View>
          {number}. {text}
        </View>
        <Tag tone={answer === 'no' ? 'must' : undefined}>{VISIT_ANSWERS[answer]}</Tag>
      </View>
      {remark !== null && <View className='opinion'>{remark}</View>}
      {files.length > 0 && (
        <View className='thumbs'>
          {files.map((file, at) => (
            <Thumb
              key={file.id}
              {...{ file, bring }}
              caption={`第 ${at + 1} 张`}
              label={`看${text}的照片，第 ${at + 1} 张`}
              onOpen={() => open(paperOf(finding), at)}
            />
          ))}
        </View>
      )}
    </View>
  )
}

interface VisitRecordProps {
  view: CaseView
  visit: SiteVisit
}

/** What was written down at a site, who signed it, and whose signature it waits for. */
export function VisitRecord({ view, visit: { record, stepName, checklist } }: VisitRecordProps) {
  const papers = (record?.findings ?? []).map(paperOf).filter(({ files }) => files.length > 0)
  const viewer = usePaperViewer(view, papers)
  if (!record) return null
  const { findings, onSite, onSiteWords, note, at } = record
  const total = findingsWords(findings)
  return (
    <Card
      title={`${stepName}记录`}
      side={unsignedOf(record).length > 0 ? <Tag tone='must'>{awaitedWords(record)}</Tag> : <Tag>签齐了</Tag>}
      className='mt-3'
    >
      <View className='small muted'>
        {momentWords(at)}
        {total !== '' && ` · ${total}`}
      </View>
      {findings.map((finding, index) => (
        <FindingRow key={finding.point} finding={finding} number={index + 1} {...viewer} />
      ))}
      {note !== null && <View className='opinion'>{note}</View>}
      <View className='mt-2'>申请人：{ON_SITE[onSite]}</View>
      {onSiteWords !== null && <View className='opinion'>{onSiteWords}</View>}
      <Signatures record={record} />
      {checklist && <View className='small muted mt-2'>核查清单：{checklist.source}</View>}
      {viewer.over}
    </Card>
  )
}

export function VisitRecords({ view }: { view: CaseView }) {
  return (
    <>
      {(view.staff?.visits ?? []).map((visit) => (
        <VisitRecord key={visit.stepKey + visit.unitId} view={view} visit={visit} />
      ))}
    </>
  )
}
