import { View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import type { CaseFound } from '#shared/contract/work'
import { ask } from '../../../platform/api'
import { openPage } from '../../../platform/navigation'
import { useAction } from '../../../platform/use-action'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import { Field } from '../../../ui/form/field'
import { TextInput } from '../../../ui/form/text-input'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { TroubleNotice } from './trouble-notice'
import { useRole } from './use-roles'

const DIGITS = 16
const LONGEST_TYPED = 40

const faultOf = (number: string) => {
  if (!/^\d*$/.test(number)) return '编号都是数字'
  return number.length < DIGITS ? `少 ${DIGITS - number.length} 位。办件编号是 ${DIGITS} 位` : undefined
}

function FinderSheet({ onClose }: { onClose: () => void }) {
  const [number, setNumber] = useState('')
  const [wasTried, setTried] = useState(false)
  const { isBusy, trouble, run, forget } = useAction()
  const fault = faultOf(number)
  const find = () => {
    setTried(true)
    if (fault !== undefined) return
    void run(
      () => ask<CaseFound>('/api/work/case-numbers', { caseNumber: number }),
      ({ id }) => {
        onClose()
        openPage('staff/case/case', { id })
      },
    )
  }
  const error = wasTried ? fault : undefined
  return (
    <Sheet title='按编号看办件' onClose={onClose}>
      <View>写全办件编号，下一页写明为什么看。查过几次有记录。</View>
      <View className='mt-4'>
        <Field id='case-number' label='办件编号' error={error}>
          <TextInput
            id='case-number'
            label='办件编号'
            type='number'
            value={number}
            maxLength={LONGEST_TYPED}
            isWrong={error !== undefined}
            onEnter={find}
            onChange={(typed) => {
              setNumber(typed.replace(/\s/g, ''))
              forget()
            }}
          />
        </Field>
      </View>
      {trouble?.code === 'case.not-found' ? (
        <Notice tone='info' title='没有这个编号' className='mt-3'>
          对一对号码，一位也不能少。
        </Notice>
      ) : (
        <TroubleNotice trouble={trouble} isQuestion />
      )}
      <SheetActions>
        <Button block loading={isBusy ? '正在找' : undefined} onPress={find}>
          找这一件
        </Button>
      </SheetActions>
    </Sheet>
  )
}

/** The supervisor's way in, who holds no step; `over` belongs to the page's `over`. */
export function useCaseFinder(): { entry: ReactNode; over: ReactNode } {
  const [isOpen, setOpen] = useState(false)
  const { holds } = useRole(['supervisor'])
  if (!holds) return { entry: null, over: null }
  return {
    entry: (
      <CellGroup className='mt-3'>
        <Cell
          icon='search'
          label='按编号看办件'
          note='不在你手上的件，写明理由就能看'
          onPress={() => setOpen(true)}
        />
      </CellGroup>
    ),
    over: isOpen && <FinderSheet onClose={() => setOpen(false)} />,
  }
}
