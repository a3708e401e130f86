import { View } from '@tarojs/components'
import type { Answers } from '#shared/domain/application/answers'
import { describeAnswer, describeRows } from '#shared/domain/application/describe-answer'
import type { Field } from '#shared/domain/service-item/item'
import { pressable } from '../../../platform/aria'
import { Agreement } from '../../../ui/form/agreement'
import { Card } from '../../../ui/surface/card'
import { Facts } from '../../../ui/surface/facts'
import { Rows } from '../../../ui/surface/rows'
import { labelsOf, useForm } from './form-context'
import { type AskedPaper, isPaperTaken, sidesLeft } from './papers'
import type { FormStep } from './steps'
import type { promiseOf } from './who-words'

interface StepCheckProps {
  steps: readonly FormStep[]
  checked: Answers | undefined
  materials: readonly AskedPaper[]
  isFree: (material: AskedPaper) => boolean
  promise: ReturnType<typeof promiseOf>
  isAgreed: boolean
  onAgree: (isAgreed: boolean) => void
  onEdit: (step: number) => void
}

function Edit({ title, onPress }: { title: string; onPress: () => void }) {
  return (
    <View className='form-edit' {...pressable(onPress, { label: `改${title}` })}>
      改
    </View>
  )
}

/** What an older form of the same did not ask for may be wanting. */
function papersWords(toBring: readonly AskedPaper[], given: readonly AskedPaper[]) {
  const wanting = toBring.filter((paper) => paper.required && !given.includes(paper)).length
  if (wanting > 0) return `${given.length === 0 ? '' : `交 ${given.length} 份，`}还差 ${wanting} 样`
  return given.length === 0 ? '没有要交的' : `交 ${given.length} 份`
}

function PapersLine({ materials, isFree }: Pick<StepCheckProps, 'materials' | 'isFree'>) {
  const { photos } = useForm()
  const free = materials.filter(isFree).length
  const toBring = materials.filter((material) => !isFree(material))
  const given = toBring.filter((paper) => isPaperTaken(paper, photos.of))
  const halves = given.flatMap((paper) => sidesLeft(paper, photos.of).map((side) => `${paper.name}${side}`))
  const halved = given.filter((paper) => sidesLeft(paper, photos.of).length > 0)
  // What goes in the place of a card is asked for beside it.
  const instead = toBring.flatMap((paper) =>
    paper.instead !== null && (halved.includes(paper) || !given.includes(paper)) ? [paper.instead] : [],
  )
  const left = toBring.filter((paper) => !paper.required && !given.includes(paper))
  return (
    <View className='small muted mt-1'>
      {free > 0 && `已免 ${free} 份，`}
      {papersWords(toBring, given)}
      {halves.length > 0 && `。${halves.join('、')}没拍，点“改”再拍，也能先交`}
      {instead.length > 0 && `。${instead.join('；')}`}
      {left.length > 0 && `。${left.map(({ name }) => name).join('、')}可不交，有就点“改”拍一张`}
    </View>
  )
}

/** All of it once more, and the promise: 行政许可法 第31条, the applicant answers for the truth of it. */
export function StepCheck(props: StepCheckProps) {
  const { steps, checked, materials, isFree, promise, isAgreed, onAgree, onEdit } = props
  const { choices, answers, prefilled } = useForm()
  const labels = labelsOf(choices)
  /** What was typed on this phone can be checked letter by letter; what the county filled in stays covered. */
  const isTyped = ({ key }: Field) =>
    answers[key] !== prefilled[key] && !Object.keys(prefilled).some((path) => path.startsWith(`${key}/`))
  const factsOf = (fields: readonly Field[]) =>
    fields.flatMap((field) => {
      const given = [field, checked?.[field.key], labels, { unmasked: isTyped(field) }] as const
      const text = describeAnswer(...given)
      return text === ''
        ? []
        : [{ key: field.label, value: <Rows text={text} rows={describeRows(...given)} /> }]
    })
  return (
    <>
      {steps.map((step, at) =>
        step.kind === 'fields' ? (
          <Card
            key={step.key}
            className={at === 0 ? '' : 'mt-3'}
            title={step.key === 'person' ? '谁申请' : step.title}
            side={<Edit title={step.title} onPress={() => onEdit(at)} />}
          >
            <Facts facts={factsOf(step.fields)} />
          </Card>
        ) : null,
      )}
      <Card
        className='mt-3'
        title='材料'
        side={
          steps.some(({ kind }) => kind === 'papers') && (
            <Edit title='材料' onPress={() => onEdit(steps.findIndex(({ kind }) => kind === 'papers'))} />
          )
        }
      >
        <PapersLine materials={materials} isFree={isFree} />
      </Card>
      <Card className='mt-3' title={promise.name}>
        <View className='small mt-2'>{promise.words}</View>
        <View className='mt-3' id='field-promise'>
          <Agreement isAgreed={isAgreed} onChange={onAgree} label={promise.label}>
            {promise.tick}
          </Agreement>
        </View>
      </Card>
    </>
  )
}
