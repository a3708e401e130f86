import { View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../../../ui/form/button'
import { CascadeRow, SelectRow } from '../../../../ui/form/picker-row'
import { TextArea, TextInput } from '../../../../ui/form/text-input'
import { useForm } from '../form-context'
import { type InputProps, listOf, partOf, textOf } from './input-props'

export function Village({ field, id, value, onChange, isWrong, isPrefilled }: InputProps<'village'>) {
  const { choices } = useForm()
  const groups = choices.towns.map(({ name, villages }) => ({
    label: name,
    options: villages.map((village) => ({ value: village.id, label: village.name })),
  }))
  const own = groups.findIndex(({ options }) => options.some((option) => option.value === value))
  const [group, setGroup] = useState<number>()
  return (
    <CascadeRow
      id={id}
      label={field.label}
      groups={groups}
      group={group ?? Math.max(own, 0)}
      onGroup={setGroup}
      value={typeof value === 'string' ? value : undefined}
      onChange={onChange}
      isWrong={isWrong}
      isPrefilled={isPrefilled}
    />
  )
}

export function Region({ field, id, value, onChange, isWrong }: InputProps<'region'>) {
  const { choices } = useForm()
  const province = textOf(partOf(value, 'province'))
  const city = textOf(partOf(value, 'city'))
  return (
    <>
      <SelectRow
        id={id}
        label={`${field.label}，哪个省`}
        options={choices.regions.map(({ code, name }) => ({ value: code, label: name }))}
        value={province === '' ? undefined : province}
        onChange={(code) => onChange({ province: code, city })}
        isWrong={isWrong}
      />
      <TextInput
        id={id}
        label={`${field.label}，哪个市`}
        placeholder='哪个市，比如 南京市'
        value={city}
        maxLength={field.cityMaxLength}
        onChange={(words) => onChange({ province, city: words })}
        isWrong={isWrong}
      />
    </>
  )
}

/** Told in words: whoever does not share their location is not asked for it. */
export function Address({ field, id, value, onChange, isWrong }: InputProps<'location'>) {
  return (
    <TextArea
      id={id}
      label={field.label}
      placeholder='写清楚在哪，比如 村东头水塘边'
      value={textOf(partOf(value, 'address'))}
      maxLength={field.addressMaxLength}
      onChange={(address) => onChange({ address })}
      isWrong={isWrong}
    />
  )
}

const DEGREES = [
  { key: 'lat', label: '纬度', placeholder: '纬度，31 开头' },
  { key: 'lng', label: '经度', placeholder: '经度，119 开头' },
] as const

/** The corners of a field of land or water, as a measuring app tells them. */
export function Corners({ field, id, value, onChange, isWrong }: InputProps<'polygon'>) {
  const typed = listOf(value)
  const points =
    typed.length >= field.minPoints ? typed : [...typed, ...emptyPoints(field.minPoints - typed.length)]
  const set = (at: number, point: unknown) =>
    onChange(points.map((each, index) => (index === at ? point : each)))
  return (
    <View className='mt-2'>
      <View className='small muted'>
        沿着边走一圈，每个拐角写一个点。手机上的测亩软件、指南针都看得到纬度和经度；不会量，村里能帮你。
      </View>
      {points.map((point, at) => (
        // The order of corners is what they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: a corner has no other name
        <View key={at} className='mt-3'>
          <View className='row row--between'>
            <View className='strong'>第 {at + 1} 个点</View>
            {points.length > field.minPoints && (
              <Button kind='text' onPress={() => onChange(points.filter((_, index) => index !== at))}>
                删掉
              </Button>
            )}
          </View>
          {DEGREES.map(({ key, label, placeholder }) => (
            <TextInput
              key={key}
              id={id}
              type='digit'
              label={`第 ${at + 1} 个点，${label}`}
              placeholder={placeholder}
              value={textOf(partOf(point, key))}
              maxLength={15}
              isWrong={isWrong}
              onChange={(degrees) =>
                set(at, { lat: partOf(point, 'lat'), lng: partOf(point, 'lng'), [key]: degrees })
              }
            />
          ))}
        </View>
      ))}
      {points.length < field.maxPoints && (
        <View className='mt-3'>
          <Button kind='quiet' small icon='plus' onPress={() => onChange([...points, {}])}>
            加一个点
          </Button>
        </View>
      )}
    </View>
  )
}

const emptyPoints = (count: number) => Array.from({ length: count }, () => ({}))
