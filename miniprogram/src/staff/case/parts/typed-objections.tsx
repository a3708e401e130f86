import { View } from '@tarojs/components'
import { useState } from 'react'
import type { WorkObjection, WorkObjections } from '#shared/contract/notice-objection'
import { platform } from '../../../platform'
import { type Answer, call } from '../../../platform/api'
import { openPage } from '../../../platform/navigation'
import { useAction } from '../../../platform/use-action'
import { usePages } from '../../../platform/use-pages'
import { MorePages } from '../../../ui/feedback/more-pages'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import { ReasonBox } from '../../../ui/form/reason-box'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { Tag } from '../../../ui/surface/tag'
import { momentWords } from '../../../ui/words/dates'
import { TroubleNotice } from './trouble-notice'
import { useKeys } from './use-keys'

const STAGES = {
  unread: '等你看',
  'awaits-result': '等结果',
  'to-tell': '告诉提异议的人结果',
} as const satisfies Record<WorkObjection['stage'], string>

const ASIDE_PHRASES = ['说的不是这件', '没有写哪里不对', '核实过，没有这回事']

const takeUp = ({ id, caseId, stepKey, unitId, version }: WorkObjection) =>
  call<unknown>('POST', `/api/cases/${caseId}/actions`, {
    action: 'record-objection',
    stepKey,
    unitId,
    version,
    objectionId: id,
  })
const settle = ({ id }: WorkObjection, way: 'set-aside' | 'told', body: object) =>
  call<unknown>('POST', `/api/work/objections/${id}/${way}`, body)

interface OneProps {
  one: WorkObjection
  /** What was done with it, to be said where it stood. */
  onSettled: (done: string) => Promise<unknown>
}

/** What somebody makes of it: an objection, or none, in words. */
function Unread({ one, onSend, isBusy }: { one: WorkObjection; onSend: Send; isBusy: boolean }) {
  const [step, setStep] = useState<'asks' | 'takes' | 'sets-aside'>('asks')
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const close = () => setStep('asks')
  useKeys(step === 'asks' ? {} : { Escape: close })
  const loading = isBusy ? '正在交' : undefined
  const isShort = reason.trim().length < 2
  const back = (
    <Button small kind='quiet' onPress={close}>
      先不定
    </Button>
  )
  if (step === 'asks')
    return (
      <View className='row gap-2 mt-3'>
        <Button small onPress={() => setStep('takes')}>
          登记成异议
        </Button>
        <Button small kind='secondary' onPress={() => setStep('sets-aside')}>
          不算异议
        </Button>
      </View>
    )
  if (step === 'takes')
    return (
      <View className='mt-3'>
        <Notice tone='today' title='登记以后退回上一步重新核实'>
          公示撤下来，核实完重新发，日子重新算。登记了收不回来，先看看这件。
        </Notice>
        <View className='row gap-2 mt-2'>
          <Button
            small
            loading={loading}
            onPress={() => onSend(() => takeUp(one), '登记成异议了，公示撤下来，退回重新核实')}
          >
            确定登记
          </Button>
          {back}
        </View>
      </View>
    )
  return (
    <View className='mt-3'>
      <ReasonBox
        id={`aside-${one.id}`}
        label='为什么不算异议'
        phrases={ASIDE_PHRASES}
        value={reason}
        onChange={setReason}
        error={wasTried && isShort ? '写明为什么，至少 2 个字' : undefined}
      />
      <View className='row gap-2 mt-2'>
        <Button
          small
          loading={loading}
          onPress={() => {
            setTried(true)
            if (!isShort)
              onSend(() => settle(one, 'set-aside', { reason: reason.trim() }), '记下了，这件照常办')
          }}
        >
          不算，记下
        </Button>
        {back}
      </View>
    </View>
  )
}

type Send = (act: () => Promise<Answer<unknown>>, done: string) => void

