import type { Field } from '#shared/domain/service-item/item'
import { Card } from '../../../ui/surface/card'
import { AnswerField } from './answer-field'
import { useForm } from './form-context'

/** The questions of one topic. */
export function StepFields({ title, fields }: { title: string; fields: readonly Field[] }) {
  const { answers, setAnswer } = useForm()
  return (
    <Card>
      {fields.map((field) => (
        <AnswerField
          key={field.key}
          field={field}
          path={field.key}
          isTitled={field.label === title}
          value={answers[field.key]}
          onChange={(value) => setAnswer(field.key, value)}
        />
      ))}
    </Card>
  )
}
