import { URI } from 'vscode-uri'
import { type SentEvent, sentEvents } from './pages/page-calls.ts'
import { listWorkspace, readText } from './workspace.ts'

export interface IndexedPage {
  readonly uri: string
  readonly path: string
  readonly text: string
  readonly sent: readonly SentEvent[]
}

/** What lies in the opened folders. Read when first asked for, and again after a change. */
export class WorkspaceIndex {
  #folders: string[] = []
  #pages: IndexedPage[] | undefined

  /** @param uris addresses of the opened folders; only those on disk count */
  open(uris: readonly string[]): void {
    this.#folders = uris.map(uri => URI.parse(uri)).flatMap(uri => (uri.scheme === 'file' ? [uri.fsPath] : []))
    this.refresh()
  }

  refresh(): void {
    this.#pages = undefined
  }

  pages(): readonly IndexedPage[] {
    this.#pages ??= this.#folders.flatMap(folder =>
      listWorkspace(folder).pages.flatMap(path => {
        const text = readText(path)
        return text === undefined ? [] : [{ uri: URI.file(path).toString(), path, text, sent: sentEvents(path, text) }]
      })
    )
    return this.#pages
  }
}
