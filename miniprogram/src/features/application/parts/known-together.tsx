import { View } from '@tarojs/components'
import type { Answer } from '#shared/domain/application/answers'
import { describeAnswer } from '#shared/domain/application/describe-answer'
import type { Field as FormField } from '#shared/domain/service-item/item'
import { pressable } from '../../../platform/aria'
import { Field } from '../../../ui/form/field'
import { Facts } from '../../../ui/surface/facts'
import { idOfPath } from './faults'
import { labelsOf, useForm } from './form-context'

interface KnownTogetherProps {
  source: string
  fields: readonly FormField[]
  onEdit: () => void
}

const titleOf = (fields: readonly FormField[]) => {
  if (fields.some(({ kind }) => kind === 'idcard')) return '申请人'
  return fields.some(({ kind }) => kind === 'uscc') ? '单位' : '已经填好的'
}

/** What one source fills, to be read as one; it can be corrected like any other answer. */
export function KnownTogether({ source, fields, onEdit }: KnownTogetherProps) {
  const { answers, choices } = useForm()
  const labels = labelsOf(choices)
  const title = titleOf(fields)
  const facts = fields.map((field) => ({
    key: field.label,
    // An untouched answer is as the server knows it.
    value: describeAnswer(field, answers[field.key] as Answer | undefined, labels),
  }))
  return (
    <Field id={idOfPath(fields[0]?.key ?? '')} label={title} source={source}>
      <View className='form-known'>
        <Facts facts={facts} sunk className='grow' />
        <View className='form-known__edit' {...pressable(onEdit, { label: `改${title}` })}>
          改
        </View>
      </View>
    </Field>
  )
}
