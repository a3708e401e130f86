import { Text, View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { daysBetween, type PlainDate } from '#shared/domain/kernel/plain-date'
import { today } from '../../../platform/clock'
import { openPage } from '../../../platform/navigation'
import { Lead } from '../../../ui/layout/page'
import { DueLight } from '../../../ui/progress/due-light'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { Day } from '../../../ui/surface/day'
import { callOf } from '../../service-item/parts/whom-to-call'
import { outcomeLamp } from '../../time-limit/parts/outcome-lamp'
import { isDecidedByEach } from './own-decision'

type Against = NonNullable<CaseView['against']>
type Ways = NonNullable<Against['ways']>

const whyNot = ({ reason, documentTitle }: Against) =>
  reason ?? `${documentTitle === null ? '' : '理由写在文书里，'}打电话可以问清楚。`

function Way({
  name,
  note,
  until,
  after,
}: {
  name: string
  note: string
  until: string | null
  after: string
}) {
  const left = until === null ? 0 : daysBetween(today(), until as PlainDate)
  return (
    <View className='case-way'>
      <View className='strong'>{name}</View>
      <View className='small muted'>{note}</View>
      <View className='mt-1'>
        {until === null ? (
          after
        ) : (
          <>
            最晚 <Day on={until} />
            {'　'}
            <View className='case-way__left muted'>
              {left < 0 ? '过了' : left === 0 ? '今天' : `还剩 ${left} 天`}
            </View>
          </>
        )}
      </View>
    </View>
  )
}

/** 行政复议法 第20、87条, 行政诉讼法 第46条. */
function Remedies({ ways }: { ways: Ways }) {
  const { reviewAuthority, court, servedOn, reviewUntil, suitUntil } = ways
  return (
    <>
      <Way
        name='申请行政复议'
        note={`找${reviewAuthority}再审一遍，不收钱`}
        until={reviewUntil}
        after='收到文书后 60 日内'
      />
      <Way name='去法院起诉' note={court} until={suitUntil} after='收到文书后 6 个月内' />
      <View className='small muted mt-2'>
        {servedOn !== null && (
          <>
            <Day on={servedOn} short /> 送到，复议 60 日内，起诉 6 个月内，
          </>
        )}
        从第二天数起，周末也算。最后一天碰上放假往后顺延。先复议、再去法院也行。
      </View>
    </>
  )
}

function Objecting({ against: { remedy, ways } }: { against: Against }) {
  if (!remedy) return null
  return (
    <Card className='mt-3' title='不同意，可以再争'>
      {ways ? <Remedies ways={ways} /> : <View className='mt-2'>{remedy}</View>}
    </Card>
  )
}

export const whoseWords = ({ ownName, applicantMasked, filedByOther }: CaseView) =>
  `${ownName ?? applicantMasked}${filedByOther ? '，别人替你申请的' : ''}`

/** 行政许可法 第32、38条: what was decided and why, whom to ask, and where and until when one may object. */
export function AgainstHead({ view, against }: { view: CaseView; against: Against }) {
  const { documentTitle, who } = against
  const { ask } = view
  const byEach = isDecidedByEach(view.lanes)
  const { documentId } = view.outcome
  const { words, call } = callOf(view)
  return (
    <>
      <Lead
        title={
          <>
            <DueLight {...outcomeLamp(view)} />
            <View className='mt-3'>
              <Text className='case-words'>{view.plainName}，</Text>
              <Text className='case-words'>
                {view.outcome.key === 'revoked' ? `批了的${view.outcome.word}` : `这次${view.outcome.word}`}
              </Text>
            </View>
          </>
        }
        note={
          <>
            <View>{whoseWords(view)}</View>
            {against.organName}，<Day on={against.on} />
          </>
        }
      />
      {!against.deleted && (
        <Card title='为什么'>
          <View className='mt-2'>
            {byEach ? '各个部门各自没批，为什么、不同意怎么办，下面每一样都写着。' : whyNot(against)}
          </View>
        </Card>
      )}
      <CellGroup className='mt-3'>
        {documentTitle && documentId && (
          <Cell
            icon='paper'
            label={`看${documentTitle}`}
            note={
              against.deleted ? '内容已经依法删除' : byEach ? '各份决定书都列在上面' : '盖了章，理由写在上面'
            }
            onPress={() => openPage('features/case/document', { case: view.id, id: documentId })}
          />
        )}
        <Cell
          icon='phone'
          label={words}
          note={
            <>
              <View>
                {byEach ? `${who}把各份决定书合在一起给你。` : `${who}定的。`}
                {view.outcome.key === 'declined' && '该去哪里办，也问得到。'}
              </View>
              {ask?.answered && (
                <View>
                  {ask.shortName}
                  {ask.answered.hours}
                </View>
              )}
            </>
          }
          onPress={call}
        />
      </CellGroup>
      <Objecting against={against} />
    </>
  )
}
