import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { faultsOfPerson, NOBODY, PersonFields, personOf } from '../../../features/account/parts/person-fields'
import { useDraft } from '../../../platform/use-draft'
import { Button } from '../../../ui/form/button'
import { ReasonBox } from '../../../ui/form/reason-box'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'
import { TroubleNotice } from './trouble-notice'
import type { Act } from './use-act'

const WORDS = {
  person: {
    title: '当面核身份',
    lead: '本人在你面前，身份证也看到了，才能核。只管这一件，记你的名字。',
    phrases: ['本人到场，人和身份证一致', '上门看过本人和身份证', '户口簿和身份证对过'],
    done: '身份核过了',
  },
  child: {
    title: '当面核身份',
    lead: '的监护人在你面前，孩子的户口簿也看到了，才能核。只管这一件，记你的名字。',
    phrases: ['监护人到场，户口簿和监护人身份证对过', '上门看过孩子、监护人和户口簿'],
    done: '身份核过了',
  },
  firm: {
    title: '当面核委托',
    lead: '的委托书在你面前，或者法定代表人自己来了，才能核。只管这一件，记你的名字。',
    phrases: ['委托书原件和来人身份证对过', '法定代表人到场，执照和身份证对过'],
    done: '委托核过了',
  },
} as const

interface IdentitySheetProps {
  view: Pick<CaseView, 'id' | 'version' | 'applicantMasked'> &
    Partial<Pick<CaseView, 'timeline' | 'applicantKind' | 'staff'>>
  /** By the number that was typed, where the case is not open. */
  isChild?: boolean
  act: Act
  onClose: () => void
}

/** 当面核身份: the person and the card are here; how it was checked stays with the case. */
export function IdentitySheet({ view, isChild = false, act, onClose }: IdentitySheetProps) {
  const { draft: reason, change: setReason, forget } = useDraft(`identity:${view.id}`, '')
  const [wasTried, setTried] = useState(false)
  const words =
    WORDS[isChild || view.staff?.identityBy === 'guardian' ? 'child' : (view.applicantKind ?? 'person')]
  const isUnnamed = view.staff?.applicantUnnamed === true
  // Nobody's number is kept on the phone.
  const [person, setPerson] = useState(NOBODY)
  const faults = isUnnamed ? faultsOfPerson(person) : {}
  const isMissing = reason.trim().length < 2
  const send = async () => {
    setTried(true)
    if (isMissing || Object.keys(faults).length > 0) return
    const applicant = isUnnamed ? { applicant: personOf(person) } : {}
    // What the sheet has shown; whoever found the case by its number alone is shown none.
    const shown = view.staff ? { otherFirmName: view.staff.otherFirmName } : {}
    const body = { version: view.version, reason: reason.trim(), ...applicant, ...shown }
    if (!(await act.send('identity-confirmation', body, words.done))) return
    forget()
    onClose()
  }
  return (
    <Sheet title={words.title} onClose={onClose}>
      <View>
        {isUnnamed ? '申请人' : view.applicantMasked}
        {words.lead}
      </View>
      {view.staff?.otherFirmName && (
        <View className='mt-3'>
          这个信用代码登记的是“{view.staff.otherFirmName}
          ”，和申请里写的不一样。对着营业执照看名称和代码，核过就改成登记的。
        </View>
      )}
      {isUnnamed && (
        <View className='mt-4'>
          <View className='small muted'>
            {view.staff?.disowned
              ? '原来写的那个人说没有申请。照着真正申请的人的身份证写上，一起核。'
              : '这件还没有写是谁申请的。照着申请人的身份证写上，一起核。'}
          </View>
          <View className='mt-3'>
            <PersonFields value={person} faults={wasTried ? faults : {}} onChange={setPerson} />
          </View>
        </View>
      )}
      <View className='mt-4'>
        <ReasonBox
          label='怎么核的'
          phrases={words.phrases}
          value={reason}
          onChange={setReason}
          error={wasTried && isMissing ? '写明怎么核的' : undefined}
        />
      </View>
      <TroubleNotice trouble={act.trouble} view={view} />
      <SheetActions>
        <Button block loading={act.isBusy ? '正在交，别关' : undefined} onPress={send}>
          核过了
        </Button>
      </SheetActions>
    </Sheet>
  )
}
