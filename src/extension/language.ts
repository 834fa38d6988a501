import { join } from 'node:path'
import type * as vscode from 'vscode'
import type { LanguageClient, LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node'
import type * as z from 'zod/mini'
import { type LanguageNotifications, type LanguageOptions, LanguageRequests, OTHER_DOCUMENTS, WATCHED_FILES } from '../protocol/language.ts'
import { LANGUAGE_ID } from './contributions.ts'
import { Disposables, type Feature } from './feature.ts'
import type { Lab } from './lab.ts'
import { changes, setting } from './settings.ts'

/** Words by which an HTML file or a script is known as a page of ours. */
const PAGE_WORDS = /botpressWebChat|voiceflow\.chat/
/** Words by which a script is known as a bot's. */
const BOT_WORDS = /['"](botbuilder|@microsoft\/agents-)/

/** Where documents are written. Those of a file's history (`git:`) are the same once more, and nobody mends them. */
const WRITTEN_IN = ['file', 'untitled', 'vscode-vfs']

/** Settings that the server is told at its start only. */
const RESTARTS = ['rules', 'language.sdk', 'language.node', 'languageServer.trace'] as const

/** The language server, started when the first hook or page shows up. It never runs a hook, so it works in restricted workspaces too. */
export class Language implements Feature {
  readonly commands = { restartLanguageServer: () => this.restart() }
  readonly #lab: Lab
  readonly #mine = new Disposables()
  readonly #log: vscode.LogOutputChannel
  #client: Promise<LanguageClient | undefined> | undefined
  /** Of the client, which does not end what it was given. */
  #watchers = new Disposables()
  readonly #ready: vscode.EventEmitter<void>
  /** The server answers: at its first start, and after each restart. */
  readonly onReady: vscode.Event<void>

  constructor(lab: Lab) {
    this.#lab = lab
    this.#ready = this.#mine.add(new lab.vscode.EventEmitter<void>())
    this.onReady = this.#ready.event
    this.#log = this.#mine.add(lab.vscode.window.createOutputChannel('Proactive Hooks Language Server', { log: true }))
  }

  start(): void {
    const { workspace } = this.#lab.vscode
    const look = (document: vscode.TextDocument) => void (this.#wants(document) && this.client())
    for (const document of workspace.textDocuments) look(document)
    this.#mine.add(workspace.onDidOpenTextDocument(look))
    this.#mine.add(this.#lab.roots.onDidChange(() => this.#lab.roots.hooks.length > 0 && void this.client()))
    this.#mine.add(
      workspace.onDidChangeConfiguration(event => {
        if (this.#client && RESTARTS.some(name => changes(event, name))) void this.restart()
      })
    )
  }

  /** The client once the server answers; starts it if need be. A failure is reported once; *Restart Language Server* tries again. */
  client(): Promise<LanguageClient | undefined> {
    if (this.#client) return this.#client
    this.#client = this.#open().catch(error => {
      this.#lab.report(error)
      return undefined
    })
    void this.#client.then(client => client && this.#ready.fire())
    return this.#client
  }

  /** Asks the server one of our own questions; undefined when it cannot answer. */
  async ask<M extends keyof typeof LanguageRequests>(
    method: M,
    params: z.input<(typeof LanguageRequests)[M]['params']>
  ): Promise<z.output<(typeof LanguageRequests)[M]['result']> | undefined> {
    try {
      const answer = await (await this.client())?.sendRequest(method, params)
      return LanguageRequests[method].result.parse(answer) as z.output<(typeof LanguageRequests)[M]['result']>
    } catch (error) {
      this.#log.warn(`${method}: ${error}`)
      return undefined
    }
  }

  /** Tells the server something, if it runs. */
  async tell<M extends keyof typeof LanguageNotifications>(method: M, params: z.input<(typeof LanguageNotifications)[M]>): Promise<void> {
    try {
      await (await this.#client)?.sendNotification(method, params)
    } catch (error) {
      this.#log.warn(`${method}: ${error}`)
    }
  }

  async restart(): Promise<void> {
    await this.#close()
    await this.client()
  }

  async #open(): Promise<LanguageClient> {
    const { vscode, context } = this.#lab
    const { LanguageClient, Trace, TransportKind } = await import('./language-client.ts')
    const watchers = new Disposables()
    this.#watchers = watchers
    const module = join(context.extensionPath, 'dist', 'server.js')
    const server: ServerOptions = { module, transport: TransportKind.ipc, options: { execArgv: ['--max-semi-space-size=4'] } }
    const options: LanguageClientOptions = {
      documentSelector: [
        ...WRITTEN_IN.map(scheme => ({ language: LANGUAGE_ID, scheme })),
        ...OTHER_DOCUMENTS.map(filter => ({ ...filter, scheme: 'file' }))
      ],
      outputChannel: this.#log,
      synchronize: { fileEvents: WATCHED_FILES.map(glob => watchers.add(vscode.workspace.createFileSystemWatcher(glob))) },
      initializationOptions: {
        rules: setting(vscode, 'rules'),
        sdk: setting(vscode, 'language.sdk'),
        node: setting(vscode, 'language.node')
      } satisfies Partial<Record<keyof LanguageOptions, unknown>>,
      diagnosticCollectionName: 'proactive-hooks'
    }
    const client = new LanguageClient('proactiveHooks', 'Proactive Hooks Language Server', server, options)
    const begun = Date.now()
    await client.start()
    const trace = setting(vscode, 'languageServer.trace')
    if (trace !== 'off') await client.setTrace(trace === 'verbose' ? Trace.Verbose : Trace.Messages)
    this.#log.info(`Language server ready after ${Date.now() - begun} ms`)
    return client
  }

  async #close(): Promise<void> {
    const client = await this.#client
    this.#client = undefined
    this.#watchers.dispose()
    await client?.dispose()
  }

  #wants(document: vscode.TextDocument): boolean {
    if (!['file', 'untitled'].includes(document.uri.scheme)) return false
    if (document.languageId === LANGUAGE_ID) return true
    if (['html', 'javascript'].includes(document.languageId) && PAGE_WORDS.test(document.getText())) return true
    return ['javascript', 'typescript'].includes(document.languageId) && BOT_WORDS.test(document.getText())
  }

  async dispose(): Promise<void> {
    await this.#close()
    this.#mine.dispose()
  }
}
