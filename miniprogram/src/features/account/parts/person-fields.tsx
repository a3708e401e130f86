import { View } from '@tarojs/components'
import { personName } from '#shared/domain/kernel/person-name'
import { hasUnseen } from '#shared/domain/kernel/written'
import { Field } from '../../../ui/form/field'
import { TextInput } from '../../../ui/form/text-input'
import { faultOfIdNumber, ID_LENGTH, idNumberOf, LONGEST_TYPED } from './id-number'

export interface TypedPerson {
  readonly name: string
  readonly idNumber: string
}

export const NOBODY: TypedPerson = { name: '', idNumber: '' }

/** As it is meant, however it was typed. */
export const personOf = ({ name, idNumber }: TypedPerson): TypedPerson => ({
  name: personName(name),
  idNumber: idNumberOf(idNumber),
})

function faultOfName(name: string): Pick<Partial<TypedPerson>, 'name'> {
  if (hasUnseen(name)) return { name: '名字里有看不见的字符，删掉重新打一遍' }
  if (name === '') return { name: '名字还没填' }
  return [...name].length < 2 ? { name: '名字还没写全' } : {}
}

export function faultsOfPerson(typed: TypedPerson): Partial<TypedPerson> {
  const { name, idNumber } = personOf(typed)
  const ofNumber = faultOfIdNumber(idNumber)
  return {
    ...faultOfName(name),
    ...(ofNumber === undefined ? {} : { idNumber: ofNumber }),
  }
}

interface PersonFieldsProps {
  value: TypedPerson
  faults: Partial<TypedPerson>
  onChange: (value: TypedPerson) => void
  hint?: string
}

export function PersonFields({ value, faults, onChange, hint = '' }: PersonFieldsProps) {
  const { name, idNumber } = value
  return (
    <>
      <Field id='name' label='姓名' error={faults.name}>
        <TextInput
          id='name'
          label='姓名'
          value={name}
          maxLength={30}
          isWrong={faults.name !== undefined}
          onChange={(next) => onChange({ ...value, name: next })}
        />
      </Field>
      <Field id='idNumber' label='身份证号' error={faults.idNumber}>
        <TextInput
          id='idNumber'
          label='身份证号'
          type='idcard'
          value={idNumber}
          maxLength={LONGEST_TYPED}
          placeholder={hint}
          isWrong={faults.idNumber !== undefined}
          onChange={(next) => onChange({ ...value, idNumber: next })}
          unit={
            <View className='small'>
              {idNumberOf(idNumber).length} / {ID_LENGTH}
            </View>
          }
        />
      </Field>
    </>
  )
}
