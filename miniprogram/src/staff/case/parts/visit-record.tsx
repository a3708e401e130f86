import { View } from '@tarojs/components'
import { Fragment } from 'react'
import type { CaseView } from '#shared/contract/case'
import type { SiteVisit } from '#shared/contract/site-visit'
import { findingsWords, ON_SITE, VISIT_ANSWERS } from '#shared/domain/case/visit/visit-record'
import type { PaperView } from '../../../platform/use-files'
import { Card } from '../../../ui/surface/card'
import { Tag } from '../../../ui/surface/tag'
import { dayWords, momentWords } from '../../../ui/words/dates'
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

const unsignedOf = ({ officers }: Record) => officers.filter(({ signed }) => !signed)

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

/** Signatures are missing, and can still come: what was sent back or ordered anew waits for none. */
export const isAwaited = ({ mends }: Pick<SiteVisit, 'mends'>) => mends === 'open'

function StandsTag({ visit, record, isEarlier }: Omit<VisitRecordProps, 'view'>) {
  if (!isEarlier && isAwaited(visit)) return <Tag tone='must'>{awaitedWords(record)}</Tag>
  const words = unsignedOf(record).length > 0 ? '没签齐' : '签齐了'
  return <Tag>{isEarlier ? `先前的，${words}` : words}</Tag>
}

interface VisitRecordProps {
  view: CaseView
  visit: SiteVisit
  record: Record
  isEarlier?: boolean
}

/** What was written down at a site, who signed it, and whose signature it waits for. */
export function VisitRecord({ view, visit, record, isEarlier = false }: VisitRecordProps) {
  const { stepName, checklist } = visit
  const viewer = usePaperViewer(
    view,
    record.findings.map(paperOf).filter(({ files }) => files.length > 0),
  )
  const { findings, onSite, onSiteWords, note, at, visitedOn, whyAnew } = record
  const total = findingsWords(findings)
  return (
    <Card title={`${stepName}记录`} side={<StandsTag {...{ visit, record, isEarlier }} />} className='mt-3'>
      <View className='small muted'>
        {dayWords(visitedOn)} 到场，{momentWords(at)} 记的
        {total !== '' && ` · ${total}`}
      </View>
      {whyAnew !== null && <View className='small mt-2'>重记的原因：{whyAnew}</View>}
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

/** All that was written down, the newest first: an order or a refusal rests on what was seen then. */
export function VisitRecords({ view }: { view: CaseView }) {
  return (
    <>
      {(view.staff?.visits ?? []).map((visit) => (
        <Fragment key={visit.stepKey + visit.unitId}>
          {visit.record && <VisitRecord {...{ view, visit, record: visit.record }} />}
          {visit.earlier.map((record) => (
            <VisitRecord key={record.digest} {...{ view, visit, record }} isEarlier />
          ))}
        </Fragment>
      ))}
    </>
  )
}
