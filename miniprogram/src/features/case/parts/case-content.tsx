import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { copy } from '../../../ui/feedback/copy'
import { Paper, PaperList, type PaperState } from '../../../ui/progress/paper'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { Icon } from '../../../ui/surface/icon'
import { caseNumberWords } from '../../../ui/words/case-number'
import { AnswerFacts } from './answer-facts'

type CasePaper = CaseView['papers'][number]

const STATES = {
  generated: 'free',
  exempt: 'free',
  provided: 'given',
  'not-given': 'optional',
} as const satisfies Record<CasePaper['state'], PaperState>

const noteOf = ({ state, files, withheld }: CasePaper) => {
  if (state === 'generated') return '填的表就是'
  if (state === 'exempt') return '政府已经有了'
  const shown = files.length > 0 ? `${files.length} 张` : undefined
  return withheld === null ? shown : [shown, withheld].filter(Boolean).join('，另有')
}

/** What was asked for and given, folded: few people come for it. */
export function CaseContent({ view }: { view: CaseView }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <CellGroup className='mt-3'>
      <Cell
        label='申请内容和材料'
        arrow='none'
        value={<Icon name={isOpen ? 'up' : 'down'} size='s' className='faint' />}
        said={{ expanded: isOpen }}
        onPress={() => setOpen(!isOpen)}
      />
      {isOpen && (
        <View className='case-fold'>
          <AnswerFacts answers={view.answers} />
          <PaperList>
            {view.papers.map((paper) => (
              <Paper key={paper.name} name={paper.name} note={noteOf(paper)} state={STATES[paper.state]} />
            ))}
          </PaperList>
        </View>
      )}
      <Cell
        label='办件编号'
        note={<View className='figure'>{caseNumberWords(view.caseNumber)}</View>}
        arrow='none'
        value={<View className='accent'>复制</View>}
        said={{ label: `办件编号 ${view.caseNumber}，复制` }}
        onPress={() => void copy('办件编号', view.caseNumber)}
      />
    </CellGroup>
  )
}
