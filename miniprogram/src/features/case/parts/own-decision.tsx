import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import type { CaseLanes } from '#shared/contract/lanes'
import { isOver, OUTCOME_WORDS } from '#shared/domain/case/outcome/outcome-words'
import { openPage } from '../../../platform/navigation'
import { DueLight } from '../../../ui/progress/due-light'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { Day } from '../../../ui/surface/day'
import { notBeforeWords } from './not-before-words'
import { TakingBackDay, TakingBackNote, takingBackIn } from './taking-back'

type Unit = CaseLanes['units'][number]
type Decision = NonNullable<Unit['decision']>

function Until({ until }: { until: NonNullable<Decision['until']> }) {
  const { servedOn, review, suit, reviewNotBefore, suitNotBefore } = until
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
      {reviewNotBefore != null && <View>复议{notBeforeWords(reviewNotBefore)}</View>}
      {suitNotBefore != null && <View>起诉{notBeforeWords(suitNotBefore)}</View>}
    </View>
  )
}

/** What was granted and taken back: why, what rests on it, and where and until when one may object. */
function Revoked({
  caseId,
  unitName,
  revoked: { on, documentId, documentTitle, documentNumber, reason, remedy, until },
  resting,
}: {
  caseId: string
  unitName: string
  revoked: NonNullable<Decision['revoked']>
  resting: Decision['resting']
}) {
  return (
    <>
      <View className='mt-2'>
        <Day on={on} short /> 撤销了，从那天起不再有效
      </View>
      {reason !== null && <View className='mt-2'>为什么：{reason}</View>}
      {resting.length > 0 && (
        <View className='mt-2'>“{resting.join('”、“')}”以它为前提。撤不撤，由作决定的单位另外告诉你</View>
      )}
      {remedy !== null && <View className='small mt-2'>{remedy}</View>}
      {until !== null && <Until until={until} />}
      <CellGroup className='mt-2'>
        <Cell
          icon='paper'
          label={`看${unitName}的${documentTitle}`}
          note={`${documentNumber}，理由写在上面`}
          onPress={() => openPage('features/case/document', { case: caseId, id: documentId })}
        />
      </CellGroup>
    </>
  )
}

const QUESTIONED = `${OUTCOME_WORDS.granted}，准备撤销`

/** It was granted, and nobody has taken it back. */
const stands = ({ granted, revoked }: Decision) => granted && revoked === null

function lampOf(decision: Decision, { isQuestioned = false, isTakingBack = false }: Partial<Unit>) {
  if (isTakingBack) return { light: 'paused', words: OUTCOME_WORDS.takingBack } as const
  if (isQuestioned) return { light: 'paused', words: QUESTIONED } as const
  if (decision.revoked !== null) return { light: 'ended', words: OUTCOME_WORDS.revoked } as const
  return decision.granted
    ? ({ light: 'done', words: OUTCOME_WORDS.granted } as const)
    : ({ light: 'ended', words: OUTCOME_WORDS.refused } as const)
}

/** What one of several organs has decided of its own part: of a refusal why, and where and until when one may object. */
export function OwnDecision({
  caseId,
  unitName,
  decision,
  takingBack = null,
}: {
  caseId: string
  unitName: string
  decision: Decision
  takingBack?: ReturnType<typeof takingBackIn>
}) {
  const { granted, documentId, documentTitle, documentNumber, reason, remedy, until, revoked, resting } =
    decision
  return (
    <>
      {takingBack && (
        <View className='mt-2'>
          <TakingBackDay of={takingBack} className='strong' />
          <TakingBackNote of={takingBack} />
        </View>
      )}
      {revoked && !takingBack && <Revoked {...{ caseId, unitName, revoked, resting }} />}
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

/** What was refused of it, or taken back, stands before what goes on. */
export const RefusedSoFar = ({ view }: { view: CaseView }) =>
  isOver(view.outcome) || !view.lanes ? null : (
    <OwnDecisions
      view={view}
      lanes={{
        ...view.lanes,
        units: view.lanes.units.filter(({ decision }) => decision && !stands(decision)),
      }}
    />
  )

/** Each of them by itself, what does not stand first; nothing where one organ has decided. */
export function OwnDecisions({
  view: { id: caseId, takingBack },
  lanes,
}: {
  view: Pick<CaseView, 'id' | 'takingBack'>
  lanes: CaseLanes | null | undefined
}) {
  const decided = (lanes?.units ?? []).flatMap(({ decision, ...unit }) =>
    decision && unit.decides !== null ? [{ ...unit, decision }] : [],
  )
  const ordered = [
    ...decided.filter((each) => !stands(each.decision)),
    ...decided.filter((each) => stands(each.decision)),
  ]
  return (
    <>
      {ordered.map((unit) => (
        <Card key={unit.unitId} title={unit.decides ?? unit.unitName} className='mt-3'>
          <View className='row row--between row--wrap gap-2 mt-1'>
            <View className='muted'>{unit.unitName}</View>
            <DueLight {...lampOf(unit.decision, unit)} />
          </View>
          <OwnDecision
            {...{ caseId, unitName: unit.unitName, decision: unit.decision }}
            takingBack={takingBackIn(unit, takingBack)}
          />
        </Card>
      ))}
    </>
  )
}
