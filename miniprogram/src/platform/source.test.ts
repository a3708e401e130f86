import { expect, test } from 'vitest'
import { launchSource, learnSource } from './source'

test('the newest code or link counts, a link before a scene, and what nobody can file is none', () => {
  expect(launchSource()).toBeUndefined()
  learnSource()
  learnSource({ src: 'x'.repeat(33) })
  learnSource({ src: '海报' })
  learnSource({ scene: '%E0%A4%A' })
  expect(launchSource()).toBeUndefined()
  learnSource({ scene: 'village%2Fposter-1' })
  expect(launchSource()).toBe('village/poster-1')
  learnSource({})
  expect(launchSource()).toBe('village/poster-1')
  learnSource({ src: 'p2', scene: 'p3' })
  expect(launchSource()).toBe('p2')
})
