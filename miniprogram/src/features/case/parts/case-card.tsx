import { View } from '@tarojs/components'
import type { CaseSummary } from '#shared/contract/case'
import { openPage } from '../../../platform/navigation'
import { Button } from '../../../ui/form/button'
import { DueLight } from '../../../ui/progress/due-light'
import { Card } from '../../../ui/surface/card'
import { momentWords } from '../../../ui/words/dates'
import { DueWords } from '../../time-limit/parts/due-words'
import { caseLight, hasResult, isOver } from './case-light'

const BUTTONS = { correction: '现在补', rating: '看结果', none: undefined } as const

function open(summary: CaseSummary) {
  const { id } = summary
  if (summary.waitsForMe === 'correction') return openPage('features/case/correction', { id })
  return openPage(hasResult(summary) ? 'features/case/result' : 'features/case/timeline', { id })
}

function Line({ summary }: { summary: CaseSummary }) {
  if (summary.waitsForMe === 'correction') return <>补好了，就接着办</>
  if (isOver(summary)) return <>{momentWords(summary.filedAt)} 申请的</>
  return (
    <>
      <View>{summary.statusText}</View>
      <View>
        <DueWords dueOn={summary.dueOn} dueBecause={summary.dueBecause} />
      </View>
    </>
  )
}

/** One case in the list; the first that waits has the filled button. */
export function CaseCard({ summary, isFirst }: { summary: CaseSummary; isFirst: boolean }) {
  const { plainName, waitsForMe, applicantMasked, filedByOther } = summary
  const words = BUTTONS[waitsForMe]
  const light = caseLight(summary)
  return (
    <Card
      className={isFirst ? '' : 'mt-3'}
      label={`${plainName}，${light.words}`}
      hasButton={words !== undefined}
      onPress={() => open(summary)}
    >
      <View className='row row--between gap-2'>
        <DueLight {...light} />
        {filedByOther && <View className='small muted'>别人替你办的</View>}
      </View>
      <View className='title mt-3'>{plainName}</View>
      <View className='small muted mt-1'>
        <View>{applicantMasked}</View>
        <Line summary={summary} />
      </View>
      {words !== undefined && (
        <View className='mt-4'>
          <Button
            kind={isFirst && waitsForMe === 'correction' ? 'primary' : 'quiet'}
            small={waitsForMe !== 'correction'}
            block
            onPress={() => open(summary)}
          >
            {words}
          </Button>
        </View>
      )}
    </Card>
  )
}