function One({ one, onSettled }: OneProps) {
  const { isBusy, trouble, run } = useAction()
  const { stage, outcome, itemName, number, raisedAt, words, name, phone, caseId, reason } = one
  const onSend: Send = (act, done) => void run(act, () => onSettled(`${itemName} ${number}：${done}`))
  return (
    <Card className='mt-2'>
      <View className='row row--between gap-2'>
        <View className='strong'>{itemName}</View>
        <Tag tone={stage === 'awaits-result' ? undefined : 'must'}>{STAGES[stage]}</Tag>
      </View>
      <View className='small muted'>
        {number}，{momentWords(raisedAt)} 网上提的
      </View>
      <View className='opinion'>{words}</View>
      <View className='small mt-2'>
        {[name ?? '没留名字', phone === null ? '没留电话，没法再问，也没法告诉结果' : '']
          .filter(Boolean)
          .join('，')}
      </View>
      {stage === 'awaits-result' && (
        <View className='small muted mt-2'>已经登记。重新核实出了结果，再打电话告诉提的人。</View>
      )}
      {stage === 'to-tell' && outcome === 'aside' && (
        <View className='small muted mt-2'>
          没有算异议{reason ? `：${reason}` : ''}。把为什么告诉提的人。
        </View>
      )}
      {phone !== null && (
        <View className='mt-2'>
          <Button small kind='secondary' onPress={() => platform.makePhoneCall(phone)}>
            打 {phone}
          </Button>
        </View>
      )}
      {stage === 'unread' && <Unread {...{ one, onSend, isBusy }} />}
      {stage === 'to-tell' && (
        <View className='mt-3'>
          <Button
            small
            loading={isBusy ? '正在交' : undefined}
            onPress={() => onSend(() => settle(one, 'told', {}), '记下了：你告诉过了')}
          >
            告诉过了
          </Button>
        </View>
      )}
      <View className='mt-2'>
        <Button small kind='text' onPress={() => openPage('staff/case/case', { id: caseId })}>
          看这件
        </Button>
      </View>
      <TroubleNotice trouble={trouble} isWritten={false} />
    </Card>
  )
}

/** So many stand open at first, and so many more each time: what is typed against one notice pushes nobody's work away. */
const FIRST = 3
const MORE = 10

/** Page after page; what was settled between two of them stands on both. */
const eachOnce = (items: readonly WorkObjection[]) => [...new Map(items.map((one) => [one.id, one])).values()]

/** A row of the queue that opens in its place: what was typed against notices, until it is settled and who left a telephone is told. */
export function TypedObjections({ onSettled }: { onSettled: () => unknown }) {
  // Names and telephones of those who objected stay on no phone.
  const { loaded, reload, more, hasMore, isBusy, trouble } = usePages<WorkObjections>('/api/work/objections')
  const [isOpen, setOpen] = useState(false)
  const [said, setSaid] = useState<string>()
  const [upTo, setUpTo] = useState(FIRST)
  const told = said !== undefined && (
    <Notice icon='done' title='办好了' className='mb-3'>
      {said}
    </Notice>
  )
  if (loaded.state !== 'ready' || loaded.value.items.length === 0) return told || null
  const settled = async (done: string) => {
    setSaid(done)
    onSettled()
    await reload()
  }
  const items = eachOnce(loaded.value.items)
  const unread = items.filter(({ stage }) => stage === 'unread').length
  const shown = items.slice(0, upTo)
  const readOn = () => {
    setUpTo(upTo + MORE)
    return upTo + MORE > items.length ? more() : undefined
  }
  return (
    <View className='mb-3'>
      {told}
      <CellGroup>
        <Cell
          icon='info'
          label='网上提的异议'
          note={
            unread > 0
              ? `${unread} 条${hasMore && unread === items.length ? '以上' : ''}等你看`
              : '看过了，还有人等着听结果'
          }
          value={hasMore ? `${items.length} 条以上` : `${items.length} 条`}
          arrow={isOpen ? 'up' : 'down'}
          said={{ expanded: isOpen }}
          onPress={() => setOpen(!isOpen)}
        />
      </CellGroup>
      {isOpen && shown.map((one) => <One key={one.id} one={one} onSettled={settled} />)}
      {isOpen && (
        <MorePages
          words={`再看 ${MORE} 条`}
          hasMore={hasMore || items.length > shown.length}
          count={shown.length}
          {...{ isBusy, trouble }}
          more={readOn}
        />
      )}
    </View>
  )
}
