import { View } from '@tarojs/components'
import { useState } from 'react'
import type { ApplicationForm } from '#shared/contract/application'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import { type Option, RadioList } from '../../../ui/form/choice-list'
import { StickyActionBar } from '../../../ui/layout/action-bar'
import { NavBar } from '../../../ui/layout/nav-bar'
import { Lead, Page } from '../../../ui/layout/page'
import { Card } from '../../../ui/surface/card'
import { faultsOfPerson, NOBODY, PersonFields, personOf } from '../../account/parts/person-fields'
import { draftKeyOfItem, findDraft, removeDraft } from './drafts'
import { agreedOf, type Came, EntryAgreed, NOT_AGREED, unagreedWords } from './entry-agreed'
import { type ApplicantIs, type EntryPlace, isNamedBeside, type Who } from './who'
import { CHANNEL_WORDS } from './who-words'

const CAME = [
  { value: 'person', label: '本人在这里' },
  { value: 'agent', label: '本人没来，家里人或别人来的' },
] as const satisfies readonly (Option & { value: Came })[]

const APPLICANT_IS = [
  { value: 'none', label: '不是亲属' },
  { value: 'spouse', label: '我的配偶' },
  { value: 'parent', label: '我的父母' },
  { value: 'child', label: '我的子女' },
  { value: 'sibling', label: '我的兄弟姐妹' },
  { value: 'other', label: '我的其他近亲', note: '祖父母、孙子女、儿媳、女婿这些' },
] as const satisfies readonly (Option & { value: ApplicantIs })[]

/** Somebody else may come now: what was typed for the last one is kept until it is thrown away. */
function Left({ form }: { form: ApplicationForm }) {
  const key = draftKeyOfItem(form.serviceItemId, 'entry')
  const [isLeft, setLeft] = useState(() => findDraft(key) !== undefined)
  if (!isLeft) return null
  return (
    <Notice
      tone='soon'
      icon='pen'
      title='上次替人填的还在'
      className='mb-3'
      action={{
        words: '重新填',
        onPress: () => {
          removeDraft(key)
          setLeft(false)
        },
      }}
    >
      还是他，往下接着填。换了人，点“重新填”。
    </Notice>
  )
}

/** 回避, before anybody takes the trouble: 公务员法 第76条. */
function Barred({ place }: { place: EntryPlace }) {
  return (
    <Notice tone='soon' icon='swap' title='那这件你就不能办' className='mt-3'>
      填可以，交上去以后，受理、审核、决定你都不能办，在“办件”里也看不到它。由{place.unitName}
      别的人办；没有别的人，联络员另找人办。
    </Notice>
  )
}

function noteOf(missing: string | undefined, applicantIs: ApplicantIs | undefined) {
  if (missing !== undefined) return { note: missing, alert: true }
  return applicantIs === undefined || applicantIs === 'none' ? {} : { note: '是亲属，交上去由别人办' }
}

interface EntryStepProps {
  form: ApplicationForm
  place: EntryPlace
  onDone: (who: Who) => void
  onBack: () => void
}

/** What staff declare before they type an application for whoever came. */
export function EntryStep({ form, place, onDone, onBack }: EntryStepProps) {
  const [came, setCame] = useState<Came>()
  const [applicantIs, setApplicantIs] = useState<ApplicantIs>()
  const [agreeing, setAgreeing] = useState(NOT_AGREED)
  const [person, setPerson] = useState(NOBODY)
  const [wasTried, setTried] = useState(false)
  const asksWho = isNamedBeside(form)
  const faults = asksWho ? faultsOfPerson(person) : {}
  const missing =
    came === undefined
      ? '先选谁来的'
      : (unagreedWords(agreeing) ??
        (applicantIs === undefined
          ? '先选他是你的什么人'
          : Object.keys(faults).length > 0
            ? '先写是谁申请'
            : undefined))
  const comes = (value: string) => {
    setCame(CAME.find((one) => one.value === value)?.value)
    // Somebody else has agreed to nothing yet.
    setAgreeing({ ...agreeing, how: undefined })
  }
  const next = () => {
    setTried(true)
    if (missing !== undefined || came === undefined || applicantIs === undefined) return
    const applicant = asksWho ? { applicant: personOf(person) } : {}
    onDone({
      kind: 'entry',
      place,
      came,
      agreed: agreedOf(agreeing),
      applicantIs,
      ...applicant,
    })
  }
  return (
    <Page
      className='form-page'
      head={<NavBar title={form.plainName} onBack={onBack} />}
      foot={
        <StickyActionBar {...noteOf(wasTried ? missing : undefined, applicantIs)}>
          <Button onPress={next}>下一步</Button>
        </StickyActionBar>
      }
    >
      <Lead title='替来的人填' note={`记作“${CHANNEL_WORDS[place.channel]}”，也记下是你填的。`} />
      <Left form={form} />
      <Card title='谁来的'>
        <View className='mt-3'>
          <RadioList label='谁来的' options={CAME} value={came} onChange={comes} />
        </View>
      </Card>
      {came !== undefined && (
        <EntryAgreed came={came} value={agreeing} wasTried={wasTried} onChange={setAgreeing} />
      )}
      <Card className='mt-3' title='申请人是你的什么人'>
        <View className='small muted mt-1'>亲属的事要由别人办，所以先问。</View>
        <View className='mt-3'>
          <RadioList
            label='申请人是你的什么人'
            options={APPLICANT_IS}
            value={applicantIs}
            onChange={(value) => setApplicantIs(APPLICANT_IS.find((one) => one.value === value)?.value)}
          />
        </View>
        {applicantIs !== undefined && applicantIs !== 'none' && <Barred place={place} />}
      </Card>
      {asksWho && (
        <Card className='mt-3' title='谁申请'>
          <View className='small muted mt-1'>表里不问，写在这里：照着申请人的身份证写。</View>
          <View className='mt-3'>
            <PersonFields value={person} faults={wasTried ? faults : {}} onChange={setPerson} />
          </View>
        </Card>
      )}
    </Page>
  )
}
