import { View } from '@tarojs/components'
import { Button } from '../../../ui/form/button'
import { Card } from '../../../ui/surface/card'
import { Icon } from '../../../ui/surface/icon'
import { Points } from '../../../ui/surface/points'

interface GuardianNeededProps {
  /** What was being applied for: 医保参保. */
  plainName?: string | undefined
  /** Whether anything is lost: “填的都还在。” */
  kept: string
  /** For an adult who gave a child's number as their own. */
  onOwnNumber: { readonly words: string; readonly onPress: () => void }
}

/** Who is under fourteen needs a guardian for it, and an adult files for the child: 个人信息保护法 第31条. */
export function GuardianNeeded({ plainName, kept, onOwnNumber }: GuardianNeededProps) {
  return (
    <Card>
      <View className='row row--top gap-3'>
        <Icon name='family' className='accent' />
        <View className='grow'>
          <View className='title'>不满 14 岁，让爸妈来办</View>
          <View className='small muted mt-1'>{kept}法律规定，孩子的信息要爸妈或别的监护人同意才能用。</View>
        </View>
      </View>
      <Points
        className='mt-4'
        points={[
          '爸妈用自己的微信打开“印象办事”，登记自己的姓名和身份证号。',
          `找到${plainName === undefined ? '要办的事' : `“${plainName}”`}，点“开始办理”，再点“替家里人、别人办”。`,
          '写孩子的姓名和身份证号，交上去。',
        ]}
      />
      <View className='small muted mt-4'>爸妈不方便用手机，带户口簿到村里或窗口，工作人员帮着填。</View>
      <View className='card__line' />
      <View className='small'>你是大人，登记时写了孩子的号码？换成你自己的，再替孩子办。</View>
      <View className='mt-3'>
        <Button kind='secondary' small onPress={onOwnNumber.onPress}>
          {onOwnNumber.words}
        </Button>
      </View>
    </Card>
  )
}
