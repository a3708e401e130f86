import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import type { AllowedAction } from '#shared/contract/case-for-staff'
import { Notice } from '../../../ui/feedback/notice'
import { Button } from '../../../ui/form/button'
import { Kbd } from './kbd'
import { type AtShare, departmentOf, nextOf, type Share } from './share'
import { useKeyboardThere } from './use-desk'

/** The key that turns to the next department. */
export const SHARE_LETTER = 'h'

const titleOf = ({ chosen, mustChoose }: AtShare) => {
  if (mustChoose) return '这里有几个部门的份，先选一份'
  return chosen ? `你在办${chosen.name}的那一份` : '这一份现在没有要你办的'
}

/** For whom one acts here, and the way to the other. */
export function ShareChoice({ at, onTurn }: { at: AtShare; onTurn: (share: Share) => void }) {
  const { others, mustChoose } = at
  const hasKeys = useKeyboardThere()
  if (others.length === 0) return null
  return (
    <Notice tone='info' title={titleOf(at)} className='mb-3'>
      {others.map((share) => (
        <View key={share.unitId} className='mt-2'>
          <Button kind='secondary' small block={!hasKeys} onPress={() => onTurn(share)}>
            {`${mustChoose ? '办' : '换到'}${share.name}的那一份`}
            {hasKeys && share.unitId === nextOf(at)?.unitId && <Kbd letter={SHARE_LETTER} />}
          </Button>
        </View>
      ))}
    </Notice>
  )
}

/** On a sheet: whose name the act bears; nothing where there is one alone. */
export function InNameOf({ name }: { name: string | undefined }) {
  return name === undefined ? null : <View className='strong mt-1'>以{name}的名义办</View>
}

/** On the sheet of an act: whose it is. */
export function InWhoseName({ view, allowed }: { view: CaseView; allowed: AllowedAction }) {
  return <InNameOf name={departmentOf(view, allowed)} />
}
