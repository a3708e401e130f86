import { useState } from 'react'
import type { Field } from '#shared/domain/service-item/item'
import { Card } from '../../../ui/surface/card'
import { AnswerField } from './answer-field'
import { useForm } from './form-context'
import { groupsOf } from './known-groups'
import { KnownTogether } from './known-together'

/** The questions of one topic; what one paper tells stands together, and opens when something of it is wrong. */
export function StepFields({ title, fields }: { title: string; fields: readonly Field[] }) {
  const { answers, setAnswer, sources, prefilled, faults } = useForm()
  const [opened, setOpened] = useState<readonly string[]>([])
  const sourceOf = ({ key, ofNumber }: Field) => {
    // What follows from a number is changed by the number alone.
    if (ofNumber !== null) return undefined
    const isUntouched = answers[key] === prefilled[key] && !faults.has(key) && !opened.includes(key)
    return isUntouched ? sources.get(key) : undefined
  }
  return (
    <Card>
      {groupsOf(fields, sourceOf).map(({ source, fields: together }) => {
        const [first] = together
        if (source !== undefined && together.length > 1) {
          const open = () => setOpened([...opened, ...together.map(({ key }) => key)])
          return <KnownTogether key={first?.key} source={source} fields={together} onEdit={open} />
        }
        return together.map((field) => (
          <AnswerField
            key={field.key}
            field={field}
            path={field.key}
            isTitled={field.label === title}
            value={answers[field.key]}
            onChange={(value) => setAnswer(field.key, value)}
          />
        ))
      })}
    </Card>
  )
}
