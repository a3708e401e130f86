import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { pressable } from '../../../platform/aria'
import { classNames } from '../../../ui/class-names'
import { FieldError } from '../../../ui/form/field'
import { isReasoned, Phrases } from '../../../ui/form/reason-box'
import { TextArea } from '../../../ui/form/text-input'
import { Card } from '../../../ui/surface/card'
import { Icon } from '../../../ui/surface/icon'
import { Tag } from '../../../ui/surface/tag'
import { isBeingMended } from './department-drafts'
import { useReplies } from './use-replies'

export type Choice = NonNullable<CaseView['staff']>['correctionChoices'][number]
/** Reasons by the choice's key; what is here is asked for. */
export type Picks = Readonly<Record<string, string>>

export const keyOf = ({ kind, name }: Pick<Choice, 'kind' | 'name'>) => `${kind} ${name}`

const mendedWords = (units: readonly string[]) => `${units.join('、')}退回去改着`

const mendedBy = ({ staff }: CaseView, choice: Choice, unitId: string) =>
  (staff?.departmentDrafts?.units ?? [])
    .filter(
      (unit) =>
        unit.unitId !== unitId &&
        isBeingMended(unit) &&
        unit.items.some((each) => keyOf(each) === keyOf(choice)),
    )
    .map(({ shortName }) => shortName)

interface PickProps {
  choice: Choice
  value: string | undefined
  reason: string | undefined
  isWrong: boolean
  /** First notices often leave it out. */
  isOften: boolean
  phrases: readonly string[]
  /** Departments that ask for it and are writing their draft anew. */
  mended: readonly string[]
  onToggle: () => void
  onReason: (reason: string) => void
}

function PickBlock(props: PickProps) {
  const { choice, value, reason, isWrong, isOften, phrases, mended, onToggle, onReason } = props
  const isOn = reason !== undefined
  const id = `pick-${keyOf(choice)}`
  return (
    <View className={classNames('pick-block', isOn && 'is-on')} id={`field-${id}`}>
      <View
        className={classNames('pick', isOn && 'is-on')}
        {...pressable(onToggle, {
          role: 'checkbox',
          checked: isOn,
          label: `${choice.label}${isOften ? '，常漏' : ''}${mended.length > 0 ? `，${mendedWords(mended)}` : ''}${value ? `，填的是 ${value}` : ''}`,
        })}
      >
        <View className='pick__box'>{isOn && <Icon name='check' size='s' />}</View>
        <View className='grow'>
          <View className='pick__name'>{choice.label}</View>
          {value !== undefined && <View className='small muted'>{value}</View>}
        </View>
        {isOften && <Tag tone='must'>常漏</Tag>}
        {mended.length > 0 && <Tag tone='must'>{mendedWords(mended)}</Tag>}
      </View>
      {isOn && (
        <View className='pick__fix'>
          <Phrases phrases={phrases} value={reason} onChange={onReason} />
          <TextArea
            id={id}
            label={`${choice.label}要怎么补`}
            value={reason}
            onChange={onReason}
            placeholder='写明要怎么补，申请人照着做'
            isWrong={isWrong}
          />
          <FieldError id={id} error={isWrong ? '写明要怎么补' : undefined} />
        </View>
      )}
    </View>
  )
}

interface PicksProps {
  view: CaseView
  /** Whose notice or draft it is. */
  unitId: string
  picks: Picks
  wasTried: boolean
  onChange: (picks: Picks) => void
}

export function CorrectionPicks({ view, unitId, picks, wasTried, onChange }: PicksProps) {
  const [isOpen, setOpen] = useState(false)
  const offered = useReplies(unitId, view.serviceItemId)
  const choices = view.staff?.correctionChoices ?? []
  const often = (view.staff?.oftenMissed ?? []).filter((each) => each.unitId === unitId).map(keyOf)
  const locked = view.papers.filter(({ state }) => state === 'exempt').map(({ name }) => name)
  const textOf = (choice: Choice) => view.answers.find(({ key }) => key === choice.name)?.text
  const papers = choices.filter(({ kind, name }) => kind === 'material' && !locked.includes(name))
  const fields = choices.filter(({ kind }) => kind === 'field')
  const isShown = (choice: Choice) =>
    isOpen || textOf(choice) !== undefined || keyOf(choice) in picks || often.includes(keyOf(choice))
  const shown = fields.filter(isShown)
  const pick = (choice: Choice) => {
    const key = keyOf(choice)
    const reason = picks[key]
    const { [key]: _, ...others } = picks
    return (
      <PickBlock
        key={key}
        choice={choice}
        value={choice.kind === 'field' ? textOf(choice) : undefined}
        reason={reason}
        isOften={often.includes(key)}
        phrases={offered(`correction-${choice.kind}`)}
        mended={mendedBy(view, choice, unitId)}
        isWrong={wasTried && reason !== undefined && !isReasoned(reason)}
        onToggle={() => onChange(reason === undefined ? { ...picks, [key]: '' } : others)}
        onReason={(next) => onChange({ ...picks, [key]: next })}
      />
    )
  }
  return (
    <>
      {often.length > 0 && (
        <View className='small muted mt-3'>标“常漏”的，近一年头一次没要、后来才补要的多，先看一眼。</View>
      )}
      {papers.length + locked.length > 0 && (
        <Card title='勾选要补的材料' className='mt-3'>
          {papers.map(pick)}
          {locked.length > 0 && (
            <View className='pick'>
              <View className='pick__box pick__box--locked'>
                <Icon name='lock' size='s' />
              </View>
              <View className='grow'>
                <View className='pick__name muted'>{locked.join('、')}</View>
                <View className='small muted'>证照库里有，不能再要</View>
              </View>
            </View>
          )}
        </Card>
      )}
      <Card title='勾选要改的填写' className='mt-3'>
        {shown.map(pick)}
        {shown.length < fields.length && (
          <View className='look' {...pressable(() => setOpen(true))}>
            没填的还有 {fields.length - shown.length} 项，看一看
          </View>
        )}
      </Card>
    </>
  )
}
