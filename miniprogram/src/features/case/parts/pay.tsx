import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { Card } from '../../../ui/surface/card'
import { Cell } from '../../../ui/surface/cell'
import { Facts } from '../../../ui/surface/facts'
import { shortDayWords } from '../../../ui/words/dates'
import { callOf } from '../../service-item/parts/whom-to-call'

/** Of what is neither paid nor told when it is, the way it comes stands above. */
const whenWords = ({ paidOn, announced }: NonNullable<CaseView['pay']>) => {
  if (paidOn !== null) return `${shortDayWords(paidOn)} 打的款`
  return announced ? '还没打，打了当天告诉你' : null
}

/** How much, from when, to which card; the card by its last digits. */
export function Pay({ view }: { view: CaseView }) {
  const { pay } = view
  if (!pay) return null
  const when = whenWords(pay)
  return (
    <Card className='mb-3' title='钱'>
      <View className='mt-2'>
        <Facts
          facts={[
            { key: '给多少', value: pay.amount },
            ...(pay.from === null ? [] : [{ key: '从哪个月', value: `${pay.from}起` }]),
            ...(when === null ? [] : [{ key: '什么时候', value: when }]),
            ...(pay.card === null ? [] : [{ key: '打到', value: `尾号 ${pay.card} 的卡` }]),
          ]}
        />
      </View>
    </Card>
  )
}

const paperWords = ({ post, pickupAt }: { post: boolean; pickupAt: string | null }) => {
  const pickup = pickupAt === null ? '' : `到${pickupAt}拿`
  if (!post) return pickup
  return `打电话说寄到哪里${pickup === '' ? '' : `，或者${pickup}`}`
}

/**
 * Posting is nothing that the phone can ask for yet: it comes by a call. It is fetched where it was decided, which may be
 * another office than the one that is called: whether that is open, the foot of the page says.
 */
export function OnPaper({ view, decision }: { view: CaseView; decision: NonNullable<CaseView['decision']> }) {
  const { onPaper } = decision
  if (!onPaper) return null
  const { call } = callOf(view)
  return (
    <Cell
      icon='paper'
      label='要一份纸的'
      note={paperWords(onPaper)}
      {...(onPaper.post ? { onPress: call } : {})}
    />
  )
}
