import { View } from '@tarojs/components'
import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import { Button } from '../form/button'
import { Sheet, SheetActions } from '../layout/sheet'

interface Question {
  readonly title: string
  readonly words: string
  readonly confirm: string
  /** Left out where there is nothing to choose. */
  readonly cancel?: string
}

interface Asked extends Question {
  readonly answer: (agreed: boolean) => void
}

const useAsked = create<{ asked: Asked | undefined }>(() => ({ asked: undefined }))

/** Whether the person agrees; closing it or leaving the page is a no. Our own, because the host's does not grow in elder mode. */
export const ask = (question: Question) =>
  new Promise<boolean>((resolve) => {
    const answer = (agreed: boolean) => {
      useAsked.setState(({ asked }) => ({ asked: asked?.answer === answer ? undefined : asked }))
      resolve(agreed)
    }
    useAsked.setState({ asked: { ...question, answer } })
  })

function QuestionSheet({ asked }: { asked: Asked }) {
  const { title, words, confirm, cancel, answer } = asked
  useEffect(() => () => answer(false), [answer])
  return (
    <Sheet title={title} onClose={() => answer(false)}>
      <View>{words}</View>
      <SheetActions>
        <Button block onPress={() => answer(true)}>
          {confirm}
        </Button>
        {cancel !== undefined && (
          <Button block kind='secondary' onPress={() => answer(false)}>
            {cancel}
          </Button>
        )}
      </SheetActions>
    </Sheet>
  )
}

/** Part of `Page`: the one in front asks. */
export function AskedQuestion() {
  const asked = useAsked((state) => state.asked)
  const [isInFront, setInFront] = useState(true)
  useDidShow(() => setInFront(true))
  useDidHide(() => setInFront(false))
  return asked !== undefined && isInFront ? <QuestionSheet asked={asked} /> : null
}
