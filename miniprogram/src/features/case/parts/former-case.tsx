import type { CaseView } from '#shared/contract/case'
import { replacePage } from '../../../platform/navigation'
import { Lead } from '../../../ui/layout/page'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { Facts } from '../../../ui/surface/facts'
import { Points } from '../../../ui/surface/points'
import { caseNumberWords } from '../../../ui/words/case-number'

/** All that is left of a case to whoever worked on it before it was handed over, and why it is no more. */
export function FormerCase({ view }: { view: CaseView }) {
  return (
    <>
      <Lead title={view.nowText} note='你办过这件，转走以后不归你了。' />
      <Card title='你还看得到'>
        <Facts
          facts={[
            { key: '办什么', value: view.plainName },
            { key: '编号', value: caseNumberWords(view.caseNumber) },
          ]}
        />
      </Card>
      <Card className='mt-3' title='别的为什么看不到'>
        <Points
          className='mt-3'
          points={[
            '是谁申请的、填了什么、交了什么，只给申请人和现在办这件的人看。',
            '申请人来问，告诉编号和去了哪里，请申请人问那里。',
          ]}
        />
      </Card>
      <CellGroup className='mt-3'>
        <Cell icon='work' label='回到办件' onPress={() => replacePage('staff/case/queue')} />
      </CellGroup>
    </>
  )
}
