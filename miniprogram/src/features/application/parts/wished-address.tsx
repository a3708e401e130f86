import { Field } from '../../../ui/form/field'
import { TextInput } from '../../../ui/form/text-input'
import type { Wish } from './wish'

/** Where a letter is to go. */
export function WishedAddress({
  wish,
  onChange,
  isMissing,
}: {
  wish: Wish
  onChange: (wish: Wish) => void
  isMissing: boolean
}) {
  return (
    <Field
      id='address'
      label='寄到哪里'
      hint='写清哪个镇、哪个村、门牌，收件人的电话用申请里的'
      error={isMissing ? '地址写全，要能送到家门口' : undefined}
    >
      <TextInput
        id='address'
        label='寄到哪里'
        maxLength={120}
        value={wish.address}
        onChange={(address) => onChange({ ...wish, address })}
        isWrong={isMissing}
      />
    </Field>
  )
}
