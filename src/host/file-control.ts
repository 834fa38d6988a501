import { resolve } from 'node:path'
import type { SavedFile } from '../trace/saved-files.ts'
import type { EngineControl } from './engine-control.ts'
import { FileWatch } from './file-watch.ts'
import type { PageControl } from './page-control.ts'
import type { Replay } from './replay.ts'
import { SavedFiles } from './saved-files.ts'
import type { WorkspaceView } from './workspace-view.ts'

export interface FileControlOptions {
  folder: string
  /** Whether they are watched here. Otherwise whoever embeds the simulator tells what was saved. */
  isWatching: boolean
  workspace: WorkspaceView
  engine: EngineControl
  pages: PageControl
  replay: Replay
  /** There is no engine that could tell of them. */
  onSaved(files: SavedFile[]): void
}

const IS_PAGE_PART = /\.(html?|m?js)$/i
const IN_DATA = /[\\/]data[\\/]/
const IN_BOTS = /[\\/]data[\\/](global|bots)[\\/]/
const AMONG_HOOKS = /[\\/]hooks[\\/]/
const IS_BOT_CONFIG = /bot\.config\.json$/

/** Which files matter to what is played, and what a save of them leads to. */
export class FileControl {
  #options: FileControlOptions
  #saved = new SavedFiles()
  #watch: FileWatch | undefined
  #root: string | undefined
  /** Resolves when a save can be told with what the file was before. */
  remembered: Promise<void> = Promise.resolve()

  constructor(options: FileControlOptions) {
    this.#options = options
  }

  /** Watches what there is now, besides what was there before. */
  watch(): void {
    const { isWatching, workspace, folder } = this.#options
    if (workspace.root !== undefined && workspace.root !== this.#root) {
      this.#root = workspace.root
      this.remembered = this.#saved.remember(workspace.root)
    }
    if (!isWatching) return
    this.#watch ??= new FileWatch(files => this.saved(files))
    if (workspace.root) this.#watch.addTree(resolve(workspace.root, 'data'))
    else this.#watch.addTree(folder)
    for (const file of workspace.pageFiles) this.#watch.addFile(file)
  }

  /** A page got this file. */
  served(file: string): void {
    this.#options.pages.serve(file)
    this.#saved.served(file)
    this.#watch?.addFile(file)
  }

  /** Files were saved, made or removed (absolute paths). */
  saved(files: string[]): void {
    const { workspace, engine, pages, replay, onSaved } = this.#options
    if (engine.isTrusted && !engine.isThere) {
      pages.look()
      engine.begin()
    }
    const saved = this.#saved.see(files, file => pages.hasServed(file) || workspace.pageFiles.includes(file))
    // Without an engine nobody else tells of it.
    void engine.call('changed', { files, saved }).catch(() => saved.length > 0 && onSaved(saved))
    if (files.some(file => isPagePart(file) || IS_BOT_CONFIG.test(file))) pages.look()
    if (files.some(file => AMONG_HOOKS.test(file))) pages.lookAtHooks()
    if (files.some(file => pages.hasServed(file))) pages.reload()
    replay.filesSaved(files.filter(file => isPagePart(file) || IN_DATA.test(file) || pages.hasServed(file)))
  }

  close(): void {
    this.#watch?.close()
  }
}

function isPagePart(file: string): boolean {
  return IS_PAGE_PART.test(file) && !IN_BOTS.test(file)
}
