import { PageContainer, View } from '@tarojs/components'
import {
  createContext,
  type PropsWithChildren,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { platform } from '../../platform'
import { aria, pressable } from '../../platform/aria'
import { classNames } from '../class-names'
import { Icon } from '../surface/icon'

interface SheetProps {
  title: string
  onClose: () => void
  /** At a desk: what a key does while this is in front, by its name. */
  keys?: Readonly<Record<string, () => void>>
  /** What it shows takes all the room that the words leave. */
  isFilled?: boolean
}

const DIALOG = 'sheet'
const UNHEARD_MS = 500

/** A second press that was meant for what lies under what has just opened (`key` names which) does nothing. */
export function useHeard(key?: unknown) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each that opens is heard anew.
  const from = useMemo(() => Date.now() + UNHEARD_MS, [key])
  return (press: () => void) => () => {
    if (Date.now() >= from) press()
  }
}

/** WeChat hands the phone's back key and gesture to an open container, in place of leaving the page. Since library 2.16. */
function BackKey({ onBack }: { onBack: () => void }) {
  // Each takes one press: where the sheet does not close by it, the next one is there.
  const [pressed, setPressed] = useState(0)
  const press = () => {
    setPressed(pressed + 1)
    onBack()
  }
  return (
    <PageContainer
      show
      overlay={false}
      duration={0}
      customStyle='display: none'
      onBeforeLeave={press}
      key={pressed}
    />
  )
}

/** Fields on a sheet stand still while the page behind them could move. */
const OnSheet = createContext(false)
export const useOnSheet = () => useContext(OnSheet)

/** Rises over the page; drawn as long as it is rendered. Pass it to `Page` as `over`. */
export function Sheet({ title, onClose, keys, isFilled, children }: PropsWithChildren<SheetProps>) {
  // Held once: a page that is drawn again must not take the keyboard out of a field.
  const close = useRef(onClose)
  close.current = onClose
  const own = useRef(keys)
  own.current = keys
  const heard = useHeard()
  useEffect(() => {
    const onKey = (key: string) => {
      const act = own.current?.[key]
      act?.()
      return act !== undefined
    }
    return platform.holdDialog(DIALOG, () => close.current(), own.current && onKey)
  }, [])
  return (
    <>
      {platform.host === 'wechat' && <BackKey onBack={() => close.current()} />}
      <View className='sheet-scrim' catchMove onClick={heard(onClose)} {...aria({ hidden: true })} />
      <View
        className={classNames('sheet', isFilled && 'sheet--filled')}
        id={DIALOG}
        {...aria({ role: 'dialog', modal: true, label: title })}
      >
        <View className='sheet__head'>
          <View className='sheet__title'>{title}</View>
          <View className='sheet__close' {...pressable(onClose, { label: '关上' })}>
            <Icon name='close' />
          </View>
        </View>
        <OnSheet.Provider value>{children}</OnSheet.Provider>
      </View>
    </>
  )
}

export function SheetActions({ children }: PropsWithChildren) {
  return <View className='sheet__actions'>{children}</View>
}
