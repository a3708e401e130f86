import { View } from '@tarojs/components'
import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import { Button } from '../form/button'
import { Sheet, SheetActions, useHeard } from '../layout/sheet'

interface Question {
  readonly title: string
  readonly words: string
  readonly confirm: string
  /** Left out where there is nothing to choose. */
  readonly cancel?: string
  /** To agree ends something for good: the way out stands first and is filled. */
  readonly ends?: boolean
  /** Neither way is the one to take: to take a consent back is as easy as it was to give it. 个人信息保护法 第15条 */
  readonly even?: boolean
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
  const { title, words, confirm, cancel, ends, even, answer } = asked
  const heard = useHeard(answer)
  useEffect(() => () => answer(false), [answer])
  const press = (agreed: boolean) => heard(() => answer(agreed))
  const agree = (
    <Button key='agree' block kind={ends ? 'danger' : even ? 'secondary' : 'primary'} onPress={press(true)}>
      {confirm}
    </Button>
  )
  const refuse = cancel !== undefined && (
    <Button key='refuse' block kind={ends ? 'primary' : 'secondary'} onPress={press(false)}>
      {cancel}
    </Button>
  )
  return (
    <Sheet title={title} onClose={press(false)}>
      <View>{words}</View>
      <SheetActions>{ends ? [refuse, agree] : [agree, refuse]}</SheetActions>
    </Sheet>
  )
}

/** The pages that are shown, the one in front last: the browser tells the one below late that it is hidden. */
const useShown = create<{ pages: readonly symbol[] }>(() => ({ pages: [] }))
const withdraw = (page: symbol) =>
  useShown.setState(({ pages }) => ({ pages: pages.filter((each) => each !== page) }))
const comeForward = (page: symbol) =>
  useShown.setState(({ pages }) => ({ pages: [...pages.filter((each) => each !== page), page] }))

/** Part of `Page`: the one in front asks, and no other, whose going would answer for whoever reads it. */
export function AskedQuestion() {
  const asked = useAsked((state) => state.asked)
  const [page] = useState(() => Symbol('page'))
  const isInFront = useShown(({ pages }) => pages[pages.length - 1] === page)
  useEffect(() => {
    comeForward(page)
    return () => withdraw(page)
  }, [page])
  useDidShow(() => comeForward(page))
  useDidHide(() => withdraw(page))
  return asked !== undefined && isInFront ? <QuestionSheet asked={asked} /> : null
}
