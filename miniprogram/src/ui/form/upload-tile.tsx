import { Image, View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { aria, pressable } from '../../platform/aria'
import { Icon } from '../surface/icon'

export function UploadRow({ children }: PropsWithChildren) {
  return <View className='upload-row'>{children}</View>
}

export type UploadState =
  /** `words`: the action, “拍一张”. */
  | { readonly kind: 'empty'; readonly words: string }
  | { readonly kind: 'busy'; readonly percent: number }
  | { readonly kind: 'failed' }
  /** Sent by itself as soon as it goes. `words`: when that is. `isKept`: it would outlive the app. */
  | { readonly kind: 'waiting'; readonly words: string; readonly isKept: boolean }
  | { readonly kind: 'done'; readonly preview: string }
  /** Not sent yet. `words`: what it is found to be, or that it is looked at. `isAsked`: its owner decides. */
  | { readonly kind: 'held'; readonly preview: string; readonly words: string; readonly isAsked?: boolean }

interface UploadTileProps {
  /** “第 1 张” */
  name: string
  /** For readers, with what it belongs to: “户口簿，第 1 张”. */
  said: string
  state: UploadState
  /** Takes, sends again, or shows, as the state says. */
  onPress?: (() => void) | undefined
  onRemove?: (() => void) | undefined
}

/** Each state of a photo has its own way out. */
function Remove({ said, onRemove }: Pick<UploadTileProps, 'said' | 'onRemove'>) {
  if (!onRemove) return null
  return (
    <View className='upload-tile__remove' {...pressable(onRemove, { label: `删除${said}` })}>
      <View className='upload-tile__remove-dot'>
        <Icon name='close' size='xs' />
      </View>
    </View>
  )
}

type Stuck = Extract<UploadState, { readonly kind: 'failed' | 'waiting' }>

function stuckLook(state: Stuck, name: string) {
  if (state.kind === 'failed')
    return { icon: 'retry', says: '没传上去，点一下重传', words: [`${name}没传上`, '点这里重传'] } as const
  const { isKept, words } = state
  return isKept
    ? ({ icon: 'offline', says: `先存着，${words}`, words: [words] } as const)
    : ({ icon: 'offline', says: `先别关，${words}`, words: ['没存下，先别关'] } as const)
}

type Picture = Extract<UploadState, { readonly kind: 'held' | 'done' }>

function pictureLook(state: Picture, name: string) {
  if (state.kind === 'done') return { icon: 'check', says: '，已传好，点一下看大图', words: name } as const
  const words = `${name}，${state.words}`
  return {
    icon: null,
    says: `，${state.words}${state.isAsked ? '，点一下重拍，或者就用' : ''}`,
    words,
  } as const
}

export function UploadTile({ name, said, state, onPress, onRemove }: UploadTileProps) {
  switch (state.kind) {
    case 'empty':
      return (
        <View
          className='upload-tile upload-tile--empty'
          {...pressable(onPress, { label: `${state.words}，${said}` })}
        >
          <Icon name='camera' size='l' />
          <View>{state.words}</View>
        </View>
      )
    case 'busy':
      return (
        <View className='upload-tile upload-tile--busy'>
          <View
            className='upload-tile__look upload-tile__stack'
            {...aria({
              role: 'progressbar',
              valuenow: state.percent,
              label: `${said}正在传，${state.percent}%`,
            })}
          >
            <View className='upload-tile__percent figure'>{state.percent}%</View>
            <View>正在传</View>
            <View className='upload-tile__bar'>
              <View className='upload-tile__bar-fill' style={{ width: `${state.percent}%` }} />
            </View>
          </View>
          <Remove said={said} onRemove={onRemove} />
        </View>
      )
    case 'failed':
    case 'waiting': {
      const { icon, says, words } = stuckLook(state, name)
      return (
        <View className={`upload-tile upload-tile--${state.kind}`}>
          <View
            className='upload-tile__look upload-tile__stack'
            {...pressable(onPress, { label: said + says })}
          >
            <Icon name={icon} />
            {words.map((each) => (
              <View key={each} className='strong'>
                {each}
              </View>
            ))}
          </View>
          <Remove said={said} onRemove={onRemove} />
        </View>
      )
    }
    case 'held':
    case 'done': {
      const { icon, says, words } = pictureLook(state, name)
      const isClosed = state.kind === 'held' && !state.isAsked
      return (
        <View className='upload-tile'>
          <View
            className='upload-tile__look'
            {...(isClosed
              ? aria({ role: 'status', label: said + says })
              : pressable(onPress, { role: 'button', label: said + says }))}
          >
            <Image
              className='upload-tile__photo'
              src={state.preview}
              mode='aspectFill'
              {...aria({ hidden: true })}
            />
          </View>
          <Remove said={said} onRemove={onRemove} />
          <View className='upload-tile__veil' {...aria({ hidden: true })}>
            {icon && <Icon name={icon} size='s' />} {words}
          </View>
        </View>
      )
    }
  }
}
