import type { Platform } from '../platform'

/** A wheel enlarges where one would scroll, and a drag moves what has become larger than its frame. */
export const watchStage: Platform['watchStage'] = (id, onZoom) => {
  const stage = document.getElementById(id)
  if (!stage) return () => {}
  const onWheel = (event: WheelEvent) => {
    event.preventDefault()
    if (event.deltaY !== 0) onZoom(event.deltaY < 0 ? 1 : -1)
  }
  const onDown = (event: PointerEvent) => {
    // What is captured is clicked nowhere: only the picture is dragged.
    if (!(event.target instanceof Element) || event.target.closest('[role="button"]')) return
    event.preventDefault()
    stage.setPointerCapture(event.pointerId)
  }
  const onMove = ({ pointerId, movementX, movementY }: PointerEvent) => {
    if (!stage.hasPointerCapture(pointerId)) return
    stage.scrollBy(-movementX, -movementY)
  }
  stage.addEventListener('wheel', onWheel, { passive: false })
  stage.addEventListener('pointerdown', onDown)
  stage.addEventListener('pointermove', onMove)
  return () => {
    stage.removeEventListener('wheel', onWheel)
    stage.removeEventListener('pointerdown', onDown)
    stage.removeEventListener('pointermove', onMove)
  }
}
