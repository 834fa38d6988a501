import type * as vscode from 'vscode'
import { sdkOfDependencies } from '../botframework/sdk.ts'
import { HOOK_TYPES } from '../botpress/hook-types.ts'
import { CONTEXT, LANGUAGE_ID } from './contributions.ts'
import { Disposables, type Feature } from './feature.ts'
import { followFolders } from './folder-changes.ts'
import { above, type FoundHook, inRunOrder, rootsOf } from './found-roots.ts'
import type { Lab } from './lab.ts'
import { isInside } from './places.ts'

/** A folder that holds `data/`, so that an engine can run in it; or an opened folder with a bot of the Bot Framework family in it. */
export interface Root {
  /** File path in the system's own form. */
  readonly path: string
  readonly uri: vscode.Uri
  /** The opened folder through which it was found. */
  readonly folder: vscode.WorkspaceFolder | undefined
  readonly bots: readonly string[]
}

const HOOK_FILES = `**/{global,bots/*}/hooks/{${HOOK_TYPES.map(type => type.id).join(',')}}/**/*.js`
const BOT_CONFIGS = '**/data/bots/*/bot.config.json'
const MANIFESTS = '**/package.json'
/** More packages than these are not looked into. */
const MOST_MANIFESTS = 200
const EXCLUDED = '**/node_modules/**'
/** From `data/bots/<bot>/hooks/<type>/<sub-folder>` the Botpress folder is six levels up. */
const LEVELS_UP = 8

/** Knows which Botpress folders and hooks the window has, whatever folder was opened, and keeps the `when` keys true to it. */
export class Roots implements Feature {
  readonly #lab: Lab
  readonly #mine = new Disposables()
  readonly #changed: vscode.EventEmitter<void>
  readonly onDidChange: vscode.Event<void>
  #all: readonly Root[] = []
  #hooks: readonly FoundHook[] = []
  #scan: Promise<void> = Promise.resolve()
  #due: NodeJS.Timeout | undefined

  constructor(lab: Lab) {
    this.#lab = lab
    this.#changed = this.#mine.add(new lab.vscode.EventEmitter<void>())
    this.onDidChange = this.#changed.event
  }

