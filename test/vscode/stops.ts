/** What the debugger does, told by its own protocol: what a window shows of it comes a moment later. */
import * as vscode from 'vscode'
import { eventually } from './support.ts'

interface Message {
  seq: number
  type: string
  command?: string
  event?: string
  request_seq?: number
  success?: boolean
  arguments?: { source?: { path?: string }; breakpoints?: { line: number }[] }
  body?: { threadId?: number }
}

/** A place where a thread stands still. */
export class Stop {
  readonly session: vscode.DebugSession
  readonly threadId: number
  readonly frame: { id: number; line: number; name: string; path: string }

  constructor(session: vscode.DebugSession, threadId: number, frame: Stop['frame']) {
    this.session = session
    this.threadId = threadId
    this.frame = frame
  }

  /** File and line, as in `steps.js:2`. */
  get at(): string {
    return `${this.frame.path.split(/[\\/]/).at(-1)}:${this.frame.line}`
  }

  /** What an expression is worth where the thread stands, as text. */
  async evaluate(expression: string): Promise<string> {
    return (await this.session.customRequest('evaluate', { expression, frameId: this.frame.id, context: 'repl' })).result
  }

  /** `continue`, `next`, `stepIn`, `stepOut`. */
  async go(how: 'continue' | 'next' | 'stepIn' | 'stepOut' = 'continue'): Promise<void> {
    await this.session.customRequest(how, { threadId: this.threadId })
  }
}

/** The stops of all sessions of the JavaScript debugger, one after the other, and the breakpoints that it has. */
export class Stops implements vscode.Disposable {
  readonly #waiting: { session: vscode.DebugSession; threadId: number }[] = []
  /** Lines by session and file. */
  readonly #held = new Map<string, string>()
  /** Ids of sessions that have not ended. The editor's own `activeDebugSession` may go on naming one that has. */
  readonly #open = new Set<string>()
  readonly #mine: vscode.Disposable[] = []

  constructor() {
    this.#mine.push(
      vscode.debug.onDidStartDebugSession(({ id }) => this.#open.add(id)),
      vscode.debug.onDidTerminateDebugSession(({ id }) => this.#open.delete(id))
    )
    const factory = vscode.debug.registerDebugAdapterTrackerFactory('pwa-node', {
      createDebugAdapterTracker: session => {
        const asked = new Map<number, Message>()
        return {
          onWillReceiveMessage: (message: Message) => {
            if (message.command === 'setBreakpoints') asked.set(message.seq, message)
          },
          onDidSendMessage: (message: Message) => {
            if (message.event === 'stopped') this.#waiting.push({ session, threadId: message.body?.threadId ?? 0 })
            const request = message.type === 'response' && message.success && asked.get(message.request_seq ?? 0)
            if (!request) return
            const { source, breakpoints = [] } = request.arguments ?? {}
            this.#held.set(`${session.id} ${source?.path}`, breakpoints.map(({ line }) => line).join())
          }
        }
      }
    })
    this.#mine.push(factory)
  }

  /** Resolves when every session that began since is over. */
  async over(): Promise<void> {
    await eventually('the end of all sessions', () => this.#open.size === 0)
  }

  /** The next stop that nobody was told of. */
  async next(): Promise<Stop> {
    const { session, threadId } = await eventually('a stop of the debugger', () => this.#waiting.shift())
    const { stackFrames } = await session.customRequest('stackTrace', { threadId, levels: 1 })
    const [{ id, line, name, source }] = stackFrames
    return new Stop(session, threadId, { id, line, name, path: source?.path ?? '' })
  }

  /** Whether no stop is left that nobody was told of. */
  get none(): boolean {
    return this.#waiting.length === 0
  }

  /** Changes the breakpoints of a file while a session runs. Resolves when that session has them. */
  async breakOnlyAt(session: vscode.DebugSession, uri: vscode.Uri, line: number): Promise<void> {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints)
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(new vscode.Location(uri, new vscode.Position(line - 1, 0)))])
    await eventually(`line ${line} as the only breakpoint`, () => this.#held.get(`${session.id} ${uri.fsPath}`) === `${line}`)
  }

  dispose(): void {
    for (const one of this.#mine) one.dispose()
  }
}
