import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { caseNumberWords } from '../../../ui/words/case-number'

/** Staff bring it for whoever stands before them: for whom, so that it does not come to another's case. */
export const ForWhom = ({ view }: { view: CaseView }) =>
  view.viewer === 'staff' ? (
    <View className='small muted mb-3'>
      替{view.applicantMasked}交，编号 {caseNumberWords(view.caseNumber)}
    </View>
  ) : null
