import { Picker, View } from '@tarojs/components'
import { aria } from '../../platform/aria'
import { today } from '../../platform/clock'
import { classNames } from '../class-names'
import { Icon } from '../surface/icon'
import type { Option } from './choice-list'
import { errorIdOf } from './field'

interface RowProps {
  id: string
  label: string
  /** What is chosen, in words. */
  words: string | undefined
  isWrong?: boolean | undefined
  isPrefilled?: boolean | undefined
}

function Row({ words, isWrong, isPrefilled }: Omit<RowProps, 'id' | 'label'>) {
  return (
    <View className={classNames('picker-row', isWrong && 'is-wrong', isPrefilled && 'is-filled')}>
      <View className={classNames('picker-row__value', words === undefined && 'faint')}>
        {words ?? '点这里选'}
      </View>
      {isPrefilled ? (
        <View className='accent small fixed'>改</View>
      ) : (
        <Icon name='down' className='picker-row__arrow' />
      )}
    </View>
  )
}

const said = ({ id, label, words, isWrong }: RowProps) =>
  aria({
    role: 'button',
    label: `${label}，${words ?? '还没有选'}，可以改`,
    describedby: isWrong ? errorIdOf(id) : undefined,
  })

interface SelectRowProps extends Omit<RowProps, 'words'> {
  options: readonly Option[]
  value: string | undefined
  onChange: (value: string) => void
}

/** One of many: opens WeChat's own wheel. */
export function SelectRow({ options, value, onChange, ...row }: SelectRowProps) {
  const at = options.findIndex((option) => option.value === value)
  const words = options[at]?.label
  return (
    <Picker
      mode='selector'
      range={options.map((option) => option.label)}
      value={Math.max(at, 0)}
      onChange={({ detail }) => {
        const chosen = options[Number(detail.value)]
        if (chosen) onChange(chosen.value)
      }}
      {...said({ ...row, words })}
    >
      <Row words={words} isWrong={row.isWrong} isPrefilled={row.isPrefilled} />
    </Picker>
  )
}

interface CascadeRowProps extends Omit<RowProps, 'words'> {
  /** A town and its villages: the second wheel follows the first. */
  groups: readonly { readonly label: string; readonly options: readonly Option[] }[]
  value: string | undefined
  onChange: (value: string) => void
  /** Where the first wheel stands. */
  group: number
  onGroup: (group: number) => void
}

export function CascadeRow({ groups, value, onChange, group, onGroup, ...row }: CascadeRowProps) {
  const options = groups[group]?.options ?? []
  const at = options.findIndex((option) => option.value === value)
  const named = groups.find((each) => each.options.some((option) => option.value === value))
  const chosen = named?.options.find((option) => option.value === value)
  const words = named && chosen ? `${named.label}　${chosen.label}` : undefined
  return (
    <Picker
      mode='multiSelector'
      range={[groups.map((each) => each.label), options.map((option) => option.label)]}
      value={[group, Math.max(at, 0)]}
      onColumnChange={({ detail }) => detail.column === 0 && onGroup(detail.value)}
      onChange={({ detail }) => {
        const [first = 0, second = 0] = detail.value as number[]
        const option = groups[first]?.options[second]
        if (option) onChange(option.value)
      }}
      {...said({ ...row, words })}
    >
      <Row words={words} isWrong={row.isWrong} isPrefilled={row.isPrefilled} />
    </Picker>
  )
}

interface DateRowProps extends RowProps {
  /** `YYYY-MM-DD`; '' when none is chosen. */
  value: string
  onChange: (value: string) => void
  start?: string | undefined
  end?: string | undefined
  /** `month`: `YYYY-MM`. */
  fields?: 'day' | 'month' | 'year' | undefined
}

/** Where the wheel stands before anything is chosen. */
function firstDay(start: string | undefined, end: string | undefined) {
  const day = today()
  if (start !== undefined && day < start) return start
  return end !== undefined && day > end ? end : day
}

export function DateRow({ value, onChange, start, end, fields = 'day', ...row }: DateRowProps) {
  return (
    <Picker
      mode='date'
      value={value === '' ? firstDay(start, end) : value}
      fields={fields}
      {...(start ? { start } : {})}
      {...(end ? { end } : {})}
      onChange={({ detail }) => onChange(detail.value)}
      {...said(row)}
    >
      <Row words={row.words} isWrong={row.isWrong} isPrefilled={row.isPrefilled} />
    </Picker>
  )
}
