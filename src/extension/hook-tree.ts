import type * as vscode from 'vscode'
import { VIEWS } from './contributions.ts'
import { Disposables, type Feature } from './feature.ts'
import type { FoundHook } from './found-roots.ts'
import type { Lab } from './lab.ts'

interface TypeNode {
  readonly kind: 'type'
  readonly id: string
  readonly hooks: readonly FoundHook[]
}

interface HookNode {
  readonly kind: 'hook'
  readonly hook: FoundHook
  readonly uri: vscode.Uri
}

type Node = TypeNode | HookNode

/** The hooks of the window below their types, in the order in which Botpress runs them. */
export class HookTree implements Feature {
  readonly #lab: Lab
  readonly #mine = new Disposables()

  constructor(lab: Lab) {
    this.#lab = lab
  }

  start(): void {
    const { vscode, roots } = this.#lab
    const changed = this.#mine.add(new vscode.EventEmitter<undefined>())
    this.#mine.add(roots.onDidChange(() => changed.fire(undefined)))
    const tree: vscode.TreeDataProvider<Node> = {
      onDidChangeTreeData: changed.event,
      getTreeItem: node => (node.kind === 'type' ? this.#typeItem(node) : this.#hookItem(node)),
      getChildren: async node => {
        await roots.all()
        return node ? this.#hooksOf(node) : this.#types()
      }
    }
    this.#mine.add(vscode.window.registerTreeDataProvider(VIEWS.hooks, tree))
    // The welcome view has nothing to list: the editor shows the words of the manifest instead.
    const nothing: vscode.TreeDataProvider<never> = { getTreeItem: node => node, getChildren: () => [] }
    this.#mine.add(vscode.window.registerTreeDataProvider(VIEWS.start, nothing))
  }

  #types(): Node[] {
    const { hooks } = this.#lab.roots
    const types = [...new Set(hooks.map(hook => hook.location.type.id))].sort()
    return types.map(id => ({ kind: 'type', id, hooks: hooks.filter(hook => hook.location.type.id === id) }))
  }

  #hooksOf(node: Node): Node[] {
    if (node.kind === 'hook') return []
    return node.hooks.map(hook => ({ kind: 'hook', hook, uri: this.#lab.vscode.Uri.file(hook.path) }))
  }

  #typeItem({ id, hooks }: TypeNode): vscode.TreeItem {
    const { vscode } = this.#lab
    const item = new vscode.TreeItem(id, vscode.TreeItemCollapsibleState.Expanded)
    item.id = id
    item.tooltip = hooks[0]?.location.type.called
    return item
  }

  #hookItem({ hook, uri }: HookNode): vscode.TreeItem {
    const { vscode } = this.#lab
    const { location } = hook
    const item = new vscode.TreeItem(location.relativePath, vscode.TreeItemCollapsibleState.None)
    item.id = hook.path
    item.resourceUri = uri
    item.label = location.relativePath
    const scope = location.botId ?? vscode.l10n.t('all bots')
    item.description = location.ignored ? `${scope} · ${vscode.l10n.t('never run')}` : scope
    item.contextValue = location.ignored ? 'ignoredHook' : 'hook'
    item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] }
    return item
  }

  dispose(): void {
    this.#mine.dispose()
  }
}
