import { View } from '@tarojs/components'
import type { ComponentType } from 'react'
import type { AnswerByKind } from '#shared/domain/application/answers'
import { describeAnswer } from '#shared/domain/application/describe-answer'
import { FROM_NUMBER, valueFromNumber } from '#shared/domain/application/from-number'
import type { FieldKind, Field as FormField } from '#shared/domain/service-item/item'
import { Button } from '../../../ui/form/button'
import { Field } from '../../../ui/form/field'
import { idOfPath } from './faults'
import { type AnswerFieldProps, labelsOf, useForm } from './form-context'
import { OneOf, Policy, Scopes, Select, SomeOf, Tick } from './inputs/choice-inputs'
import { HalfDay, OneDay, TwoDays } from './inputs/day-inputs'
import type { InputProps } from './inputs/input-props'
import { Address, Corners, Region, Village } from './inputs/place-inputs'
import { Table } from './inputs/table-input'
import { Amount, Digits, LongText, PlainText } from './inputs/text-inputs'
import { PhotoRow } from './photo-row'

function Photos({ field, path }: InputProps<'image'>) {
  const { photos } = useForm()
  return <PhotoRow box={photos} place={path} name={field.label} most={field.maxFiles} />
}

type Inputs = { readonly [Kind in FieldKind]: ComponentType<InputProps<Kind>> }

const INPUTS = {
  text: PlainText,
  textarea: LongText,
  number: Amount,
  money: Amount,
  date: OneDay,
  daterange: TwoDays,
  slot: HalfDay,
  radio: OneOf,
  select: Select,
  multiselect: SomeOf,
  checkbox: Tick,
  idcard: Digits,
  uscc: Digits,
  phone: Digits,
  bankcard: Digits,
  village: Village,
  region: Region,
  location: Address,
  polygon: Corners,
  image: Photos,
  scopePicker: Scopes,
  policyPicker: Policy,
  table: Table,
} satisfies Inputs

interface DrawnProps<Kind extends FieldKind> extends InputProps<Kind> {
  kind: Kind
}

/** The pair of kind and input is followed through a table of the same shape, which `INPUTS` is. */
function Drawn<Kind extends FieldKind>({ kind, ...props }: DrawnProps<Kind>) {
  const inputs: Inputs = INPUTS
  const Input: ComponentType<InputProps<Kind>> = inputs[kind]
  return <Input {...props} />
}

const hintOf = (field: FormField) => field.hint ?? undefined

/** What the ID number tells is shown and not asked; undefined where it tells nothing. */
function useFromNumber(field: FormField, path: string) {
  const { fields, answers, rules } = useForm()
  const form = { fields, values: answers, agent: rules.agent, outer: undefined }
  const [key = '', index] = path.split('/')
  if (index === undefined) return valueFromNumber(field, form)
  const table = fields.find((each) => each.key === key)
  const rows = answers[key]
  const row: unknown = Array.isArray(rows) ? rows[Number(index)] : undefined
  if (table?.kind !== 'table' || typeof row !== 'object' || row === null) return undefined
  const values = row as Readonly<Record<string, unknown>>
  return valueFromNumber(field, { ...form, fields: table.columns, values, outer: form })
}

/** One question with its input, what is known of it, and what is wrong with it. */
export function AnswerField(props: AnswerFieldProps) {
  const { field, path, isTitled } = props
  const onNumber = useFromNumber(field, path)
  const { faults, choices } = useForm()
  if (onNumber === undefined) return <Asked {...props} />
  return (
    <Field
      id={idOfPath(path)}
      label={field.label}
      labelHidden={isTitled}
      source={FROM_NUMBER}
      error={faults.get(path)}
    >
      <View className='picker-row is-filled'>
        <View className='picker-row__value'>
          {describeAnswer(field, onNumber as AnswerByKind['date'], labelsOf(choices))}
        </View>
      </View>
    </Field>
  )
}

/** One's own, for somebody of the same house. */
function Offer({ path, value, onChange }: Pick<AnswerFieldProps, 'path' | 'value' | 'onChange'>) {
  const offer = useForm().offers.get(path)
  if (offer === undefined || (value !== undefined && value !== '')) return null
  return (
    <View className='mt-2'>
      <Button kind='quiet' small onPress={() => onChange(offer.value)}>
        {offer.words}
      </Button>
    </View>
  )
}

function Asked({ field, path, value, onChange, isTitled }: AnswerFieldProps) {
  const { faults, sources, prefilled } = useForm()
  const error = faults.get(path)
  const source = sources.get(path)
  const isPrefilled = source !== undefined && value === prefilled[path]
  const id = idOfPath(path)
  return (
    <Field
      id={id}
      label={field.label}
      labelHidden={isTitled}
      optional={!field.required && field.kind !== 'checkbox'}
      hint={hintOf(field)}
      source={isPrefilled ? source : undefined}
      error={error}
    >
      <Drawn
        kind={field.kind}
        field={field}
        id={id}
        path={path}
        value={value}
        onChange={onChange}
        isWrong={error !== undefined}
        isPrefilled={isPrefilled}
      />
      <Offer path={path} value={value} onChange={onChange} />
    </Field>
  )
}
