import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import {
  type ClientCapabilities,
  type CompletionItem,
  type CompletionList,
  type ConfigurationParams,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Registration,
  type RegistrationParams,
  StreamMessageReader,
  StreamMessageWriter
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'

/** The cursor in a test's text; it does not occur in hooks. */
export const CURSOR = '‸'

const MAIN = fileURLToPath(new URL('../../src/language/main.ts', import.meta.url))

/** A document that is open in the server. */
export interface OpenDocument {
  readonly uri: string
  readonly document: TextDocument
  /** Where the mark stood; the start when there was none. */
  readonly cursor: Position
}

/** Speaks LSP with the real server process over stdio, as an editor would. */
export class LanguageClient {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #connection: ProtocolConnection
  readonly #published = new Map<string, PublishDiagnosticsParams>()
  readonly #registered: Registration[] = []
  readonly #waiting = new Set<() => void>()
  readonly #ended: Promise<number | null>
  readonly #kill = () => void this.#child.kill()
  #count = 0
  /** What the editor is set to, by section. */
  readonly settings: Record<string, unknown> = {}
  initialized!: InitializeResult

  private constructor() {
    this.#child = spawn(process.execPath, [MAIN, '--stdio'], { stdio: 'pipe' })
    this.#child.stderr.pipe(process.stderr)
    // A test that fails before it stops its server must not keep the run from ending.
    process.once('exit', this.#kill)
    this.#child.once('exit', () => process.off('exit', this.#kill))
    this.#child.unref()
    for (const pipe of [this.#child.stdin, this.#child.stdout, this.#child.stderr]) (pipe as unknown as Socket).unref()
    this.#ended = new Promise(resolve => this.#child.once('exit', code => resolve(code)))
    this.#connection = createProtocolConnection(new StreamMessageReader(this.#child.stdout), new StreamMessageWriter(this.#child.stdin))
    this.#connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#published.set(params.uri, params)
      for (const wake of [...this.#waiting]) wake()
    })
    this.#connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      this.#registered.push(...registrations)
      for (const wake of [...this.#waiting]) wake()
      return null
    })
    this.#connection.onRequest('workspace/configuration', ({ items }: ConfigurationParams) =>
      items.map(({ section }) => this.settings[section ?? ''] ?? null)
    )
    this.#connection.listen()
  }

  static async start(
    folders: readonly string[] = [],
    initializationOptions: unknown = {},
    capabilities: ClientCapabilities = {}
  ): Promise<LanguageClient> {
    const client = new LanguageClient()
    client.initialized = await client.request('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities,
      workspaceFolders: folders.map(folder => ({ uri: folder, name: folder })),
      initializationOptions
    })
    await client.#connection.sendNotification('initialized', {})
    return client
  }

  request<R>(method: string, params: unknown): Promise<R> {
    return this.#connection.sendRequest<R>(method, params)
  }

  /** Opens a text as a hook of a type, or under an address of one's own. */
  async open(text: string, where: { hookType?: string; uri?: string; languageId?: string } = {}): Promise<OpenDocument> {
    const uri = where.uri ?? `file:///shop/data/global/hooks/${where.hookType ?? 'before_incoming_middleware'}/test_${++this.#count}.js`
    const at = text.indexOf(CURSOR)
    const document = TextDocument.create(uri, where.languageId ?? 'botpress-hook', 1, text.replace(CURSOR, ''))
    await this.#connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: document.languageId, version: 1, text: document.getText() }
    })
    return { uri, document, cursor: document.positionAt(Math.max(0, at)) }
  }

  /** Replaces a part of an open document, as typing does. */
  async edit(open: OpenDocument, from: Position, to: Position, text: string): Promise<void> {
    const version = open.document.version + 1
    const change = { range: { start: from, end: to }, text }
    TextDocument.update(open.document, [change], version)
    await this.#connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: open.uri, version },
      contentChanges: [change]
    })
  }

  async close(open: OpenDocument): Promise<void> {
    this.#published.delete(open.uri)
    await this.#connection.sendNotification('textDocument/didClose', { textDocument: { uri: open.uri } })
  }

  async notify(method: string, params: unknown): Promise<void> {
    await this.#connection.sendNotification(method, params)
  }

  /** The diagnostics of the version that the document has now. */
  async diagnostics(open: OpenDocument): Promise<Diagnostic[]> {
    for (;;) {
      const found = this.#published.get(open.uri)
      if (found?.version === open.document.version) return found.diagnostics
      await this.#news()
    }
  }

  /** What was published about a document so far does not count. */
  forget(open: OpenDocument): void {
    this.#published.delete(open.uri)
  }

  /** What the server announced after the start, once it is so much. */
  async registrations(count: number): Promise<readonly Registration[]> {
    while (this.#registered.length < count) await this.#news()
    return this.#registered
  }

  #news(): Promise<void> {
    return new Promise<void>(resolve => {
      const wake = () => {
        this.#waiting.delete(wake)
        resolve()
      }
      this.#waiting.add(wake)
    })
  }

  async completions(open: OpenDocument): Promise<CompletionItem[]> {
    const list = await this.at<CompletionList | CompletionItem[] | null>('textDocument/completion', open)
    return Array.isArray(list) ? list : (list?.items ?? [])
  }

  /** A request about the place of the mark. */
  at<R>(method: string, open: OpenDocument, more: object = {}): Promise<R> {
    return this.request<R>(method, { textDocument: { uri: open.uri }, position: open.cursor, ...more })
  }

  /** @returns the exit code of the server */
  async stop(): Promise<number | null> {
    await this.request('shutdown', undefined)
    await this.#connection.sendNotification('exit')
    return this.#ended
  }
}

/** Diagnostics as text, one a line: severity, code and what it covers. */
export function drawn(open: OpenDocument, diagnostics: readonly Diagnostic[]): string[] {
  const severities = ['', 'error', 'warning', 'info', 'hint']
  return diagnostics.map(found => `${severities[found.severity ?? 0]} ${found.code} ‹${open.document.getText(found.range)}›`)
}

/** What is worse than a hint. */
export function serious(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(found => (found.severity ?? 1) < 4)
}
