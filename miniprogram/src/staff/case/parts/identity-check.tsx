import { View } from '@tarojs/components'
import { type ReactNode, useState } from 'react'
import type { IdentityChecks } from '#shared/contract/work'
import { isUnderFourteen } from '#shared/domain/account/guardian'
import { FACE_TO_FACE, LOOK_UPS_AN_HOUR } from '#shared/domain/case/whose/identity-check'
import { birthOfIdNumber } from '#shared/domain/kernel/digits'
import { ENTERING } from '#shared/domain/organization/entering'
import {
  faultOfIdNumber,
  ID_LENGTH,
  idNumberOf,
  LONGEST_TYPED,
} from '../../../features/account/parts/id-number'
import { ask, type Trouble } from '../../../platform/api'
import { today } from '../../../platform/clock'
import { openPage } from '../../../platform/navigation'
import { useAction } from '../../../platform/use-action'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import { Field } from '../../../ui/form/field'
import { TextInput } from '../../../ui/form/text-input'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { waitWords } from '../../../ui/words/waits'
import { IdentitySheet } from './identity-sheet'
import { RolesFault } from './roles-fault'
import { TroubleNotice } from './trouble-notice'
import { IDENTITY_DOOR, ownAct, useAct } from './use-act'
import { useRole } from './use-roles'

type Found = IdentityChecks['cases'][number]

const HOUR = 3600

function limitWords({ retryAfterSeconds = HOUR }: Trouble) {
  const wait = waitWords(retryAfterSeconds)
  return `一个人一小时最多查 ${LOOK_UPS_AN_HOUR} 次，${wait}以后再查。急着核，让同事查，或者在“办件”里点开那一件当面核。号码还在。`
}

function isChild(idNumber: string) {
  const birth = birthOfIdNumber(idNumber)
  return birth !== undefined && isUnderFourteen(birth, today())
}

function CheckTrouble({ trouble }: { trouble: Trouble | undefined }) {
  if (trouble?.code !== 'request.rate-limited') return <TroubleNotice trouble={trouble} isQuestion />
  return (
    <Notice tone='today' title='查得太多了' className='mt-3'>
      {limitWords(trouble)}
    </Notice>
  )
}

function FoundCases({ found, onChoose }: { found: readonly Found[]; onChoose: (one: Found) => void }) {
  if (found.length === 0) {
    return (
      <Notice tone='info' title='没有要核的' className='mt-4'>
        这个号码在你这里没有等着核身份的件。可能核过了，也可能归别处办。件上没写号码的查不到：报办件编号，到办这件的窗口核。
      </Notice>
    )
  }
  return (
    <CellGroup title='点要核的这一件' className='mt-4'>
      {found.map((one) => (
        <Cell
          key={one.id}
          icon='idcard'
          label={one.plainName}
          note={one.applicantMasked}
          onPress={() => onChoose(one)}
        />
      ))}
    </CellGroup>
  )
}

interface CheckSheetProps {
  onChecked: () => void
  onClose: () => void
}

/** The number of the card in hand leads to what waits for it; it lives as long as the sheet and stands in no address. */
function CheckSheet({ onChecked, onClose }: CheckSheetProps) {
  const [typed, setTyped] = useState('')
  const [wasTried, setTried] = useState(false)
  const [found, setFound] = useState<readonly Found[]>()
  const [chosen, setChosen] = useState<Found>()
  const { isBusy, trouble, run } = useAction()
  const idNumber = idNumberOf(typed)
  const fault = faultOfIdNumber(idNumber)
  const look = () =>
    run(
      () => ask<IdentityChecks>('/api/work/identity-checks', { idNumber }),
      ({ cases }) => setFound(cases),
    )
  const act = ownAct(useAct(chosen, look, onChecked), IDENTITY_DOOR)
  if (chosen) {
    // What was done is no longer among them, what changed has its new version.
    const current = found?.find(({ id }) => id === chosen.id) ?? chosen
    return (
      <IdentitySheet
        view={current}
        isChild={isChild(idNumber)}
        act={act}
        onClose={() => {
          act.forget()
          setChosen(undefined)
          if (found?.every(({ id }) => id === chosen.id)) onClose()
        }}
      />
    )
  }
  const search = () => {
    setTried(true)
    if (fault === undefined) void look()
  }
  const error = wasTried ? fault : undefined
  return (
    <Sheet title='当面核身份' onClose={onClose}>
      <View>本人在你面前，照着身份证写号码；孩子的，监护人在，照户口簿写。号码不留下，查过几次有记录。</View>
      <View className='mt-4'>
        <Field id='card-number' label='身份证号' error={error}>
          <TextInput
            id='card-number'
            label='身份证号'
            type='idcard'
            value={typed}
            maxLength={LONGEST_TYPED}
            onEnter={search}
            isWrong={error !== undefined}
            onChange={(next) => {
              setTyped(idNumberOf(next))
              setFound(undefined)
            }}
          />
        </Field>
        <View className='small muted mt-1'>
          写了 {typed.length} 位，一共 {ID_LENGTH} 位
        </View>
      </View>
      {found && <FoundCases found={found} onChoose={setChosen} />}
      <CheckTrouble trouble={trouble} />
      {!found && (
        <SheetActions>
          <Button block loading={isBusy ? '正在查' : undefined} onPress={search}>
            查要核的件
          </Button>
        </SheetActions>
      )}
    </Sheet>
  )
}

/** The ways in for whoever has the person before them; `over` belongs to the page's `over`. */
export function useIdentityCheck(onChecked: () => void): {
  entry: ReactNode
  over: ReactNode
  /** To 代录; undefined for who types for nobody. */
  enter: (() => void) | undefined
} {
  const [isOpen, setOpen] = useState(false)
  const { holds: mayCheck } = useRole(FACE_TO_FACE)
  const { holds: mayEnter } = useRole(ENTERING)
  if (!mayCheck && !mayEnter) return { entry: <RolesFault />, over: null, enter: undefined }
  const enter = () => openPage('staff/case/entry')
  return {
    enter: mayEnter ? enter : undefined,
    entry: (
      <CellGroup className='mt-3'>
        {mayCheck && (
          <Cell
            icon='idcard'
            label='当面核身份'
            note='人和身份证都在，写号码就能核'
            onPress={() => setOpen(true)}
          />
        )}
        {mayEnter && <Cell icon='pen' label='替来的人填' note='代录：先找要办的事' onPress={enter} />}
      </CellGroup>
    ),
    over: isOpen && <CheckSheet onChecked={onChecked} onClose={() => setOpen(false)} />,
  }
}
