import type * as vscode from 'vscode'
import type { TraceLog } from '../trace/log.ts'

/** What bots of the Bot Framework family print, in an output channel that is there from the first line on. */
export class BotOutput {
  readonly #vscode: typeof vscode
  readonly #stop: () => void
  #channel: vscode.OutputChannel | undefined

  constructor(api: typeof vscode, trace: TraceLog) {
    this.#vscode = api
    this.#stop = trace.subscribe(entries => {
      for (const entry of entries) if (entry.kind === 'bot-output') this.#line(`[${entry.bot}] ${entry.text}`)
    })
  }

  #line(text: string): void {
    this.#channel ??= this.#vscode.window.createOutputChannel('Proactive Hooks Bots')
    this.#channel.appendLine(text)
  }

  dispose(): void {
    this.#stop()
    this.#channel?.dispose()
  }
}
