import { View } from '@tarojs/components'
import { isShown, type Scope } from '#shared/domain/application/conditions'
import { Button } from '../../../../ui/form/button'
import { rowOfApplicant } from '../first-row'
import { useForm } from '../form-context'
import { type InputProps, listOf, partOf } from './input-props'

/** Rows one below the other: a table does not fit a phone. */
export function Table({ field, path, value, onChange }: InputProps<'table'>) {
  const { fields, answers, rules, prefilled, Question } = useForm()
  const typed = listOf(value)
  const rows = typed.length >= Math.max(1, field.minRows) ? typed : [...typed, {}]
  const own = rowOfApplicant(field, fields, answers, prefilled)
  const isOwn = (row: unknown) =>
    own !== undefined && Object.entries(own).every(([key, known]) => partOf(row, key) === known)
  const outer: Scope = { fields, values: answers, agent: rules.agent, outer: undefined }
  const shownIn = (row: unknown) => {
    const values = row as Readonly<Record<string, unknown>>
    const scope: Scope = { fields: field.columns, values, agent: rules.agent, outer }
    return field.columns.filter((column) => isShown(column, scope))
  }
  return (
    <View className='mt-2'>
      {rows.map((row, at) => (
        // Rows have no names of their own.
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place
        <View key={at} className='form-row'>
          <View className='row row--between'>
            <View className='strong'>{isOwn(row) ? '本人' : `第 ${at + 1} 个`}</View>
            {typed.length <= 1 && isOwn(row) && (
              <Button kind='text' onPress={() => onChange([{}])}>
                换成别人
              </Button>
            )}
            {typed.length > 1 && (
              <Button
                kind='text'
                icon='trash'
                label={`删掉第 ${at + 1} 个`}
                onPress={() => onChange(rows.filter((_, index) => index !== at))}
              >
                删掉
              </Button>
            )}
          </View>
          <View className='mt-2'>
            {shownIn(row).map((column) => (
              <Question
                key={column.key}
                field={column}
                path={`${path}/${at}/${column.key}`}
                value={(row as Readonly<Record<string, unknown>>)[column.key]}
                onChange={(next) =>
                  onChange(
                    rows.map((each, index) =>
                      index === at ? { ...(each as object), [column.key]: next } : each,
                    ),
                  )
                }
              />
            ))}
          </View>
        </View>
      ))}
      {rows.length < field.maxRows && (
        <View className='mt-3'>
          <Button kind='quiet' small icon='plus' onPress={() => onChange([...rows, {}])}>
            再加一个
          </Button>
        </View>
      )}
    </View>
  )
}
