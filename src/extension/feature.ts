import type * as vscode from 'vscode'
import type { CommandName } from './contributions.ts'

/** The editor's API as handed in by main.ts; files that take it can be tested without an editor. */
export type VSCode = typeof import('vscode')

export type CommandTable = Partial<Record<CommandName, (...args: never[]) => unknown>>

/** Every feature has these verbs and no others that the lab knows of. */
export interface Feature {
  /** Commands it answers; the lab refuses two answers to one command. */
  readonly commands?: CommandTable
  /** Begins to listen. Called once, returns at once. */
  start?(): void
  /** Ends what it began; a second call does nothing. */
  dispose(): void | Promise<void>
}

/** A list of things to dispose of. Once disposed, whatever is added later is disposed of at once, so that a slow start leaks nothing. */
export class Disposables implements vscode.Disposable {
  #items: { dispose(): unknown }[] = []
  #disposed = false

  get disposed(): boolean {
    return this.#disposed
  }

  add<T extends { dispose(): unknown }>(item: T): T {
    if (this.#disposed) item.dispose()
    else this.#items.push(item)
    return item
  }

  /** The same for a function that ends something. */
  onDispose(end: () => void): void {
    this.add({ dispose: end })
  }

  dispose(): void {
    this.#disposed = true
    for (const item of this.#items.splice(0).reverse()) item.dispose()
  }
}
