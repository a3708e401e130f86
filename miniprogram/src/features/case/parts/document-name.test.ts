import { expect, test } from 'vitest'
import { documentName } from './document-name'

const paper = (title: string, organName: string) => ({ title, organName })
const all = [
  paper('受理通知书', '马上办'),
  paper('准予行政许可决定书', '水利局'),
  paper('准予行政许可决定书', '住建局'),
]

test('papers of one title are told apart by whose they are, and others are called by their title', () => {
  expect(all.map((each) => documentName(each, all))).toEqual([
    '受理通知书',
    '水利局的准予行政许可决定书',
    '住建局的准予行政许可决定书',
  ])
})
