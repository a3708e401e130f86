import { View } from '@tarojs/components'
import type { Account } from '#shared/contract/account'
import { aria } from '../../../platform/aria'
import { openPage } from '../../../platform/navigation'
import { Button } from '../../../ui/form/button'
import { Card } from '../../../ui/surface/card'
import { Tag } from '../../../ui/surface/tag'
import { FOR_CHILD } from './guardian-words'

const NEXT = [
  { words: '登记一次，少填少交', note: '用微信手机号，1 分钟' },
  { words: '填姓名和身份证号', note: '再填这两样，就能申请' },
  { words: '微信核一下', note: '核过是你，政府有的证件不用再交' },
] as const

/** Typed for the child; whoever applies is an adult. */
const ADULT = { words: '换成我自己的', note: `登记的是不满 14 岁的孩子的号码。${FOR_CHILD}` }

/** Who I am, how sure that is, and the one step further. */
export function PersonCard({ account }: { account: Account }) {
  const { name, phoneMasked, realNameLevel } = account
  const next = account.underFourteen ? ADULT : NEXT[realNameLevel]
  const shown = name ?? (phoneMasked === null ? '还没有登记' : '只登记了手机号')
  return (
    <Card>
      <View className='row gap-4'>
        <View className='me-face' {...aria({ hidden: true })}>
          {name === null ? '我' : [...name][0]}
        </View>
        <View className='grow'>
          <View className='title'>{shown}</View>
          {phoneMasked !== null && <View className='small muted figure mt-1'>{phoneMasked}</View>}
          {realNameLevel === 3 && (
            <View className='mt-2'>
              <Tag tone='free' icon='shield'>
                微信核过
              </Tag>
            </View>
          )}
          {realNameLevel === 2 && (
            <View className='mt-2'>
              <Tag>还没核过身份</Tag>
            </View>
          )}
        </View>
      </View>
      {next && (
        <>
          <View className='small muted mt-3'>{next.note}</View>
          <View className='mt-3'>
            <Button block onPress={() => openPage('features/account/register')}>
              {next.words}
            </Button>
          </View>
        </>
      )}
    </Card>
  )
}
