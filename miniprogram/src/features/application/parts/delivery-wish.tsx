import { View } from '@tarojs/components'
import type { ApplicationForm } from '#shared/contract/application'
import { useDraft } from '../../../platform/use-draft'
import { RadioList } from '../../../ui/form/choice-list'
import { Card } from '../../../ui/surface/card'
import { deliveryChoicesFor } from './delivery-choices'
import { draftKeyOf } from './drafts'
import type { Who } from './who'
import { lacksAddress, type Wish, wishOf } from './wish'
import { WishedAddress } from './wished-address'

/** How the papers are wanted, as it is chosen before the application is handed in; kept with the draft. */
export function useDeliveryWish(form: ApplicationForm, who: Who) {
  const { draft, change, forget } = useDraft<Wish>(`delivery:${draftKeyOf(form.serviceItemId, who)}`, {
    method: undefined,
    address: '',
  })
  const choices = deliveryChoicesFor(form, who)
  const isOffered = choices.length > 1
  // What was chosen before and is offered no more is not sent.
  const isChosen = isOffered && choices.some(({ method }) => method === draft.method)
  return {
    draft,
    change,
    forget,
    choices: isOffered ? choices : [],
    isMissing: isChosen && lacksAddress(draft),
    sent: isChosen ? wishOf(draft) : undefined,
  }
}

type WishOfForm = ReturnType<typeof useDeliveryWish>

/** Nobody has to choose: what is not said goes as the guide has it. */
export function DeliveryWish({
  wish,
  wasTried,
  refused,
}: {
  wish: WishOfForm
  wasTried: boolean
  /** What the office says against it. */
  refused: string | undefined
}) {
  const { draft, change, choices, isMissing } = wish
  if (choices.length === 0) return null
  return (
    <Card className='mt-3' title='结果怎么收'>
      <View className='small muted mt-1'>不选，照办事指南给你；交上以后也能改。</View>
      <View className='mt-2'>
        <RadioList
          label='结果怎么收'
          options={choices.map(({ method, label }) => ({ value: method, label }))}
          value={draft.method}
          onChange={(value) => change({ ...draft, method: value as Wish['method'] })}
        />
      </View>
      {draft.method === 'post' && (
        <WishedAddress wish={draft} onChange={change} isMissing={wasTried && isMissing} />
      )}
      {refused !== undefined && <View className='strong mt-2'>{refused}</View>}
    </Card>
  )
}
