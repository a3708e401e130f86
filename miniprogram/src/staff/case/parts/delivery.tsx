import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { CARRIERS } from '#shared/domain/case/delivery/delivery-state'
import { TAKER_POWERS, takerPowers } from '#shared/domain/case/delivery/delivery-words'
import type { Reload } from '../../../features/case/parts/use-case-change'
import { today } from '../../../platform/clock'
import { useDraft } from '../../../platform/use-draft'
import { Button } from '../../../ui/form/button'
import { RadioList } from '../../../ui/form/choice-list'
import { Field } from '../../../ui/form/field'
import { DateRow } from '../../../ui/form/picker-row'
import { ReasonBox } from '../../../ui/form/reason-box'
import { TextInput } from '../../../ui/form/text-input'
import { Sheet, SheetActions, useHeard } from '../../../ui/layout/sheet'
import { Card } from '../../../ui/surface/card'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { dayWords } from '../../../ui/words/dates'
import { type DeathAct, DeathCells, DeathSheet, Died } from './death-sheet'
import {
  bodyOfDelivery,
  DELIVERY_FORMS,
  type DeliveryAct,
  type DeliveryDraft,
  type DeliveryFault,
  draftFor,
  emptyDraft,
  faultsOfDelivery,
  formOf,
  isWritten,
  type LineOf,
  type ServedPaper,
  waitsWords,
} from './delivery-forms'
import { TroubleNotice } from './trouble-notice'
import { type Act, ownAct, useAct } from './use-act'
import { namedWords } from './words'

type Delivery = NonNullable<CaseView['delivery']>

const carriers = Object.entries(CARRIERS).map(([value, label]) => ({ value, label }))
/** 民事诉讼法 第88条: a firm's by its representative, who heads it, or whoever takes in its letters. */
const takersOf = (kind: CaseView['applicantKind']) => [
  { value: 'own', label: kind === 'firm' ? '法定代表人、负责人，或者负责收件的人' : '申请人本人' },
  { value: 'other', label: '别人代收' },
]

const powersOf = (kind: CaseView['applicantKind']) =>
  takerPowers(kind).map((value) => ({ value, label: TAKER_POWERS[value].label }))

interface FieldsProps {
  readonly kind: CaseView['applicantKind']
  readonly action: DeliveryAct
  readonly draft: DeliveryDraft
  readonly onChange: (part: Partial<DeliveryDraft>) => void
  readonly faults: readonly DeliveryFault[]
  readonly isWhyAsked: boolean
  readonly isForFamily: boolean
}

/** As the contract has them. */
const MOST: { readonly [Line in LineOf]?: number } = {
  place: 100,
  family: 60,
  firstWitness: 60,
  secondWitness: 60,
}

function Line({
  id,
  label,
  hint,
  missing,
  draft,
  onChange,
  faults,
}: Omit<FieldsProps, 'action' | 'kind' | 'isWhyAsked' | 'isForFamily'> & {
  readonly id: LineOf
  readonly label: string
  readonly hint?: string | undefined
  readonly missing: string
}) {
  const isWrong = faults.includes(id)
  return (
    <Field id={id} label={label} hint={hint} error={isWrong ? missing : undefined}>
      <TextInput
        id={id}
        label={label}
        maxLength={MOST[id] ?? 40}
        value={draft[id]}
        onChange={(value) => onChange({ [id]: value })}
        isWrong={isWrong}
      />
    </Field>
  )
}

function Letter(props: FieldsProps) {
  return (
    <>
      <RadioList
        label='怎么寄的'
        options={carriers}
        value={props.draft.carrier}
        onChange={(carrier) => props.onChange({ carrier: carrier as DeliveryDraft['carrier'] })}
      />
      <Line {...props} id='number' label='单号' missing='照面单上的单号写，有一位对不上' />
    </>
  )
}

function Taker(props: FieldsProps) {
  const { isOther } = props.draft
  if (props.isForFamily)
    return <Line {...props} id='name' label='收文书的家属' hint='写家属的姓名' missing='写上家属的姓名' />
  return (
    <>
      <RadioList
        label='谁收的'
        options={takersOf(props.kind)}
        value={isOther ? 'other' : 'own'}
        onChange={(who) => props.onChange({ isOther: who === 'other' })}
      />
      {isOther && (
        <>
          <Line {...props} id='name' label='代收人姓名' missing='写上代收人的姓名' />
          <Field
            id='power'
            label='代收人是谁'
            hint='看代收人的身份证和委托书'
            error={props.faults.includes('power') ? '选一个' : undefined}
          >
            <RadioList
              label='代收人是谁'
              options={powersOf(props.kind)}
              value={props.draft.power}
              onChange={(power) => props.onChange({ power })}
            />
          </Field>
        </>
      )}
    </>
  )
}

