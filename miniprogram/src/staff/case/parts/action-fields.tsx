import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { SPECIAL_PROCEDURES, type SpecialProcedure } from '#shared/domain/case/step/special-procedures'
import { addDays } from '#shared/domain/kernel/plain-date'
import { DELIVERY_METHODS, type DeliveryMethod } from '#shared/domain/service-item/delivery-methods'
import { today } from '../../../platform/clock'
import { Notice } from '../../../ui/feedback/notice'
import { CheckList, RadioList } from '../../../ui/form/choice-list'
import { Field } from '../../../ui/form/field'
import { DateRow, SelectRow } from '../../../ui/form/picker-row'
import { TextInput } from '../../../ui/form/text-input'
import { dayWords } from '../../../ui/words/dates'
import { type ActionDraft, approvalsToAnswer, approvalsToAsk, type Fault, type formOf } from './action-forms'

type Choice = NonNullable<NonNullable<CaseView['delivery']>['choice']>

interface AskedProps {
  staff: NonNullable<CaseView['staff']>
  /** How the applicant wants it. */
  choice: Choice | null
  allowed: AllowedAction
  draft: ActionDraft
  onChange: (change: Partial<ActionDraft>) => void
  error: string | undefined
}

const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

function ReturnTarget({ staff, draft, onChange, error }: AskedProps) {
  return (
    <Field id='target' label='退回到哪一步' error={error}>
      <View className='mt-2'>
        <RadioList
          label='退回到哪一步'
          options={staff.returnTargets.map(({ stepKey, name }) => ({ value: stepKey, label: name }))}
          value={draft.toStepKey}
          onChange={(toStepKey) => onChange({ toStepKey })}
        />
      </View>
    </Field>
  )
}

function TransferTarget({ staff, draft, onChange, error }: AskedProps) {
  return (
    <Field id='target' label='转给哪里' error={error}>
      <SelectRow
        id='target'
        label='转给哪里'
        options={staff.transferTargets.map(({ unitId, name }) => ({ value: unitId, label: name }))}
        value={draft.toUnitId}
        onChange={(toUnitId) => onChange({ toUnitId })}
        isWrong={error !== undefined}
      />
    </Field>
  )
}

function DraftUnit({ staff, draft, onChange, error }: AskedProps) {
  const units = (staff.departmentDrafts?.units ?? []).filter(({ returnable }) => returnable)
  return (
    <Field id='draft-unit' label='退给哪一家' error={error}>
      <View className='mt-2'>
        <RadioList
          label='退给哪一家'
          options={units.map(({ unitId, unitName, items }) => ({
            value: unitId,
            label: unitName,
            note: `要补：${items.map(({ label }) => label).join('、')}`,
          }))}
          value={draft.toUnitId}
          onChange={(toUnitId) => onChange({ toUnitId })}
        />
      </View>
    </Field>
  )
}

function Colleague({ staff, draft, onChange, error }: AskedProps) {
  return (
    <Field id='colleague' label='谁来办' error={error}>
      <View className='mt-2'>
        <RadioList
          label='谁来办'
          options={staff.assignees.map(({ staffId, name }) => ({ value: staffId, label: name }))}
          value={draft.staffId}
          onChange={(staffId) => onChange({ staffId })}
        />
      </View>
    </Field>
  )
}

function Recheck({ draft, onChange, error }: AskedProps) {
  return (
    <Field id='recheck' label='哪天复查' error={error}>
      <DateRow
        id='recheck'
        label='哪天复查'
        value={draft.recheckOn}
        words={draft.recheckOn ? dayWords(draft.recheckOn) : undefined}
        start={addDays(today(), 1)}
        onChange={(recheckOn) => onChange({ recheckOn })}
        isWrong={error !== undefined}
      />
    </Field>
  )
}

function NewDay({ staff, draft, onChange, error }: AskedProps) {
  const days = staff.newDays ?? []
  return (
    <Field
      id='new-day'
      label='哪天能办好'
      hint={days.length > 0 ? '只列上班的日子' : '没有能选的日子：放假安排还没公布'}
      error={error}
    >
      <SelectRow
        id='new-day'
        label='哪天能办好'
        options={days.map((day) => ({ value: day, label: dayWords(day) }))}
        value={draft.newDueOn}
        onChange={(newDueOn) => onChange({ newDueOn })}
        isWrong={error !== undefined}
      />
    </Field>
  )
}

function Procedure({ allowed, draft, onChange, error }: AskedProps) {
  const days = Number(draft.expectedDays)
  const passed = (allowed.longStops ?? []).filter(({ fromDays }) => days >= fromDays)
  const long = passed[passed.length - 1]
  return (
    <>
      <Field id='procedure' label='因为什么暂停' hint='等这些的日子，依法不算在时限里' error={error}>
        <SelectRow
          id='procedure'
          label='因为什么暂停'
          options={optionsOf(SPECIAL_PROCEDURES)}
          value={draft.basis}
          onChange={(basis) => onChange({ basis: basis as SpecialProcedure })}
          isWrong={error !== undefined && !draft.basis}
        />
      </Field>
      <Field id='days' label='预计要几天' hint='周末和放假的日子也算'>
        <TextInput
          id='days'
          label='预计要几天'
          type='number'
          maxLength={3}
          unit='天'
          value={draft.expectedDays}
          onChange={(expectedDays) => onChange({ expectedDays })}
          isWrong={error !== undefined && draft.basis !== undefined}
        />
      </Field>
      {long && (
        <Notice tone='soon' title='先看一下' className='mt-2'>
          {long.words}
        </Notice>
      )}
    </>
  )
}