  start(): void {
    const { workspace } = this.#lab.vscode
    for (const glob of [HOOK_FILES, BOT_CONFIGS]) {
      const watcher = this.#mine.add(workspace.createFileSystemWatcher(glob, false, true, false))
      this.#mine.add(watcher.onDidCreate(() => this.#scanSoon()))
      this.#mine.add(watcher.onDidDelete(() => this.#scanSoon()))
    }
    this.#mine.add(
      followFolders(this.#lab.vscode, {
        came: () => this.#scanSoon(),
        went: ({ path }) => this.#isKnownIn(path) && this.#scanSoon()
      })
    )
    const manifests = this.#mine.add(workspace.createFileSystemWatcher(MANIFESTS))
    const isOwn = ({ path }: vscode.Uri) => !path.includes('/node_modules/')
    for (const event of [manifests.onDidCreate, manifests.onDidChange, manifests.onDidDelete])
      this.#mine.add(event(uri => isOwn(uri) && this.#scanSoon()))
    this.#mine.add(workspace.onDidChangeWorkspaceFolders(() => this.scan()))
    this.#mine.add(workspace.onDidOpenTextDocument(document => this.#isNews(document) && this.scan()))
    this.#mine.onDispose(() => clearTimeout(this.#due))
    void this.scan()
  }

  /** Resolves when the scan under way, if any, has ended. */
  async all(): Promise<readonly Root[]> {
    await this.#scan
    return this.#all
  }

  /** Hook files of the window in run order, as the last scan saw them. */
  get hooks(): readonly FoundHook[] {
    return this.#hooks
  }

  /** The Botpress folder that a file lies in. */
  async of(uri: vscode.Uri): Promise<Root | undefined> {
    const roots = (await this.all()).filter(root => isInside(uri.path, root.uri.path))
    return roots.sort((a, b) => b.path.length - a.path.length)[0]
  }

  /** Looks again; scans run one after the other. */
  scan(): Promise<void> {
    this.#scan = this.#scan.then(() => this.#look()).catch(error => this.#lab.log.error(error))
    return this.#scan
  }

  #scanSoon(): void {
    clearTimeout(this.#due)
    this.#due = setTimeout(() => void this.scan(), 100)
  }

  #isKnownIn(path: string): boolean {
    const bots = this.#all.flatMap(root => root.bots.map(bot => `${root.uri.path}/data/bots/${bot}`))
    return [...bots, ...this.#all.map(root => root.uri.path), ...this.#hooks.map(hook => hook.path)].some(known => isInside(known, path))
  }

  #isNews(document: vscode.TextDocument): boolean {
    return (
      document.languageId === LANGUAGE_ID && document.uri.scheme === 'file' && !this.#hooks.some(hook => hook.path === document.uri.path)
    )
  }

  async #look(): Promise<void> {
    const { vscode } = this.#lab
    const { workspace, commands } = vscode
    const [hookFiles, botConfigs, upward, withBots] = await Promise.all([
      workspace.findFiles(HOOK_FILES, EXCLUDED),
      workspace.findFiles(BOT_CONFIGS, EXCLUDED),
      this.#upward(),
      this.#withBots()
    ])
    // A folder opened below `hooks/` holds hooks whose path in the folder does not say so: those opened count.
    const opened = workspace.textDocuments.filter(document => document.languageId === LANGUAGE_ID && document.uri.scheme === 'file')
    const paths = [...new Set([...hookFiles, ...opened.map(document => document.uri)].map(uri => uri.path))]
    this.#hooks = inRunOrder(paths)

    const found = rootsOf(
      paths,
      botConfigs.map(uri => uri.path)
    )
    for (const path of upward) if (!found.has(path)) found.set(path, [])
    const roots = await Promise.all([...found].map(([path, bots]) => this.#root(path, bots)))
    const ofBotpress = roots.filter(root => root !== undefined)
    this.#all = [...ofBotpress, ...withBots.filter(root => !ofBotpress.some(other => isInside(other.uri.path, root.uri.path)))]
    await Promise.all([
      commands.executeCommand('setContext', CONTEXT.hasRoot, this.#all.length > 0),
      commands.executeCommand('setContext', CONTEXT.hasHooks, this.#hooks.length > 0),
      commands.executeCommand('setContext', CONTEXT.hasOnlyBots, this.#all.length > 0 && ofBotpress.length === 0)
    ])
    this.#changed.fire()
  }

  /** Opened folders in which a package depends on an SDK of the Bot Framework family. */
  async #withBots(): Promise<Root[]> {
    const { workspace } = this.#lab.vscode
    const manifests = await workspace.findFiles(MANIFESTS, EXCLUDED, MOST_MANIFESTS)
    const folders = await Promise.all(
      manifests.map(async uri => {
        try {
          const { dependencies, devDependencies } = JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(uri)))
          return sdkOfDependencies({ ...devDependencies, ...dependencies }) && workspace.getWorkspaceFolder(uri)
        } catch {
          return undefined
        }
      })
    )
    const found = new Map(folders.flatMap(folder => (folder?.uri.scheme === 'file' ? [[folder.uri.path, folder] as const] : [])))
    return [...found.values()].map(folder => ({ path: folder.uri.fsPath, uri: folder.uri, folder, bots: [] }))
  }

  async #root(path: string, bots: readonly string[]): Promise<Root | undefined> {
    const { vscode } = this.#lab
    const uri = vscode.Uri.file(path)
    if (!(await this.#names(vscode.Uri.joinPath(uri, 'data')))) return undefined
    const all = new Set([...bots, ...((await this.#names(vscode.Uri.joinPath(uri, 'data', 'bots'))) ?? [])])
    return { path: uri.fsPath, uri, folder: vscode.workspace.getWorkspaceFolder(uri), bots: [...all].sort() }
  }

  /** Botpress folders that an opened folder is, or lies in. */
  async #upward(): Promise<string[]> {
    const { vscode } = this.#lab
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(folder => folder.uri.scheme === 'file').map(folder => folder.uri.path)
    const candidates = folders.flatMap(folder => [folder, ...above(folder, LEVELS_UP)])
    const checked = await Promise.all(
      candidates.map(async path => {
        const names = await this.#names(vscode.Uri.joinPath(vscode.Uri.file(path), 'data'))
        return names?.some(name => name === 'global' || name === 'bots') ? [path] : []
      })
    )
    return checked.flat()
  }

  /** Names of the folders in a folder; undefined when there is no such folder. */
  async #names(uri: vscode.Uri): Promise<string[] | undefined> {
    const { vscode } = this.#lab
    try {
      const entries = await vscode.workspace.fs.readDirectory(uri)
      return entries.filter(([name, type]) => type & vscode.FileType.Directory && !name.startsWith('.')).map(([name]) => name)
    } catch {
      return undefined
    }
  }

  dispose(): void {
    this.#mine.dispose()
  }
}