const WITNESS = { hint: '姓名，哪个村（居）委会或者单位的', missing: '写上姓名和单位，两位不能是一个人' }

function Witnesses(props: FieldsProps) {
  return (
    <>
      <Line {...props} {...WITNESS} id='firstWitness' label='第一位见证人' />
      <Line {...props} {...WITNESS} id='secondWitness' label='第二位见证人' />
    </>
  )
}

const WHY: {
  readonly [Act in DeliveryAct]?: { readonly label: string; readonly phrases: readonly string[] }
} = {
  'record-return': { label: '为什么退回', phrases: ['地址不对', '没有人在', '本人拒收'] },
  leave: { label: '怎么拒收的', phrases: ['本人拒收', '同住的家人拒收'] },
  announce: { label: '为什么送不到', phrases: ['地址不对，找不到人', '下落不明', '几次上门没有人'] },
}

/** Of a firm nobody lives there; of who has died the family takes it. */
const whyOf = (action: DeliveryAct, { kind, isForFamily }: Pick<FieldsProps, 'kind' | 'isForFamily'>) => {
  const why = WHY[action]
  if (!why || (kind !== 'firm' && !isForFamily)) return why
  const who = isForFamily ? '家属' : '单位的人'
  const own = why.phrases.filter((each) => !each.includes('同住'))
  return { ...why, phrases: own.map((each) => each.replace('本人', who)) }
}

const OTHERWISE = ['本人来窗口要了纸质的', '本人改了主意']

function DeliveryFields(props: FieldsProps) {
  const { action, draft, onChange, faults } = props
  const { day } = DELIVERY_FORMS[action]
  const why = whyOf(action, props)
  return (
    <>
      {action === 'leave' && <Witnesses {...props} />}
      {action === 'announce' && (
        <Line {...props} id='place' label='贴在哪里' hint='单位公告栏、政府网站' missing='写上贴在哪里' />
      )}
      {action === 'announce' && props.isForFamily && (
        <Line {...props} id='family' label='写给哪位家属' hint='不知道姓名的不写' missing='写上家属的姓名' />
      )}
      {action === 'post' && <Letter {...props} />}
      {(action === 'hand-over' || (action === 'record-receipt' && props.isForFamily)) && <Taker {...props} />}
      {day !== '' && (
        <Field id='served-day' label={day} error={faults.includes('day') ? '选一天' : undefined}>
          <DateRow
            id='served-day'
            label={day}
            value={draft.day ?? ''}
            words={draft.day ? dayWords(draft.day) : undefined}
            end={today()}
            onChange={(on) => onChange({ day: on })}
            isWrong={faults.includes('day')}
          />
        </Field>
      )}
      {why && (
        <ReasonBox
          label={why.label}
          phrases={why.phrases}
          value={draft.reason}
          onChange={(reason) => onChange({ reason })}
          error={faults.includes('reason') ? `写明${why.label}` : undefined}
        />
      )}
      {props.isWhyAsked && (
        <ReasonBox
          label='为什么没照申请人选的送'
          phrases={OTHERWISE}
          value={draft.why}
          onChange={(words) => onChange({ why: words })}
          error={faults.includes('why') ? '写明为什么' : undefined}
        />
      )}
    </>
  )
}

interface Open {
  readonly paper: ServedPaper
  readonly action: DeliveryAct
}

