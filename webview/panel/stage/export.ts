import { transcriptOf } from '../../../src/trace/transcript/transcript.ts'
import { type TranscriptFormat, WRITERS } from '../../../src/trace/transcript/writers.ts'
import type { Store } from '../store.ts'

/** Writes down what was said: the editor asks where to, a plain browser downloads it. */
export function exportTranscript(store: Store, format: TranscriptFormat): void {
  const { ending, mediaType, write } = WRITERS[format]
  const title = `Transcript of ${store.panel?.page ?? 'a run'}`
  const text = write(transcriptOf(store.entries, store.index), title)
  const name = `transcript.${ending}`
  if (store.transport.kind === 'editor') store.send({ kind: 'saveText', name, text })
  else download(name, mediaType, text)
}

function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
