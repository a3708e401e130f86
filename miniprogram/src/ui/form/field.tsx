import { Text, View } from '@tarojs/components'
import type { PropsWithChildren, ReactNode } from 'react'
import { aria } from '../../platform/aria'
import { classNames } from '../class-names'
import { Icon } from '../surface/icon'
import { SourceChip } from '../surface/source-chip'

interface FieldProps {
  /** Also the anchor that the page scrolls to: `field-<id>`. */
  id: string
  label: string
  /** The heading above says it already; only readers hear the label. */
  labelHidden?: boolean | undefined
  optional?: boolean | undefined
  hint?: ReactNode
  /** Where the value comes from, “来自身份证”. */
  source?: string | undefined
  /** In words, with the count: “少 1 位。手机号是 11 位，现在 10 位。” */
  error?: string | undefined
}

/** The id of a field's error, for `describedby` of what stands in the field. */
export const errorIdOf = (id: string) => `error-${id}`

export function Field(props: PropsWithChildren<FieldProps>) {
  const { id, label, labelHidden, optional, hint, source, error, children } = props
  return (
    <View className='field' id={`field-${id}`}>
      <View className='field__head'>
        <View className={classNames('field__label', labelHidden && 'reader-only')}>
          {label}
          {optional && <Text className='field__optional'>可不填</Text>}
        </View>
        {source !== undefined && <SourceChip>{source}</SourceChip>}
      </View>
      {hint !== undefined && <View className='field__hint'>{hint}</View>}
      {children}
      <FieldError id={id} error={error} />
    </View>
  )
}

export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  if (error === undefined) return null
  return (
    <View className='field__error' id={errorIdOf(id)} {...aria({ role: 'alert' })}>
      <Icon name='today' size='s' />
      <View>{error}</View>
    </View>
  )
}
