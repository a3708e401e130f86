import { Image, View } from '@tarojs/components'
import { useCallback, useState } from 'react'
import { CLOSES_AT, CODE_SECONDS, IDLE_MINUTES, PINS_TRIED } from '#shared/domain/account/desk-session'
import { aria } from '../../platform/aria'
import { type LeftDesk, leftDesk } from '../../platform/desk'
import { replacePage } from '../../platform/navigation'
import { Notice } from '../../ui/feedback/notice'
import { Button } from '../../ui/form/button'
import { asPage } from '../../ui/layout/as-page'
import { NavBar } from '../../ui/layout/nav-bar'
import { Page } from '../../ui/layout/page'
import { Icon, type IconName } from '../../ui/surface/icon'
import { type Shown, useDeskCode } from './parts/desk-code'
import './parts/desk-login.css'
import '../../ui/styles/staff.css'

const STEPS = [
  ['手机上打开印象办事', '微信里往下拉，或者搜“印象办事”'],
  ['我的 → 扫码登录电脑', '有工作身份的人才看得到'],
  ['看清是不是这台，设一个 PIN，再点“确认登录”', '不是就点“不是我”，码马上作废'],
] as const

const COVERED: Partial<Record<Shown['state'], { icon: IconName; title: string; note: string }>> = {
  over: { icon: 'clock', title: '这个码过期了', note: `${CODE_SECONDS / 60} 分钟没有人扫` },
  unanswered: { icon: 'clock', title: '这个码过期了', note: '扫到了，手机上没有点确认' },
  refused: { icon: 'no', title: '手机上点了“不是我”', note: '是你本人就换个码再扫' },
  lost: { icon: 'offline', title: '确认了，可是没接上', note: '网络断了一下，换个码再扫' },
  scanned: { icon: 'phone', title: '扫到了', note: '在手机上点“确认登录”' },
}

const LEFT: Readonly<Record<LeftDesk['by'], { title: string; words: string }>> = {
  pins: {
    title: `PIN 错了 ${PINS_TRIED} 次，退出了`,
    words: '写到一半的都在，在手机上重新扫码接着写。不是你输的，告诉管理员。',
  },
  day: { title: `过了晚上 ${CLOSES_AT} 点，自动退出了`, words: '写到一半的都在，再扫一次接着写。' },
  left: {
    title: '有人点了“换个人，重新扫码”，退出了',
    words: '写到一半的都在，写的人再扫一次接着写。',
  },
  ended: {
    title: '这台电脑上的登录结束了',
    words: `过了晚上 ${CLOSES_AT} 点，或者在手机上让它退出了。写到一半的都在，再扫一次接着写。`,
  },
}

/** Whoever comes back finds out why they are out, and whether what they pressed last has gone. */
function Left() {
  // Of the moment in which the door was opened: what is forgotten once somebody is let in stands until the page is gone.
  const [left] = useState(leftDesk)
  if (!left) return null
  const { title, words } = LEFT[left.by]
  return (
    <Notice tone='soon' title={title} className='mt-3'>
      {left.isUnsent && '你刚才点的没有交上去，登录以后看一看，再点一次。'}
      {words}
    </Notice>
  )
}

const grouped = (digits: string) => `${digits.slice(0, 4)} ${digits.slice(4)}`

function Code({ shown, onAnew }: { shown: Shown; onAnew: () => void }) {
  if (shown.state === 'fetching') return <View className='door__code muted'>正在取码</View>
  if (shown.state === 'failed') {
    const { code, title, detail } = shown.trouble
    return (
      <View className='door__code'>
        <View className='door__cover' {...aria({ role: 'alert' })}>
          <Icon name={code === 'network.unreachable' ? 'offline' : 'clock'} size='l' />
          <View className='strong mt-3'>{title}</View>
          {detail !== undefined && <View className='muted'>{detail}</View>}
        </View>
        <Button onPress={onAnew}>再取一次</Button>
      </View>
    )
  }
  const cover = COVERED[shown.state]
  return (
    <View className='door__code'>
      <View {...aria({ role: 'status' })}>
        {cover && (
          <View className='door__cover'>
            <Icon name={cover.icon} size='l' />
            <View className='strong mt-3'>{cover.title}</View>
            <View className='muted'>{cover.note}</View>
          </View>
        )}
      </View>
      {shown.state === 'waiting' && 'picture' in shown && (
        <>
          <Image
            className='door__picture'
            src={shown.picture}
            {...aria({ role: 'img', label: '登录用的二维码' })}
          />
          <View className='muted figure'>还能扫 {shown.secondsLeft} 秒</View>
        </>
      )}
      {shown.state !== 'scanned' && (
        <Button kind={shown.state === 'waiting' ? 'text' : 'primary'} onPress={onAnew}>
          {shown.state === 'waiting' ? '现在就换一个' : '换一个新码'}
        </Button>
      )}
    </View>
  )
}

/** How a member of staff comes to the desk in a browser of their own: WeChat's identity, and no password. */
function DeskLogin() {
  const toWork = useCallback(() => replacePage('staff/case/queue'), [])
  const { shown, show } = useDeskCode(toWork)
  return (
    <Page head={<NavBar title='办件台' backTo='features/service-item/home' />}>
      <View className='door'>
        <View className='heading'>拿手机扫一下，就进办件台</View>
        <View className='muted'>不用账号，不用记密码。用的是你在小程序里的身份。</View>
        <Left />
        <View className='door__row'>
          <Code shown={shown} onAnew={() => void show()} />
          <View className='door__steps'>
            {STEPS.map(([title, note], at) => (
              <View className='door__step' key={title}>
                <View className='avatar' aria-hidden='true'>
                  {at + 1}
                </View>
                <View>
                  <View className='strong'>{title}</View>
                  <View className='small muted'>{note}</View>
                </View>
              </View>
            ))}
          </View>
        </View>
        {'digits' in shown && (
          <View className='card door__digits'>
            <View>镜头坏了，扫不出：在手机“扫码登录电脑”里输这 8 位</View>
            <View className='heading figure'>{grouped(shown.digits)}</View>
          </View>
        )}
        <View className='small muted mt-3'>
          走开 {IDLE_MINUTES} 分钟自动锁上，用 PIN 打开，写到一半的都在。晚上 {CLOSES_AT} 点自动退出。
        </View>
      </View>
    </Page>
  )
}

export default asPage(DeskLogin)
