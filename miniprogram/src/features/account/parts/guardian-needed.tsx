import { View } from '@tarojs/components'
import { Button } from '../../../ui/form/button'
import { Card } from '../../../ui/surface/card'
import { Icon } from '../../../ui/surface/icon'
import { Points } from '../../../ui/surface/points'
import { FOR_CHILD } from './guardian-words'

interface GuardianNeededProps {
  /** What was being applied for: 医保参保. */
  plainName?: string | undefined
  /** Whether anything is lost: “填的都还在。” */
  kept: string
  /** For an adult who gave a child's number as their own; left out where the page's own button does it. */
  onOwnNumber?: { readonly words: string; readonly onPress: () => void }
}

/** Who is under fourteen needs a guardian for it, and an adult files for the child: 个人信息保护法 第31条. */
export function GuardianNeeded({ plainName, kept, onOwnNumber }: GuardianNeededProps) {
  return (
    <Card>
      <View className='row row--top gap-3'>
        <Icon name='family' className='accent' />
        <View className='grow'>
          <View className='title'>登记的是孩子的号码</View>
          <View className='small muted mt-1'>
            {kept}不满 14 岁，法律规定要爸妈或别的监护人来办，微信里也核不了。
          </View>
        </View>
      </View>
      <View className='strong mt-4'>你是大人</View>
      <View className='small mt-1'>{FOR_CHILD}。</View>
      {onOwnNumber && (
        <View className='mt-3'>
          <Button kind='secondary' small onPress={onOwnNumber.onPress}>
            {onOwnNumber.words}
          </Button>
        </View>
      )}
      <View className='card__line' />
      <View className='strong'>你就是这个孩子，让爸妈来办</View>
      <Points
        className='mt-3'
        points={[
          '爸妈用自己的微信打开“印象办事”，登记自己的姓名和身份证号。',
          `找到${plainName === undefined ? '要办的事' : `“${plainName}”`}，点“开始办理”，再点“帮别人办”。`,
          '写孩子的姓名和身份证号，交上去。',
        ]}
      />
      <View className='small muted mt-4'>爸妈不方便用手机，带户口簿到村里或窗口，工作人员帮着填。</View>
    </Card>
  )
}
