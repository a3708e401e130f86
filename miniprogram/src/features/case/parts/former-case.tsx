import type { CaseView } from '#shared/contract/case'
import { openTab } from '../../../platform/navigation'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { Button } from '../../../ui/form/button'
import { Card } from '../../../ui/surface/card'
import { Facts } from '../../../ui/surface/facts'
import { Points } from '../../../ui/surface/points'
import { caseNumberWords } from '../../../ui/words/case-number'

/** All that is left of a case to whoever handed it over, and why it is no more. */
export function FormerCase({ view }: { view: CaseView }) {
  return (
    <>
      <EmptyState title={view.nowText} note='你办过这件，转走以后不归你了。' />
      <Card className='mt-3' title='你还看得到'>
        <Facts
          facts={[
            { key: '办什么', value: view.plainName },
            { key: '编号', value: caseNumberWords(view.caseNumber) },
            { key: '到哪了', value: view.nowText },
          ]}
        />
      </Card>
      <Card className='mt-3' title='别的为什么看不到'>
        <Points
          className='mt-3'
          points={[
            '是谁申请的、填了什么、交了什么，只给申请人和现在办这件的人看。',
            '申请人来问，告诉他编号和去了哪里，请他问那里。',
          ]}
        />
        <Button kind='text' onPress={() => openTab('features/service-item/home')}>
          回首页
        </Button>
      </Card>
    </>
  )
}
