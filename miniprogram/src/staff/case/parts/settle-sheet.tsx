import { View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { isOtherwiseThanChosen } from '#shared/domain/case/delivery/delivery-words'
import { DELIVERY_METHODS, type DeliveryMethod } from '#shared/domain/service-item/delivery-methods'
import { aria } from '../../../platform/aria'
import { Button } from '../../../ui/form/button'
import { isReasoned, ReasonBox } from '../../../ui/form/reason-box'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'
import { formOf } from './action-forms'
import { HeldBack } from './held-back'
import { notEnough } from './judged'
import { Looked, useUnseen } from './looked'
import { turnKeys } from './paper-tabs'
import { SettlePapers, useSettlePapers } from './settle-papers'
import { InWhoseName } from './share-choice'
import { TroubleNotice } from './trouble-notice'
import type { Act } from './use-act'
import { useKeyboardThere } from './use-desk'
import { Warned } from './warned'
import { namedWords } from './words'

type Staff = NonNullable<CaseView['staff']>
/** Null where nothing is handed over yet. */
type HandedOver = DeliveryMethod | null

/** What is offered in turn: what the server would do, then the guide's other ways. */
function otherThan(method: HandedOver, { handsOverBy, deliveryMethods }: Staff): HandedOver {
  const all = [handsOverBy, ...deliveryMethods.filter((each) => each !== handsOverBy)]
  return all[(all.indexOf(method) + 1) % all.length] ?? null
}

const changeWords = (method: HandedOver) =>
  method === null ? '改成以后再送达' : `改成${DELIVERY_METHODS[method]}`

interface Done {
  readonly does: string
  readonly follows: string
}

const doneBy = (title: string, method: HandedOver): readonly Done[] => [
  { does: '受理', follows: '从今天起，出受理通知书' },
  { does: '准予', follows: `出${title}，占一个文号` },
  { does: '办结', follows: '时限到这里停' },
  ...(method === null ? [] : [{ does: '送达', follows: `${DELIVERY_METHODS[method]}，出送达回证` }]),
]

interface ActsProps {
  acts: readonly Done[]
  method: HandedOver
  other: HandedOver
  why: ReactNode
  onMethod: (method: HandedOver) => void
}

/** What the one signature does, and how what comes of it is handed over. */
function Acts({ acts, method, other, why, onMethod }: ActsProps) {
  return (
    <>
      <View className='mt-2'>{acts.map(({ does }) => does).join('、')}，一次做完，一个签名。</View>
      <View className='mt-2' {...aria({ role: 'list' })}>
        {acts.map(({ does, follows }, at) => (
          <View key={does} className='settle__act' {...aria({ role: 'listitem' })}>
            <View className='settle__number' aria-hidden='true'>
              {at + 1}
            </View>
            <View className='settle__does'>
              <View className='strong'>{does}</View>
              <View className='small muted'>{follows}</View>
            </View>
          </View>
        ))}
      </View>
      {method === null && <View className='small mt-2'>还没送到人手里。来拿的那天，再记送达。</View>}
      {other !== method && (
        <Button kind='quiet' small className='mt-2' onPress={() => onMethod(other)}>
          {changeWords(other)}
        </Button>
      )}
      {why}
    </>
  )
}

/** Whoever hands it over another way than the applicant asked for says why. */
function useWhy({ delivery }: CaseView, method: HandedOver) {
  const [words, setWords] = useState('')
  const [wasTried, setTried] = useState(false)
  const isAsked = isOtherwiseThanChosen(delivery?.choice?.method, method)
  const isShort = isAsked && !isReasoned(words)
  return {
    handed: method === null ? {} : { method, ...(isAsked ? { reason: words.trim() } : {}) },
    isWritten: words !== '',
    isWanting: () => {
      setTried(true)
      return isShort
    },
    box: isAsked && (
      <ReasonBox
        label='为什么没照申请人选的送'
        phrases={['本人来窗口要了纸质的', '本人改了主意']}
        value={words}
        onChange={setWords}
        error={wasTried && isShort ? '写明为什么' : undefined}
      />
    ),
  }
}

interface SettleSheetProps {
  view: CaseView
  allowed: AllowedAction
  act: Act
  onClose: () => void
}

/** 当场办结: three acts or four, one signature; what goes out in the organ's name stands on the sheet. */
export function SettleSheet({ view, allowed, act, onClose }: SettleSheetProps) {
  const [method, setMethod] = useState<HandedOver>(() => view.staff?.handsOverBy ?? null)
  const why = useWhy(view, method)
  const unseen = useUnseen(view)
  const short = notEnough(view)
  const papers = useSettlePapers(view, method)
  const isBeside = useKeyboardThere()
  if (!view.staff) return null
  const { done } = formOf('settle')
  const draft = view.staff.decisionDrafts.find(({ action }) => action === 'settle')
  const acts = doneBy(draft?.title ?? '决定书', method)
  const other = otherThan(method, view.staff)
  const isStillAllowed = view.staff.allowed.some(({ action }) => action === 'settle')
  const shown = draft && <SettlePapers view={view} draft={draft} shown={papers} isFolded={!isBeside} />
  const sign = async () => {
    if (why.isWanting()) return
    const { action, stepKey, unitId } = allowed
    const body = { action, stepKey, unitId, version: view.version, ...why.handed }
    if (await act.send('actions', body, done)) onClose()
  }
  return (
    <View className='settling'>
      <Sheet title='当场办结' onClose={onClose} keys={turnKeys(papers.tabs)}>
        <View className='settle'>
          <View className='settle__acts'>
            <View className='small muted'>
              {view.plainName} · {namedWords(view)}
            </View>
            <InWhoseName view={view} allowed={allowed} />
            {isStillAllowed && <Acts {...{ acts, method, other }} why={why.box} onMethod={setMethod} />}
            {!isBeside && shown}
            {isStillAllowed && (
              <View className='small muted mt-3'>申请人只收到一条提醒。预览遮住姓名，签发件写全。</View>
            )}
            <SheetActions>
              {isStillAllowed && (
                <View className='small strong'>
                  签这一次，{method === null ? '三' : '四'}件事都算你签的，签了收不回来。
                </View>
              )}
              {isStillAllowed && <Looked view={view} isDemanded />}
              {isStillAllowed && <HeldBack labels={short} />}
              {isStillAllowed && <Warned allowed={allowed} />}
              <TroubleNotice trouble={act.trouble} view={view} isSigned isWritten={why.isWritten} />
              {isStillAllowed ? (
                <Button
                  block
                  disabled={unseen.length + short.length > 0}
                  loading={act.isBusy ? '正在签，别关' : undefined}
                  onPress={() => void sign()}
                >
                  签名，当场办结
                </Button>
              ) : (
                <Button block kind='secondary' onPress={onClose}>
                  现在不能这样办了，看最新的
                </Button>
              )}
            </SheetActions>
          </View>
          {isBeside && <View className='settle__papers'>{shown}</View>}
        </View>
      </Sheet>
    </View>
  )
}
