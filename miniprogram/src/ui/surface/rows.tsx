import { View } from '@tarojs/components'

/** One below the other: the rows of a table, or the words of whatever is none. */
export const Rows = ({ text, rows = [text] }: { text: string; rows?: readonly string[] | undefined }) =>
  rows.map((row, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they are only read, and two may say the same.
    <View key={`${at} ${row}`} className={`told-row ${at > 0 ? 'mt-2' : ''}`}>
      {row}
    </View>
  ))
