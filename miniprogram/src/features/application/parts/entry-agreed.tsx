import { View } from '@tarojs/components'
import { ENTRY_CONSENTS, type EntryConsent } from '#shared/domain/organization/entering'
import { type Option, RadioList } from '../../../ui/form/choice-list'
import { isReasoned, ReasonBox } from '../../../ui/form/reason-box'
import { Card } from '../../../ui/surface/card'
import type { Agreed, Who } from './who'

export type Came = Extract<Who, { kind: 'entry' }>['came']

const ASKED = {
  person: {
    title: '他同意你替他填吗',
    words:
      '念给他听：“我用你的姓名、身份证号和材料，替你填这一件，只办这一件。你同意吗？”不满 14 岁的，问监护人。',
  },
  agent: {
    title: '来的人同意你替他填吗',
    words:
      '念给来的人听：“我用申请人和你的姓名、身份证号和材料，替你们填这一件，只办这一件。你同意吗？”申请人不满 14 岁的，问监护人。',
  },
} as const satisfies Readonly<Record<Came, object>>

const HOW: Readonly<Record<EntryConsent, string>> = {
  spoken: '念给他听了，他说同意',
  signed: '他自己看了，说同意',
}
const CONSENTS: readonly Option[] = ENTRY_CONSENTS.map((value) => ({ value, label: HOW[value] })).reverse()

/** What a county can do something about; none is anybody's fault. */
const WHY_HERE = [
  '没有智能手机',
  '手机上不会弄',
  '手机上没办成',
  '要当面交材料',
  '我上门去的，没让他跑',
] as const

interface Agreeing {
  readonly how: string | undefined
  readonly visitReason: string
}

export const NOT_AGREED: Agreeing = { how: undefined, visitReason: '' }

/** What is still wanting before anything is typed; undefined where nothing is. */
export const unagreedWords = ({ how, visitReason }: Agreeing) =>
  how === undefined ? '先问他同不同意' : isReasoned(visitReason) ? undefined : '先点为什么要来'

export const agreedOf = ({ how, visitReason }: Agreeing): Agreed => ({
  how: how === 'signed' ? 'signed' : 'spoken',
  visitReason: visitReason.trim(),
})

interface EntryAgreedProps {
  came: Came
  value: Agreeing
  wasTried: boolean
  onChange: (value: Agreeing) => void
}

/** 个人信息保护法 第13、14条: asked before the first word is typed; and why they had to come, which nobody is judged by. */
export function EntryAgreed({ came, value, wasTried, onChange }: EntryAgreedProps) {
  const { title, words } = ASKED[came]
  const isUnreasoned = wasTried && !isReasoned(value.visitReason)
  return (
    <>
      <Card className='mt-3' title={title}>
        <View className='small muted mt-1'>{words}</View>
        <View className='mt-3'>
          <RadioList
            label={title}
            options={CONSENTS}
            value={value.how}
            onChange={(how) => onChange({ ...value, how })}
          />
        </View>
      </Card>
      <Card className='mt-3'>
        <ReasonBox
          id='visit-reason'
          label='他为什么要来一趟'
          hint='只给办件的人看，好让下一个人少跑'
          phrases={WHY_HERE}
          value={value.visitReason}
          onChange={(visitReason) => onChange({ ...value, visitReason })}
          error={isUnreasoned ? '点一个，或者写两个字以上' : undefined}
        />
      </Card>
    </>
  )
}
