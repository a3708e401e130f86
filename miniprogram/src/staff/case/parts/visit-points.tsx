import { View } from '@tarojs/components'
import { useState } from 'react'
import { PHOTOS_A_POINT, VISIT_ANSWERS, type VisitAnswer } from '#shared/domain/case/visit/visit-record'
import { PhotoRow } from '../../../features/application/parts/photo-row'
import { aria, pressable, tabStop } from '../../../platform/aria'
import { classNames } from '../../../ui/class-names'
import { Field, FieldError } from '../../../ui/form/field'
import { TextArea } from '../../../ui/form/text-input'
import { Card } from '../../../ui/surface/card'
import { pointIn, type VisitWriting } from './visit-draft'

const ANSWERS = Object.keys(VISIT_ANSWERS) as readonly VisitAnswer[]

interface PointProps {
  writing: VisitWriting
  point: { readonly key: string; readonly text: string }
  /** From 1. */
  number: number
}

function Answers({ writing, point: { key, text } }: PointProps) {
  const { answer } = pointIn(writing.draft, key)
  return (
    <View className='judge' {...aria({ role: 'radiogroup', label: text })}>
      {ANSWERS.map((each) => (
        <View
          key={each}
          className={classNames('judge__mark', answer === each && 'is-on')}
          {...pressable(() => writing.changePoint(key, { answer: each }), {
            role: 'radio',
            checked: answer === each,
            label: `${text}，${VISIT_ANSWERS[each]}`,
          })}
          {...tabStop(each === (answer ?? 'yes'))}
        >
          {VISIT_ANSWERS[each]}
        </View>
      ))}
    </View>
  )
}

/** One point of the list: what was found, in words where it is not so, and photos of it. */
function Point(props: PointProps) {
  const { writing, point, number } = props
  const { answer, remark, files } = pointIn(writing.draft, point.key)
  const [isWriting, setWriting] = useState(false)
  const id = `point-${point.key}`
  const error = writing.errorOf(id)
  const isAsked = answer === 'no' || isWriting || remark !== ''
  return (
    <Card className='mt-3'>
      <View id={`field-${id}`} className='strong'>
        {number}. {point.text}
      </View>
      <Answers {...props} />
      {isAsked ? (
        <View className='mt-3'>
          <Field id={id} label='什么情况' optional={answer !== 'no'} error={error}>
            <TextArea
              id={id}
              label={`${point.text}，什么情况`}
              value={remark}
              onChange={(next) => writing.changePoint(point.key, { remark: next })}
              placeholder='看到什么写什么'
              isWrong={error !== undefined}
            />
          </Field>
        </View>
      ) : (
        <>
          <FieldError id={id} error={error} />
          <View
            className='look mt-2'
            {...pressable(() => setWriting(true), { label: `${point.text}，写一句` })}
          >
            写一句
          </View>
        </>
      )}
      {files.length > 0 && (
        <View className='row row--between gap-2 mt-2'>
          <View className='small muted'>上次记的 {files.length} 张照片还留着</View>
          <View
            className='look'
            {...pressable(() => writing.changePoint(point.key, { files: [] }), {
              label: `${point.text}，上次的照片不要了`,
            })}
          >
            不要了
          </View>
        </View>
      )}
      {files.length < PHOTOS_A_POINT ? (
        <View className='mt-2'>
          <PhotoRow
            box={writing.box}
            place={point.key}
            name={point.text}
            most={PHOTOS_A_POINT - files.length}
          />
        </View>
      ) : (
        <View className='small muted mt-2'>一条最多 {PHOTOS_A_POINT} 张，要重拍，先把上次的去掉</View>
      )}
    </Card>
  )
}

export function VisitPoints({
  writing,
  points,
}: {
  writing: VisitWriting
  points: readonly PointProps['point'][]
}) {
  return (
    <>
      {points.map((point, at) => (
        <Point key={point.key} writing={writing} point={point} number={at + 1} />
      ))}
    </>
  )
}
