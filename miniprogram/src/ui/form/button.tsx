import { Button as TaroButton, type ButtonProps as TaroButtonProps, View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { aria, buttonRole, pressedLook } from '../../platform/aria'
import { classNames } from '../class-names'
import { Icon, type IconName } from '../surface/icon'

interface ButtonProps {
  /** One filled button a screen. */
  kind?: 'primary' | 'secondary' | 'quiet' | 'text' | 'danger' | undefined
  small?: boolean | undefined
  block?: boolean | undefined
  icon?: IconName | undefined
  /** What is being done, “正在交，别关”; the button stays and cannot be pressed twice. */
  loading?: string | undefined
  /** Say why beside it. */
  disabled?: boolean | undefined
  label?: string | undefined
  className?: string | undefined
  /** For the phone number: `platform.phoneButton(…)`. */
  open?: Pick<TaroButtonProps, 'openType' | 'onGetPhoneNumber' | 'onClick'> | undefined
  onPress?: (() => void) | undefined
}

export function Button(props: PropsWithChildren<ButtonProps>) {
  const {
    kind = 'primary',
    small,
    block,
    icon,
    loading,
    disabled = false,
    label,
    className,
    open,
    onPress,
  } = props
  const isQuiet = disabled || loading !== undefined
  return (
    <TaroButton
      className={classNames(
        'button',
        `button--${kind}`,
        small && 'button--small',
        block && 'button--block',
        disabled && 'is-disabled',
        loading !== undefined && 'is-loading',
        className,
      )}
      {...(isQuiet ? { hoverClass: 'none' } : pressedLook())}
      {...aria({
        ...buttonRole(),
        label,
        disabled: disabled || undefined,
        busy: loading !== undefined || undefined,
      })}
      {...(isQuiet ? {} : open)}
      onClick={(event) => {
        // A button on a card that can be pressed itself.
        event.stopPropagation()
        if (isQuiet) return
        open?.onClick?.(event)
        onPress?.()
      }}
    >
      {loading !== undefined && <View className='button__spinner' />}
      {loading === undefined && icon && <Icon name={icon} size={small ? 's' : undefined} />}
      {loading ?? props.children}
    </TaroButton>
  )
}
