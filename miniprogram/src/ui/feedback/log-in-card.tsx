import { View } from '@tarojs/components'
import { platform } from '../../platform'
import { logIn, type Trouble } from '../../platform/api'
import { aria } from '../../platform/aria'
import { openTab } from '../../platform/navigation'
import { useAction } from '../../platform/use-action'
import { Button } from '../form/button'
import { Icon, type IconName } from '../surface/icon'
import { limitWords, NOT_WAITING, sentence } from '../words/waits'
import { ConsentCard } from './consent-card'

/** What a page would show to whoever is logged in. */
export interface LoggedOutWords {
  /** “登录了，看你的办件” */
  readonly title: string
  readonly note: string
  readonly icon: IconName
  /** A tab has the others beside it; from any other page there is a way home. */
  readonly isTab?: boolean
}

const HERE: LoggedOutWords = {
  title: '登录了，接着看这一页',
  note: '登录完就回到这里，不用再找。',
  icon: 'lock',
}

interface LogInCardProps {
  words?: LoggedOutWords | undefined
  /** Why this host could not log in by itself. */
  refused?: Trouble | undefined
  /** What was asked for is asked for again. */
  onDone: () => unknown
}

const whyNot = (trouble: Trouble) =>
  trouble.code === 'request.rate-limited'
    ? `${limitWords(trouble)}${NOT_WAITING}`
    : sentence(trouble.detail ?? trouble.title)

/** Nothing is wrong: one tap, and the page that was opened shows what it has. */
export function LogInCard({ words = HERE, refused, onDone }: LogInCardProps) {
  const { isBusy, trouble, run } = useAction()
  const where = (trouble ?? refused)?.where
  if (trouble?.code === 'account.consent-needed') return <ConsentCard trouble={trouble} onDone={onDone} />
  const start = () =>
    where === undefined ? void run(() => logIn(), onDone) : platform.openAddress(where.address)
  return (
    <View className='card'>
      <View className='empty'>
        <Icon name={words.icon} size='l' className='muted' />
        <View className='empty__title mt-3'>{words.title}</View>
        <View className='empty__note' {...aria(trouble ? { role: 'alert' } : {})}>
          {trouble ? `没登录上。${whyNot(trouble)}` : refused ? sentence(refused.title) : words.note}
        </View>
        <View className='empty__action'>
          <Button block loading={isBusy ? '正在登录' : undefined} onPress={start}>
            {where?.words ?? '微信登录'}
          </Button>
          {words.isTab !== true && (
            <Button kind='text' block onPress={() => openTab('features/service-item/home')}>
              先去首页看看
            </Button>
          )}
        </View>
      </View>
    </View>
  )
}
