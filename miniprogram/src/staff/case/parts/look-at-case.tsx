import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseLook } from '#shared/contract/work'
import { call, type Trouble } from '../../../platform/api'
import { useAction } from '../../../platform/use-action'
import { useDraft } from '../../../platform/use-draft'
import { Skeleton } from '../../../ui/feedback/skeleton'
import { TroubleView } from '../../../ui/feedback/trouble'
import { Button } from '../../../ui/form/button'
import { ReasonBox } from '../../../ui/form/reason-box'
import { Card } from '../../../ui/surface/card'
import { LoadFault } from './load-fault'
import { TroubleNotice } from './trouble-notice'
import { useRole } from './use-roles'

const PHRASES = ['群众投诉', '超期督办', '抽查']

interface LookAtCaseProps {
  caseId: string
  trouble: Trouble
  onLooking: () => Promise<unknown>
}

/** A supervisor holds no step: what they look at, they say why, and they see it for this day. */
export function LookAtCase({ caseId, trouble, onLooking }: LookAtCaseProps) {
  // What is kept under a case that nobody may see leaves the phone.
  const { draft, change, forget } = useDraft('look', { caseId, reason: '' })
  const reason = draft.caseId === caseId ? draft.reason : ''
  const [wasTried, setTried] = useState(false)
  const action = useAction()
  const role = useRole(['supervisor'])
  // As long as nobody knows who reads it, the case is not said to be none.
  if (!role.holds && role.isAsking) return <Skeleton label='正在看你的岗位' cards={1} rows={2} />
  if (!role.holds && role.trouble)
    return <TroubleView trouble={role.trouble} onRetry={() => void role.ask()} />
  if (!role.holds) return <LoadFault trouble={trouble} onRetry={() => void onLooking()} />
  const isMissing = reason.trim().length < 2
  const look = () => {
    setTried(true)
    if (isMissing) return
    const path = `/api/work/cases/${encodeURIComponent(caseId)}/looks`
    void action.run(
      () => call<CaseLook>('POST', path, { reason: reason.trim() }),
      () => {
        forget()
        return onLooking()
      },
    )
  }
  return (
    <Card title='写明理由再看'>
      <View className='mt-1'>这件不在你手上。写明为什么看，今天能看，记你的名字和理由。</View>
      <View className='mt-4'>
        <ReasonBox
          label='为什么看'
          phrases={PHRASES}
          value={reason}
          onChange={(words) => change({ caseId, reason: words })}
          error={wasTried && isMissing ? '写明为什么看，至少 2 个字' : undefined}
        />
      </View>
      <TroubleNotice trouble={action.trouble} />
      <View className='mt-4'>
        <Button block loading={action.isBusy ? '正在开' : undefined} onPress={look}>
          看这一件
        </Button>
      </View>
    </Card>
  )
}
