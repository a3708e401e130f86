import { View } from '@tarojs/components'
import type { DocumentWords } from '#shared/contract/document.labels'
import { aria } from '../../../platform/aria'
import { useIsDemo } from '../../../platform/deployment'
import { classNames } from '../../../ui/class-names'
import { DemoMark } from '../../../ui/feedback/demo-mark'

const RED = '%23B8352A'

/** A seal for show. The words are ours and the organ's name, whose characters stand in the address as they are encoded. */
function sealOf(organ: string) {
  const size = organ.length > 12 ? 10 : 13
  const font = "font-family='Songti SC,STSong,Noto Serif CJK SC,serif'"
  return `url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 120 120' fill='none'%3E%3Cg opacity='.86'%3E%3Ccircle cx='60' cy='60' r='55' stroke='${RED}' stroke-width='3'/%3E%3Cpath d='M60 41l4.7 13.5h14.3l-11.5 8.5 4.3 13.7L60 68.5l-11.8 8.2 4.3-13.7L41 54.5h14.3Z' fill='${RED}'/%3E%3Cdefs%3E%3Cpath id='a' d='M19 66a41 41 0 1 1 82 0'/%3E%3C/defs%3E%3Ctext ${font} font-size='${size}' font-weight='700' fill='${RED}'%3E%3CtextPath xlink:href='%23a' startOffset='50%25' text-anchor='middle'%3E${encodeURIComponent(organ)}%3C/textPath%3E%3C/text%3E%3Ctext x='60' y='97' text-anchor='middle' ${font} font-size='11' fill='${RED}'%3E${encodeURIComponent('示例印章')}%3C/text%3E%3C/g%3E%3C/svg%3E")`
}

/**
 * The organ's paper; struck where it was revoked. The seal is drawn for the invented people alone: a picture of a seal is no electronic signature
 * (电子签名法 第13条、第14条), and must not look like one where people are real.
 */
export function DecisionDocument({ words, isStruck = false }: { words: DocumentWords; isStruck?: boolean }) {
  const isDemo = useIsDemo()
  const { title, number, recipient, paragraphs, organ, day } = words
  return (
    <View className={classNames('decision', isStruck && 'is-struck')}>
      <View className='decision__sheet'>
        <View className='decision__title'>{title}</View>
        {number !== null && <View className='center caption faint figure mt-1'>{number}</View>}
        <View className='decision__words'>
          {recipient !== null && <View className='figure'>{recipient}：</View>}
          {[...paragraphs.entries()].map(([at, paragraph]) => (
            <View key={at} className='decision__indent'>
              {paragraph}
            </View>
          ))}
        </View>
        <View className='decision__organ'>
          <View>{organ}</View>
          <View>{day}</View>
          {isDemo && (
            <View
              className='decision__seal'
              style={{ backgroundImage: sealOf(organ) }}
              {...aria({ role: 'img', label: `${organ}印章，示例` })}
            />
          )}
        </View>
        <View className='decision__mark'>
          <DemoMark isDemo={isDemo} />
        </View>
      </View>
    </View>
  )
}
