import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { today } from '../../../platform/clock'
import { useDraft } from '../../../platform/use-draft'
import { Button } from '../../../ui/form/button'
import { Field } from '../../../ui/form/field'
import { DateRow } from '../../../ui/form/picker-row'
import { ReasonBox } from '../../../ui/form/reason-box'
import { Sheet, SheetActions, useHeard } from '../../../ui/layout/sheet'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { dayWords } from '../../../ui/words/dates'
import { TroubleNotice } from './trouble-notice'
import { type Act, ownAct } from './use-act'
import { namedWords } from './words'

export type DeathAct = NonNullable<NonNullable<CaseView['delivery']>['deathActs']>[number]

interface DeathForm {
  readonly cell: { readonly label: string; readonly note: string }
  readonly lead: string
  readonly asks: string
  readonly phrases: readonly string[]
  readonly button: string
  readonly done: string
}

const DEATH_FORMS: Readonly<Record<DeathAct, DeathForm>> = {
  record: {
    cell: { label: '申请人去世了', note: '看过证明再登记，文书以后交给家属' },
    lead: '决定不变，文书以后交给家属，不再发到申请人的手机。',
    asks: '看了什么证明',
    phrases: ['死亡医学证明书', '火化证明', '户口注销证明'],
    button: '登记',
    done: '登记了，文书交给家属',
  },
  withdraw: {
    cell: { label: '去世登记错了', note: '申请人还在，改回来' },
    lead: '改回来以后，文书照原来的送给申请人。告诉过的人会收到更正。',
    asks: '怎么错的',
    phrases: ['是同名的另一个人', '证明看错了'],
    button: '改回来',
    done: '改回来了',
  },
}

export function Died({ death }: Pick<NonNullable<CaseView['delivery']>, 'death'>) {
  if (!death) return null
  return (
    <View className='mt-2'>
      <View className='strong'>申请人 {dayWords(death.on)} 去世，文书交给家属</View>
      {death.proof !== null && <View className='small muted'>{death.proof}</View>}
    </View>
  )
}

export function DeathCells({
  acts,
  onOpen,
}: {
  acts: readonly DeathAct[]
  onOpen: (action: DeathAct) => void
}) {
  if (acts.length === 0) return null
  return (
    <CellGroup className='mt-3 cell-group--flush'>
      {acts.map((action) => (
        <Cell key={action} {...DEATH_FORMS[action].cell} onPress={() => onOpen(action)} />
      ))}
    </CellGroup>
  )
}

const isShort = (words: string) => words.trim().length < 2

/** That who applied has died after the decision, or that this was recorded in error. */
export function DeathSheet({
  view,
  action,
  act,
  onClose,
}: {
  view: CaseView
  action: DeathAct
  act: Act
  onClose: () => void
}) {
  const form = DEATH_FORMS[action]
  const { draft, change, forget } = useDraft(`death:${view.id}:${action}`, { day: '', words: '' })
  const [wasTried, setTried] = useState(false)
  const heard = useHeard()
  const isRecord = action === 'record'
  const lacksDay = isRecord && draft.day === ''
  const isBeforeFiling = isRecord && draft.day !== '' && draft.day < dayIn(view.filedAt as Instant)
  const lacksWords = isShort(draft.words)
  const isStillAllowed = view.delivery?.deathActs?.includes(action) ?? false
  const send = async () => {
    setTried(true)
    if (lacksDay || lacksWords) return
    const words = draft.words.trim()
    const own = isRecord
      ? { diedOn: draft.day, proof: words, ...(isBeforeFiling ? { beforeFiling: true } : {}) }
      : { reason: words }
    if (!(await act.send('death', { action, version: view.version, ...own }, form.done))) return
    forget()
    onClose()
  }
  return (
    <Sheet title={form.cell.label} onClose={onClose}>
      <View className='small muted mt-1'>{namedWords(view)}</View>
      <View className='mt-3'>{form.lead}</View>
      <View className='mt-4'>
        {isRecord && (
          <Field id='died-on' label='哪天去世的' error={wasTried && lacksDay ? '选一天' : undefined}>
            <DateRow
              id='died-on'
              label='哪天去世的'
              value={draft.day}
              words={draft.day === '' ? undefined : dayWords(draft.day)}
              end={today()}
              onChange={(day) => change({ ...draft, day })}
              isWrong={wasTried && lacksDay}
            />
          </Field>
        )}
        {isBeforeFiling && (
          <View className='mt-2'>这一天早于申请那天：那时没有活着的人申请。再核对一遍证明，没错就登记。</View>
        )}
        <ReasonBox
          label={form.asks}
          phrases={form.phrases}
          value={draft.words}
          onChange={(words) => change({ ...draft, words })}
          error={wasTried && lacksWords ? `写明${form.asks}` : undefined}
        />
      </View>
      <TroubleNotice trouble={ownAct(act, action).trouble} view={view} isWritten={draft.words !== ''} />
      <SheetActions>
        {isStillAllowed ? (
          <Button block loading={act.isBusy ? '正在交，别关' : undefined} onPress={heard(() => void send())}>
            {form.button}
          </Button>
        ) : (
          <Button block kind='secondary' onPress={onClose}>
            现在不能这样办了，看最新的
          </Button>
        )}
      </SheetActions>
    </Sheet>
  )
}
