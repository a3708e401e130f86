import { View } from '@tarojs/components'

/** The key of the desk that does the same; the name of the button speaks. */
export const Kbd = ({ letter }: { letter: string }) => (
  <View className='kbd' aria-hidden='true'>
    {letter.toUpperCase()}
  </View>
)
