/** Files stand in windows of their own, which no cover of a page reaches. */
const opened = new Set<Window>()

function keepFile(source: string, name: string) {
  const link = document.createElement('a')
  link.href = source
  link.download = name
  link.click()
}

export function openFile(source: string, name?: string) {
  const shown = window.open(source)
  // A browser opens no window for what took long to come.
  if (!shown) return name === undefined ? undefined : keepFile(source, name)
  opened.add(shown)
  window.addEventListener('pagehide', closeFiles, { once: true })
}

/** What was opened here is closed with the page that it was opened from, and when the desk is left. */
export function closeFiles() {
  for (const each of opened) each.close()
  opened.clear()
}
