import { View } from '@tarojs/components'
import { useState } from 'react'
import type { Queue } from '#shared/contract/work'
import { useAbout } from '../../../features/account/parts/about'
import { aria, pressable } from '../../../platform/aria'
import { useIsDemo } from '../../../platform/deployment'
import { isAtDesk, lockDesk } from '../../../platform/desk'
import { openTab } from '../../../platform/navigation'
import { DemoMark } from '../../../ui/feedback/demo-mark'
import { SwitchCell } from '../../../ui/form/switch'
import { Sheet } from '../../../ui/layout/sheet'
import { CellGroup } from '../../../ui/surface/cell'
import { Facts } from '../../../ui/surface/facts'
import { Kbd } from './kbd'
import { useKeys, useKeysSetting } from './use-keys'

/** Brand, the two places of a desk, and who sits at it. */
export function TopBar({ holder, onWork }: { holder: Queue['holder'] | undefined; onWork?: () => void }) {
  const about = useAbout()
  const isDemo = useIsDemo()
  return (
    <View className='topbar' {...aria({ role: 'banner' })}>
      <View className='brand'>
        <View className='brand__mark' aria-hidden='true'>
          印
        </View>
        印象办事
        {about && <View className='brand__place'>{about.county}</View>}
      </View>
      <View className='topbar__nav' {...aria({ role: 'navigation' })}>
        <View className='topbar__item is-current' {...pressable(onWork)}>
          办件
        </View>
        <View className='topbar__item' {...pressable(() => openTab('tabs/account/me'))}>
          我的
        </View>
        {isAtDesk() && (
          <View className='topbar__item' {...pressable(lockDesk)}>
            锁上
          </View>
        )}
      </View>
      <DemoMark isDemo={isDemo} />
      {holder && (
        <View className='topbar__user'>
          <View className='avatar' aria-hidden='true'>
            {holder.name.slice(0, 1)}
          </View>
          <View>
            {holder.name}
            <View className='topbar__place'>{holder.place}</View>
          </View>
        </View>
      )}
    </View>
  )
}

export interface Legend {
  readonly letters: readonly string[]
  readonly does: string
}

export const BACK: Legend = { letters: ['Esc'], does: '回队列' }

export const PAPERS_LEGEND: Legend = { letters: ['1–9'], does: '看材料' }

/** What may be done to the case that stands open. */
export const CASE_LEGEND: readonly Legend[] = [
  { letters: ['R'], does: '受理' },
  { letters: ['G'], does: '按实心的按钮，往下办' },
  { letters: ['B'], does: '一次性补正' },
  { letters: ['F'], does: '不受理、不通过、不予' },
  { letters: ['I'], does: '当面核身份' },
  { letters: ['T'], does: '转办、指派' },
  { letters: ['Y', 'N'], does: '够了、还不行' },
  PAPERS_LEGEND,
  { letters: ['D'], does: '期限逐日看' },
]

/** Of whatever rises over the desk; no bar has room for them. */
const ON_SHEETS: readonly Legend[] = [
  { letters: ['Esc'], does: '关上面一层，一次一层' },
  { letters: ['[', ']'], does: '有几份文书的：换一份' },
  { letters: ['U'], does: '撤销刚办的，10 秒里' },
  { letters: ['Enter'], does: '确认' },
  { letters: ['Ctrl+Enter'], does: '正写着字，也确认' },
]

/** Of a browser that a phone let in: it opens again by the PIN. */
const LOCK: Legend = { letters: ['L'], does: '走开一下，锁上' }

function LegendSheet({ legend, onClose }: { legend: readonly Legend[]; onClose: () => void }) {
  const { isOn, setOn } = useKeysSetting()
  return (
    <Sheet title='快捷键' onClose={onClose}>
      <Facts
        facts={[...legend, ...ON_SHEETS, ...(isAtDesk() ? [LOCK] : [])].map(({ letters, does }) => ({
          key: letters.map((letter) => letter.toUpperCase()).join(' '),
          value: does,
        }))}
      />
      <CellGroup className='mt-3'>
        <SwitchCell icon='settings' label='用快捷键' note='写字的时候不生效' isOn={isOn} onChange={setOn} />
      </CellGroup>
    </Sheet>
  )
}

/** What the keys do, at the foot of the desk. `over` belongs to the page's `over`. */
export function useKeyBar(legend: readonly Legend[]) {
  const [isOpen, setOpen] = useState(false)
  const isOn = useKeysSetting((setting) => setting.isOn)
  useKeys({ '?': () => setOpen(true), ...(isAtDesk() ? { l: lockDesk } : {}) })
  return {
    bar: (
      <View className='keybar'>
        {isOn &&
          legend.map(({ letters, does }) => (
            <View key={does} className='keybar__key' aria-hidden='true'>
              {letters.map((letter) => (
                <Kbd key={letter} letter={letter} />
              ))}
              {does}
            </View>
          ))}
        <View className='keybar__all' {...pressable(() => setOpen(true))}>
          <Kbd letter='?' />
          {isOn ? '全部快捷键' : '快捷键关着'}
        </View>
      </View>
    ),
    over: isOpen && <LegendSheet legend={legend} onClose={() => setOpen(false)} />,
  }
}
