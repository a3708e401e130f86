import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import type { CaseLanes } from '#shared/contract/lanes'
import { isOver } from '#shared/domain/case/outcome-words'
import { openPage } from '../../../platform/navigation'
import { DueLight } from '../../../ui/progress/due-light'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { Day } from '../../../ui/surface/day'

type Unit = CaseLanes['units'][number]
type Decision = NonNullable<Unit['decision']>

function Until({ until: { servedOn, review, suit } }: { until: NonNullable<Decision['until']> }) {
  return (
    <View className='mt-2'>
      <View className='small muted'>
        <Day on={servedOn} short /> 送到，从第二天数起
      </View>
      {review !== null && (
        <View>
          复议最晚 <Day on={review} />
        </View>
      )}
      {suit !== null && (
        <View>
          起诉最晚 <Day on={suit} />
        </View>
      )}
    </View>
  )
}

/** What one of several organs has decided of its own part: of a refusal why, and where and until when one may object. */
export function OwnDecision({
  caseId,
  unitName,
  decision,
}: {
  caseId: string
  unitName: string
  decision: Decision
}) {
  const { granted, documentId, documentTitle, documentNumber, reason, remedy, until } = decision
  return (
    <>
      {reason !== null && <View className='mt-2'>为什么：{reason}</View>}
      {remedy !== null && <View className='small mt-2'>{remedy}</View>}
      {until !== null && <Until until={until} />}
      <CellGroup className='mt-2'>
        <Cell
          icon='paper'
          label={`看${unitName}的${documentTitle}`}
          note={granted ? documentNumber : `${documentNumber}，理由写在上面`}
          onPress={() => openPage('features/case/document', { case: caseId, id: documentId })}
        />
      </CellGroup>
    </>
  )
}

/** Several organs have each decided their own part. */
export const isDecidedByEach = (lanes: CaseLanes | null | undefined) =>
  lanes?.units.some(({ decision }) => decision !== null) ?? false

/** What was refused of it stands before what goes on. */
export const RefusedSoFar = ({ view: { id, lanes, outcome } }: { view: CaseView }) =>
  isOver(outcome) || !lanes ? null : (
    <OwnDecisions
      caseId={id}
      lanes={{ ...lanes, units: lanes.units.filter(({ decision }) => decision?.granted === false) }}
    />
  )

/** Each of them by itself, what was refused first; nothing where one organ has decided. */
export function OwnDecisions({ caseId, lanes }: { caseId: string; lanes: CaseLanes | null | undefined }) {
  const decided = (lanes?.units ?? []).flatMap(({ decision, ...unit }) =>
    decision && unit.decides !== null ? [{ ...unit, decision }] : [],
  )
  const ordered = [
    ...decided.filter((each) => !each.decision.granted),
    ...decided.filter((each) => each.decision.granted),
  ]
  return (
    <>
      {ordered.map(({ unitId, unitName, decides, decision }) => (
        <Card key={unitId} title={decides ?? unitName} className='mt-3'>
          <View className='row row--between gap-3 mt-1'>
            <View className='muted'>{unitName}</View>
            <DueLight
              light={decision.granted ? 'done' : 'ended'}
              words={decision.granted ? '批准了' : '没批'}
            />
          </View>
          <OwnDecision {...{ caseId, unitName, decision }} />
        </Card>
      ))}
    </>
  )
}
