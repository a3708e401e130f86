import { expect, test } from 'vitest'
import { besidePlace, nextPlace, zoomBeside } from './viewer-place'

const file = { id: 'f', name: '照片.jpg', contentType: 'image/jpeg', url: '/f' }
const papers = [{ files: [file, file] }, { files: [file] }, { files: [file, file, file] }]

test('one leafs through the photos of a paper, then on to the next paper, and stays at the ends', () => {
  expect(besidePlace(papers, { paper: 0, file: 0 }, 1)).toEqual({ paper: 0, file: 1 })
  expect(besidePlace(papers, { paper: 0, file: 1 }, 1)).toEqual({ paper: 1, file: 0 })
  expect(besidePlace(papers, { paper: 1, file: 0 }, -1)).toEqual({ paper: 0, file: 1 })
  expect(besidePlace(papers, { paper: 0, file: 0 }, -1)).toEqual({ paper: 0, file: 0 })
  expect(besidePlace(papers, { paper: 2, file: 2 }, 1)).toEqual({ paper: 2, file: 2 })
})

test('the back of a card comes before the next paper, and after the last photo comes nothing', () => {
  expect(nextPlace(papers, { paper: 0, file: 0 })).toEqual({ paper: 0, file: 1 })
  expect(nextPlace(papers, { paper: 0, file: 1 })).toEqual({ paper: 1, file: 0 })
  expect(nextPlace(papers, { paper: 2, file: 2 })).toBeUndefined()
})

test('a picture is enlarged step by step, and never smaller than whole', () => {
  expect([1, 1.5, 2, 3, 4, 6].map((zoom) => zoomBeside(zoom, 1))).toEqual([1.5, 2, 3, 4, 6, 6])
  expect([1, 1.5, 6].map((zoom) => zoomBeside(zoom, -1))).toEqual([1, 1, 4])
})