function RaisedOn({ draft, onChange, error }: AskedProps) {
  return (
    <Field id='raised' label='哪天提的' hint='信是哪天到的，就写哪天；要在公示期里' error={error}>
      <DateRow
        id='raised'
        label='哪天提的'
        value={draft.raisedOn}
        words={draft.raisedOn ? dayWords(draft.raisedOn) : undefined}
        end={today()}
        onChange={(raisedOn) => onChange({ raisedOn })}
        isWrong={error !== undefined}
      />
    </Field>
  )
}

function PaidOn({ draft, onChange, error }: AskedProps) {
  return (
    <Field id='paid' label='哪天到账' error={error}>
      <DateRow
        id='paid'
        label='哪天到账'
        value={draft.paidOn}
        words={draft.paidOn ? dayWords(draft.paidOn) : undefined}
        end={today()}
        onChange={(paidOn) => onChange({ paidOn })}
        isWrong={error !== undefined}
      />
    </Field>
  )
}

/** What they have chosen stands first; what is sent has a door of its own. */
function chosenWords(choice: Choice | null) {
  if (choice === null) return undefined
  const sent = choice.method === 'post' ? '。寄的在“登记寄出”里记，不在这里' : ''
  return `申请人选的：${choice.label}${sent}`
}

function Method({ staff, choice, draft, onChange, error }: AskedProps) {
  return (
    <Field id='method' label='怎么送到的' hint={chosenWords(choice)} error={error}>
      <View className='mt-2'>
        <RadioList
          label='怎么送到的'
          options={optionsOf(DELIVERY_METHODS).filter(({ value }) =>
            staff.deliveryMethods.some((method) => method === value),
          )}
          value={draft.method}
          onChange={(method) => onChange({ method: method as DeliveryMethod })}
        />
      </View>
    </Field>
  )
}

function ApprovalToAsk({ staff, allowed, draft, onChange, error }: AskedProps) {
  const choices = approvalsToAsk(staff, allowed)
  return (
    <Field id='approval' label='请示批什么' error={error}>
      <View className='mt-2'>
        <RadioList
          label='请示批什么'
          options={choices.map((each) => ({
            value: each.for,
            label: each.label,
            note: `由 ${each.askedOf} 批`,
          }))}
          value={draft.for}
          onChange={(kind) => onChange({ for: choices.find((each) => each.for === kind)?.for })}
        />
      </View>
    </Field>
  )
}

function ApprovalToAnswer({ staff, allowed, draft, onChange, error }: AskedProps) {
  const asked = approvalsToAnswer(staff, allowed)
  return (
    <Field id='approval' label='不同意哪一样' error={error}>
      <View className='mt-2'>
        <RadioList
          label='不同意哪一样'
          options={asked.map((each) => ({
            value: each.for,
            label: each.label,
            note: `${each.askedBy} ${dayWords(each.askedOn)}：${each.reason}`,
          }))}
          value={draft.for}
          onChange={(kind) => onChange({ for: asked.find((each) => each.for === kind)?.for })}
        />
      </View>
    </Field>
  )
}

const CERTAIN = { value: 'certain', label: '看过死亡证明，或者和家里人、派出所核实过' }

function Certainty({ draft, onChange, error }: AskedProps) {
  return (
    <Field id='certainty' label='怎么知道的' error={error}>
      <View className='mt-2'>
        <CheckList
          label='怎么知道的'
          options={[CERTAIN]}
          values={draft.isCertain ? [CERTAIN.value] : []}
          onChange={(values) => onChange({ isCertain: values.length > 0 })}
        />
      </View>
    </Field>
  )
}

const ASKED = {
  certainty: Certainty,
  'return-target': ReturnTarget,
  'transfer-target': TransferTarget,
  'draft-unit': DraftUnit,
  colleague: Colleague,
  recheck: Recheck,
  'new-day': NewDay,
  procedure: Procedure,
  'raised-on': RaisedOn,
  'paid-on': PaidOn,
  method: Method,
  approval: ApprovalToAsk,
  'answered-approval': ApprovalToAnswer,
} as const

interface ActionFieldsProps extends Omit<AskedProps, 'error'> {
  form: ReturnType<typeof formOf>
  faults: readonly Fault[]
}

/** Just what this action asks. */
export function ActionFields({ form, faults, ...asked }: ActionFieldsProps) {
  if (!form.ask) return null
  const Asked = ASKED[form.ask]
  return <Asked {...asked} error={faults.find(({ field }) => field === form.ask)?.words} />
}
