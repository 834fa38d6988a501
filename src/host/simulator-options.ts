import type { CallParams, CallResult, EngineCall, NetworkSettings } from '../protocol/engine.ts'
import type { FromPanel, PanelState, ToPanel } from '../protocol/panel.ts'
import type { Place } from '../trace/entry.ts'
import type { TraceLog } from '../trace/log.ts'
import type { AttachDebugger } from './bots/bot-debugging.ts'

/** What whoever embeds the simulator (the extension, the command line, a test) decides. */
export interface SimulatorOptions {
  /** Absolute path of the opened folder: the Botpress folder, one above it, or one inside it. */
  folder: string
  /** Absolute path of the folder with the built parts: `engine.js` and `webview/{inject,widget,panel}.js`. */
  dist: string
  /** The engine's entry point; default `<dist>/engine.js`. `src/runtime/main.ts` works too. */
  engine?: string
  /** Executable that runs the engine; default this process's own, run as Node. */
  execPath?: string
  /** A debugger may come, whose steps are to lead from a hook to what runs next. Costs each start some 50 ms. */
  debuggable?: boolean
  /** Folder for state that survives (SQLite); default a temporary one, deleted by `dispose`. */
  storage?: string
  /** Address of a bot of the Bot Framework family that somebody else runs: `http://localhost:3978/api/messages`. */
  botEndpoint?: string
  /** After so many ms without an answer a bot of the Bot Framework is said to hang. Default 15,000. */
  botNoticeMs?: number
  /** Folder in which addresses are kept that bots store, so that they stay good. Default `storage`. */
  addresses?: string
  /** Attaches a debugger to the inspector of a bot's process. Without it bots are not opened to debuggers. */
  attach?: AttachDebugger
  /** Port on 127.0.0.1; default any free one. */
  port?: number
  /** Bot and page to begin with; default the first found (page ids are paths below the workspace, or `builtin`). */
  botId?: string
  page?: string
  /** Whether the engine starts at once. `false`: status is `untrusted` until `{ kind: 'startEngine' }` or `start()`. Default true. */
  trusted?: boolean
  /** Watch `data/` and the pages for saved files. Default true; false when the embedding calls `filesChanged` for everything. */
  watch?: boolean
  /** After so many ms in which a hook gives nothing else a turn, its process is replaced. Default 5000. */
  hookLimitMs?: number
  /** After so many ms without an end an event is reported as stuck. Default 5000. */
  stuckAfterMs?: number
  botpressVersion?: string
  /** What hooks may call; asked when an engine is started. Default: only this computer. `call('network', …)` changes it while it runs. */
  network?: () => NetworkSettings
  clock?: 'real' | 'virtual'
  /** Start of the virtual clock, ms since 1970. */
  startAt?: number
  /**
   * Turns `http://127.0.0.1:<port>` into the origin by which the browser reaches it (`vscode.env.asExternalUri` in remote windows). Its host is then accepted too.
   */
  publicOrigin?: (localOrigin: string) => Promise<string>
  /** The panel asks to show a place in an editor. Without it (a plain browser) the panel is told that this needs an editor. */
  open?: (place: Place) => void
  /** The panel asks to keep a text where the author wants it. In a plain browser the panel downloads it instead. */
  saveText?: (name: string, text: string) => void
  /** The panel asks for the page that explains a rule of the editor (`BPH006`). */
  openRule?: (rule: string) => void
  /** A visitor pressed a link of the bot's: opens it outside of the simulator. Without it (a plain browser) it opens in a tab. */
  openLink?: (url: string) => void
  /** The panel asks for workspace trust. */
  trust?: () => void
}

/** Brings a message to a panel. Of a long past, the next piece follows when the promise of the one before has settled. */
export type SendToPanel = (message: ToPanel) => unknown

/** A panel's line to the simulator, whatever carries the messages. */
export interface PanelLine {
  /** What the panel says. A message of an unknown shape is ignored with a notice. Never rejects: failures become notices. */
  receive(message: unknown): Promise<void>
  dispose(): void
}

/**
 * What `Simulator` (simulator.ts) offers. Get one by `await Simulator.open(options)`; it resolves as soon as addresses are known, while the
 * engine may still be starting (`state.status === 'starting'`, see `ready()`).
 */
export interface SimulatorApi {
  readonly state: PanelState
  readonly trace: TraceLog
  /** The folder that holds `data/`, or undefined when none was found (status `no-bots`). */
  readonly root: string | undefined
  /** Calls the listener at each change of `state`. Returns the way to stop. */
  onState(listener: (state: PanelState) => void): () => void
  /** Sentences for the user that belong to no entry of the trace. */
  onNotice(listener: (notice: ToPanel & { kind: 'notice' }) => void): () => void
  /**
   * Joins a panel: `send` gets the state, all entries so far (after the panel's `ready`; many in pieces, see past.ts) and everything that follows, in batches.
   * The extension passes `webview.postMessage` and `onDidReceiveMessage`; `/ui/` does the same over server-sent events.
   */
  connect(send: SendToPanel): PanelLine
  /** Does what a panel, or a command of the editor, asks. Rejects with an Error whose message is a sentence for the user. */
  handle(message: FromPanel): Promise<void>
  /** Shows an entry in every connected panel. */
  reveal(seq: number): void
  /** Starts the engine when the workspace became trusted, or again after it failed. Resolves when the bots are mounted. */
  start(): Promise<void>
  /** Resolves when the engine is ready; rejects with a sentence when it cannot become so. */
  ready(): Promise<void>
  /** Asks the engine. `inspect` rests the watchdog until `inspectEnd`; rejects with an `EngineError` (`code`, `message`). */
  call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<CallResult<C>>
  /** Tells that files were saved, made or removed (absolute paths): the next event uses them; pages reload. */
  filesChanged(files: string[]): void
  /** Address of the plain browser's simulator (`'ui'`), or of the chosen page (`'page'`). */
  url(what: 'ui' | 'page'): string
  /** Ends engine, server and watchers; always finishes. */
  dispose(): Promise<void>
}
