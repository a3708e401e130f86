/** Files stand in windows of their own, which no cover of a page reaches. */
const opened = new Set<Window>()

export function openFile(source: string) {
  const shown = window.open(source)
  if (!shown) return
  opened.add(shown)
  window.addEventListener('pagehide', closeFiles, { once: true })
}

/** What was opened here is closed with the page that it was opened from, and when the desk is left. */
export function closeFiles() {
  for (const each of opened) each.close()
  opened.clear()
}