function DeliverySheet({
  view,
  open: { paper, action },
  act,
  onClose,
}: {
  view: CaseView
  open: Open
  act: Act
  onClose: () => void
}) {
  const form = formOf(action, paper)
  const {
    draft: typed,
    change,
    forget,
  } = useDraft<DeliveryDraft>(`delivery:${view.id}:${paper.of}:${action}`, emptyDraft(action, today()))
  const draft = draftFor(typed, paper)
  const [wasTried, setTried] = useState(false)
  const heard = useHeard()
  const { choice } = view.delivery ?? { choice: null }
  const isWhyAsked = paper.asksWhy?.includes(action) ?? false
  const faults = faultsOfDelivery(action, draft, isWhyAsked)
  const isStillAllowed = view.delivery?.papers.some(
    ({ of, acts }) => of === paper.of && acts.includes(action),
  )
  const send = async () => {
    setTried(true)
    if (faults.length > 0) return
    const body = bodyOfDelivery(action, paper.of, draft, view.version, isWhyAsked)
    if (!(await act.send('delivery', body, form.done))) return
    forget()
    onClose()
  }
  return (
    <Sheet title={form.label} onClose={onClose}>
      <View className='small muted mt-1'>
        {paper.name} · {namedWords(view)}
      </View>
      <View className='mt-3'>{form.lead}</View>
      {action === 'post' && choice?.address && <View className='mt-2 strong'>寄到：{choice.address}</View>}
      <View className='mt-4'>
        <DeliveryFields
          {...{ action, draft, isWhyAsked, kind: view.applicantKind }}
          isForFamily={paper.forFamily ?? false}
          onChange={(part) => change({ ...typed, ...part })}
          faults={wasTried ? faults : []}
        />
      </View>
      <TroubleNotice trouble={ownAct(act, action).trouble} view={view} isWritten={isWritten(typed)} />
      <SheetActions>
        {isStillAllowed ? (
          <Button block loading={act.isBusy ? '正在交，别关' : undefined} onPress={heard(() => void send())}>
            {form.label}
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

const servedWords = ({ on, how, taker }: NonNullable<ServedPaper['served']>, forFamily: boolean) =>
  `${dayWords(on)} 送到，${how}${taker ? `，${forFamily ? '收的人' : '代收'}：${taker}` : ''}`

/** 已寄出：中国邮政 EMS，单号 1023456789012 */
function whereWords(paper: ServedPaper): string {
  const { posted, served, announced, forFamily } = paper
  if (served) return servedWords(served, forFamily ?? false)
  if (announced)
    return `${dayWords(announced.on)} 在${announced.place ?? ''}公告，到 ${dayWords(announced.until)} 满了算送达`
  if (!posted) return waitsWords(paper)
  const letter = `${posted.carrier}，单号 ${posted.trackingNumber ?? ''}`
  return posted.returnedOn === null
    ? `${dayWords(posted.on)} 寄出，${letter}，还没签收`
    : `${dayWords(posted.returnedOn)} 退回，不算送达：${letter}`
}

function PaperActs({ paper, onOpen }: { paper: ServedPaper; onOpen: (open: Open) => void }) {
  return (
    <>
      <View className='mt-2 strong'>{paper.name}</View>
      <View>{whereWords(paper)}</View>
      {paper.returnedBecause !== null && <View className='small muted'>{paper.returnedBecause}</View>}
      {paper.acts.length > 0 && (
        <CellGroup className='mt-2 cell-group--flush'>
          {paper.acts.map((action) => (
            <Cell
              key={action}
              label={formOf(action, paper).label}
              note={formOf(action, paper).note}
              onPress={() => onOpen({ paper, action })}
            />
          ))}
        </CellGroup>
      )}
    </>
  )
}

const isEmpty = ({ papers, choice, refusedOnPhone = [], death, deathActs = [] }: Delivery) =>
  papers.length + refusedOnPhone.length + deathActs.length === 0 && choice === null && death === undefined

/** How what was signed goes to whom it is for, and what staff write down of it. */
export function Delivery({ view, onChanged }: { view: CaseView; onChanged: Reload }) {
  const { delivery } = view
  const act = useAct(view, onChanged)
  const [open, setOpen] = useState<Open>()
  const [death, setDeath] = useState<DeathAct>()
  if (!delivery || isEmpty(delivery)) return null
  return (
    <>
      <Card title='文书送达' className='mt-3'>
        {delivery.dueOn !== null && (
          <View className='mt-2'>
            最晚 {dayWords(delivery.dueOn)} 送到{delivery.dueOn < today() && '，过了，还没送到'}
          </View>
        )}
        {delivery.choice && (
          <View className='mt-2'>
            申请人选的：{delivery.choice.label}
            {delivery.choice.address !== null && <View>{delivery.choice.address}</View>}
          </View>
        )}
        <Died death={delivery.death} />
        {(delivery.refusedOnPhone ?? []).map((words) => (
          <View key={words} className='mt-2'>
            {words}
          </View>
        ))}
        {delivery.papers.map((paper) => (
          <PaperActs
            key={paper.of}
            paper={paper}
            onOpen={(next) => {
              act.forget()
              setOpen(next)
            }}
          />
        ))}
        <DeathCells
          acts={delivery.deathActs ?? []}
          onOpen={(next) => {
            act.forget()
            setDeath(next)
          }}
        />
      </Card>
      {death && (
        <DeathSheet key={death} {...{ view, act }} action={death} onClose={() => setDeath(undefined)} />
      )}
      {open && (
        <DeliverySheet
          key={`${open.paper.of} ${open.action}`}
          {...{ view, open, act }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  )
}
