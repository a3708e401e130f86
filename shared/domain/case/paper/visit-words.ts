import { fullDay } from '../../kernel/day-words'
import { dayIn } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import { stepDeed } from '../../service-item/step-name'
import type { CaseEvent } from '../events'
import { stepOf } from '../route'
import type { CaseState } from '../state'
import { findingsWords, ON_SITE, VISIT_ANSWERS, type VisitRecord, visitDay } from '../visit/visit-record'
import { isDecidedForNobody } from '../whose/disowned'
import { filedWords } from './decision-words'

/** By what they are composed: a part of `Issuing`. */
interface Issuing {
  readonly item: ServiceItem
  /** After the last signature. */
  readonly state: CaseState
  readonly caseNumber: string
  readonly staffName: (staffId: string) => string
}

const photosWords = (count: number) => (count === 0 ? '' : `（照片 ${count} 张）`)

/** The day they were there, and the other one on which it was written down. */
function dayParagraph(record: VisitRecord) {
  const on = visitDay(record)
  const sent = dayIn(record.at)
  return { said: `核查日期：${fullDay(on)}${sent === on ? '' : `（${fullDay(sent)}记录）`}` }
}

const replacing = ({ replaces }: VisitRecord) =>
  replaces
    ? [
        { said: '本记录代替', documentId: replaces.documentId },
        { said: '重新记录的原因：', reason: replaces.whyDigest },
      ]
    : []

/** 现场核查记录: who was there and when, each point as it was found, what the applicant said, and who signed. 行政许可法 第34条 */
export function visited(
  { item, state, caseNumber, staffName }: Issuing,
  { stepKey, unitId }: Extract<CaseEvent, { type: 'visit-signed' }>,
) {
  const record = state.steps
    .find(({ key }) => key === stepKey)
    ?.parts.find((part) => part.unitId === unitId)?.visit
  if (!record) throw new Error('nothing was written down at the site')
  const { name, checklist } = stepOf(item, stepKey)
  const isToFirm = state.applicant?.kind === 'firm' && !isDecidedForNobody(state)
  const findings = record.findings.map((finding, at) => {
    const text = checklist?.points.find(({ key }) => key === finding.point)?.text ?? finding.point
    const found = `${at + 1}. ${text}：${VISIT_ANSWERS[finding.answer]}${photosWords(finding.fileIds.length)}`
    return finding.remarkDigest === null
      ? { said: `${found}。` }
      : { said: `${found}。`, reason: finding.remarkDigest }
  })
  const onSite = `申请人：${ON_SITE[record.onSite]}。`
  const total = findingsWords(record.findings)
  return {
    paragraphs: [
      {
        said: `${filedWords(isToFirm, dayIn(state.filedAt), item.name)}（办件编号 ${caseNumber}），${stepDeed(name)}。`,
      },
      ...replacing(record),
      dayParagraph(record),
      { said: `核查人员：${record.officerIds.map(staffName).join('、')}` },
      ...(checklist ? [{ said: `核查清单：${checklist.source}` }] : []),
      ...findings,
      ...(record.noteDigest === '' ? [] : [{ said: '现场情况：', reason: record.noteDigest }]),
      record.onSiteDigest === null ? { said: onSite } : { said: onSite, reason: record.onSiteDigest },
      { said: `核查人员已经各自签名：${record.signedBy.map(staffName).join('、')}。` },
    ],
    plain: `到现场看过了${total === '' ? '' : `，${total}`}，记录存进了这件里。`,
  }
}
