import { statSync } from 'node:fs'
import { type Canvas, canvasOf } from './canvas'
import { createCalls, type Host, type Options } from './host'

const MOST_TEMPLATES = 3
const MOST_RELATION_TEMPLATES = 6

/** Who the person is, what they allow, and what they photograph. */
export function accountApis(host: Host) {
  const { loop, holder, hands, listeners, isInTap, wasTapped } = host
  const { native, succeed, fail } = createCalls(host)
  const drawn: string[][] = []
  const templatesOf = (options: Options) => options['tmplIds'] as readonly string[]
  return {
    login: (options: Options) =>
      loop.track(async () => succeed('login', options, { code: await holder.codeFor('login') })),

    requestSubscribeMessage(options: Options) {
      const name = 'requestSubscribeMessage'
      if (!isInTap())
        return fail(name, options, 'can only be invoked by user TAP gesture.', { errCode: 10001 })
      const templates = templatesOf(options)
      if (templates.length > MOST_TEMPLATES)
        return fail(name, options, 'Templates count out of max bounds', { errCode: 20003 })
      loop.track(async () => {
        for (const id of templates) await holder.consent(id, hands.consent)
        succeed(name, options, Object.fromEntries(templates.map((id) => [id, hands.consent])))
      })
    },
    bindEmployeeRelation(options: Options) {
      const name = 'bindEmployeeRelation'
      if (!isInTap()) return fail(name, options, 'can only be invoked by user TAP gesture.')
      const count = templatesOf(options).length
      if (count === 0 || count > MOST_RELATION_TEMPLATES)
        return fail(name, options, 'tmplIds must name 1 to 6 templates')
      succeed(name, options)
    },

    onAppShow: (listener: (options: unknown) => void) => void listeners.appShow.add(listener),
    offAppShow: (listener: (options: unknown) => void) => void listeners.appShow.delete(listener),
    onAppHide: (listener: (options: unknown) => void) => void listeners.appHide.add(listener),
    offAppHide: (listener: (options: unknown) => void) => void listeners.appHide.delete(listener),
    navigateToMiniProgram(options: Options) {
      const name = 'navigateToMiniProgram'
      if (!wasTapped()) return fail(name, options, 'can only be invoked by user TAP gesture.')
      succeed(name, options)
      loop.track(async () => {
        if (hands.killedBehind) return
        const code = await holder.codeFor('real-name')
        loop.later(() => {
          const back = native({ scene: 1038, referrerInfo: { appId: options['appId'], extraData: { code } } })
          for (const listener of [...listeners.appShow]) listener(back)
        })
      })
    },

    chooseMedia(options: Options) {
      const refusal = hands.refusals.get('chooseMedia')
      if (refusal !== undefined) return fail('chooseMedia', options, refusal)
      const paths = hands.photos.splice(0, Number(options['count'] ?? 9))
      if (paths.length === 0) return fail('chooseMedia', options, 'cancel')
      const tempFiles = paths.map((tempFilePath) => ({
        tempFilePath,
        size: statSync(tempFilePath).size,
        fileType: 'image',
      }))
      succeed('chooseMedia', options, { type: 'image', tempFiles })
    },
    previewImage(options: Options) {
      hands.previewed.push(String(options['current']))
      succeed('previewImage', options)
    },
    createOffscreenCanvas: (options: Options) => canvasOf(host, options),
    canvasToTempFilePath(options: Options) {
      const { words } = options['canvas'] as Canvas
      const tempFilePath = `http://tmp/drawn-${drawn.push(words) - 1}.png`
      succeed('canvasToTempFilePath', options, { tempFilePath })
    },
    saveImageToPhotosAlbum(options: Options) {
      const name = 'saveImageToPhotosAlbum'
      const refusal = hands.refusals.get(name)
      if (refusal !== undefined) return fail(name, options, refusal)
      if (!hands.opensAlbum) return fail(name, options, 'auth deny')
      const words = drawn[Number(/drawn-(\d+)/.exec(String(options['filePath']))?.[1])]
      if (!words) return fail(name, options, 'invalid file path')
      hands.album.push(words)
      succeed(name, options)
    },
    openDocument: (options: Options) => succeed('openDocument', options),
    scanCode: (options: Options) => fail('scanCode', options, 'cancel'),
  }
}
