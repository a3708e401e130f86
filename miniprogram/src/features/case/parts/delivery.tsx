import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { today } from '../../../platform/clock'
import { useDraft } from '../../../platform/use-draft'
import { Button } from '../../../ui/form/button'
import { RadioList } from '../../../ui/form/choice-list'
import { Card } from '../../../ui/surface/card'
import { Day } from '../../../ui/surface/day'
import { lacksAddress, type Wish, wishOf } from '../../application/parts/wish'
import { WishedAddress } from '../../application/parts/wished-address'
import { ChangeTroubleView } from './change-trouble'
import { type Reload, useCaseChange } from './use-case-change'

type Delivery = NonNullable<CaseView['delivery']>
type Paper = Delivery['papers'][number]

/** How one wants the papers, until one is on its way: to be served on the phone is one's own word. */
function Choosing({ view, delivery, onChanged }: { view: CaseView; delivery: Delivery; onChanged: Reload }) {
  const { choice, choices } = delivery
  const { draft, change, forget } = useDraft<Wish>(`delivery:${view.id}`, {
    method: choice?.method,
    address: choice?.address ?? '',
  })
  const [isOpen, setOpen] = useState(false)
  const [wasTried, setTried] = useState(false)
  const { method, address } = draft
  const isMissing = lacksAddress(draft)
  const sent = useCaseChange(
    view,
    {
      door: 'delivery-choice',
      done: '记下了',
      isPossible: (fresh) => (fresh.delivery?.choices.length ?? 0) > 0,
      isDone: ({ delivery: fresh }) =>
        fresh?.choice?.method === method && (method !== 'post' || fresh?.choice?.address === address.trim()),
      onDone: () => {
        forget()
        setOpen(false)
        setTried(false)
      },
    },
    onChanged,
  )
  const send = () => {
    setTried(true)
    const wanted = wishOf(draft)
    if (wanted === undefined || isMissing) return
    void sent.start(wanted)
  }
  if (!isOpen)
    return (
      <View className='mt-3'>
        <Button block kind='secondary' onPress={() => setOpen(true)}>
          {choice === null ? '选怎么收' : '改怎么收'}
        </Button>
      </View>
    )
  return (
    <View className='mt-3'>
      <RadioList
        label='怎么收文书'
        options={choices.map(({ method: value, label }) => ({ value, label }))}
        value={method}
        onChange={(value) => change({ ...draft, method: value as Wish['method'] })}
      />
      {method === 'post' && (
        <WishedAddress wish={draft} onChange={change} isMissing={wasTried && isMissing} />
      )}
      {wasTried && method === undefined && <View className='strong mt-2'>选一样</View>}
      <ChangeTroubleView change={sent} title='没记下' instead='打电话，或者到窗口说。' />
      <View className='mt-3'>
        <Button block loading={sent.isBusy ? '正在交，别关' : undefined} onPress={send}>
          就这样收
        </Button>
      </View>
    </View>
  )
}

function Letter({ posted, returnedBecause }: Pick<Paper, 'posted' | 'returnedBecause'>) {
  if (!posted) return null
  const { carrier, trackingNumber, on, returnedOn } = posted
  if (returnedOn !== null)
    return (
      <View className='mt-1'>
        <Day on={returnedOn} /> 退回来了，不算送到。{returnedBecause}
      </View>
    )
  return (
    <>
      <View className='mt-1'>
        <Day on={on} /> 寄出，{carrier}，签收那天算送到
      </View>
      {trackingNumber !== null && (
        <View className='mt-2'>
          <View className='small muted'>单号，按住能复制</View>
          <Text className='strong' userSelect>
            {trackingNumber}
          </Text>
        </View>
      )}
    </>
  )
}

const isTold = ({ posted, served, awaited }: Paper) => posted !== null || served !== null || awaited

function PaperWhere({ paper }: { paper: Paper }) {
  const { of, name, served, posted, awaited, announced, forFamily } = paper
  return (
    <View className='mt-3'>
      <View className='strong'>{name}</View>
      {served ? (
        <View className='mt-1'>
          <Day on={served.on} /> 送到了，{served.how}
          {served.taker !== null && (
            <View className='small muted'>{`${paper.forFamily ? '收的人' : '代收'}：${served.taker}`}</View>
          )}
        </View>
      ) : announced ? (
        <View className='mt-1'>
          没送到{forFamily ? '家里人' : '你'}手里，公告了。到 <Day on={announced.until} />{' '}
          满了就算送到，来窗口能拿
        </View>
      ) : (
        <Letter {...paper} />
      )}
      {!served && !posted && !announced && awaited && (
        <View className='mt-1'>
          还没送到，会{forFamily ? '交给家里人' : '当面给你，或者寄给你'}。
          {of !== 'revocation-withdrawn' &&
            `${of === 'revocation-notice' ? '说意见' : '不服'}的日子从送到那天算`}
        </View>
      )}
    </View>
  )
}

const isOverdue = (dueOn: string) => dueOn < today()

const isWaiting = ({ papers }: Delivery) => papers.some(({ awaited }) => awaited)

/** Where there is one way alone, only what is against them leaves a choice: whether it is served by it. */
const isWorthAsking = ({ decision }: CaseView, delivery: Delivery) =>
  delivery.choices.length > 1 || decision?.kind === 'refused' || isWaiting(delivery)

/** Where one's papers are, by when the result comes, and how one wants them. */
export function Delivery({ view, onChanged }: { view: CaseView; onChanged: Reload }) {
  const { delivery } = view
  if (!delivery) return null
  const { dueOn, choice, choices, papers, refusedOnPhone = [] } = delivery
  const told = papers.filter(isTold)
  const mayChoose = choices.length > 0 && (isWorthAsking(view, delivery) || choice !== null)
  if (dueOn === null && choice === null && !mayChoose && told.length + refusedOnPhone.length === 0)
    return null
  return (
    <Card
      className='mt-3'
      title={papers.some(({ forFamily }) => forFamily) ? '文书怎么送到' : '文书怎么到你手里'}
    >
      {dueOn !== null && (
        <View className='mt-2'>
          最晚 <Day on={dueOn} /> 送到{isOverdue(dueOn) && '，过了，还没送到'}
        </View>
      )}
      {choice ? (
        <View className='mt-2'>
          你选的：{choice.label}
          {choice.address !== null && <View>{choice.address}</View>}
        </View>
      ) : (
        mayChoose &&
        !isWaiting(delivery) && (
          <View className='mt-2'>
            不选，照办事指南给你。不批的决定，选了手机上收的发到手机，别的当面给你。
          </View>
        )
      )}
      {refusedOnPhone.map((words) => (
        <View key={words} className='mt-2'>
          {words}
        </View>
      ))}
      {told.map((paper) => (
        <PaperWhere key={paper.of} paper={paper} />
      ))}
      {mayChoose && <Choosing key={view.id} {...{ view, delivery, onChanged }} />}
    </Card>
  )
}
