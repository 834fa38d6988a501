import type * as vscode from 'vscode'
import { type HookLocation, locateHook } from '../botpress/hook-path.ts'
import { LANGUAGE_ID } from './contributions.ts'
import type { Lab } from './lab.ts'

/** A hook file that a command is about. */
export interface HookTarget {
  readonly uri: vscode.Uri
  readonly location: HookLocation
}

/**
 * The hook meant: the one given (by a lens, a menu, the tree), the one in the active editor, or one that the user picks. It is saved first, because
 * the engine reads files.
 */
export async function hookTarget(lab: Lab, given: unknown, title: string): Promise<HookTarget | undefined> {
  const { vscode } = lab
  const active = vscode.window.activeTextEditor?.document
  const uri = uriOf(lab, given) ?? (active?.languageId === LANGUAGE_ID ? active.uri : undefined) ?? (await pick(lab, title))
  if (!uri) return undefined
  const location = locateHook(uri.path)
  if (!location)
    throw new Error(vscode.l10n.t('This file lies in no folder of hooks: “data/global/hooks/<type>” or “data/bots/<bot>/hooks/<type>”.'))
  if (location.ignored) throw new Error(ignoredSentence(lab, location.ignored))
  const open = vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString())
  if (open?.isDirty && !(await open.save())) throw new Error(vscode.l10n.t('The hook could not be saved, so it was not run.'))
  return { uri, location }
}

function uriOf(lab: Lab, given: unknown): vscode.Uri | undefined {
  if (given instanceof lab.vscode.Uri) return given
  const uri = (given as { uri?: unknown } | undefined)?.uri
  return uri instanceof lab.vscode.Uri ? uri : undefined
}

async function pick(lab: Lab, title: string): Promise<vscode.Uri | undefined> {
  const { vscode, roots } = lab
  await roots.all()
  const items = roots.hooks
    .filter(hook => !hook.location.ignored)
    .map(({ path, location }) => ({
      label: location.relativePath,
      description: `${location.type.id} · ${location.botId ?? vscode.l10n.t('all bots')}`,
      uri: vscode.Uri.file(path)
    }))
  if (items.length === 0) throw new Error(vscode.l10n.t('No hook was found here. “New Hook” makes one.'))
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.uri
}

function ignoredSentence({ vscode }: Lab, why: NonNullable<HookLocation['ignored']>): string {
  return {
    'dot-file': vscode.l10n.t('Botpress never runs this file: its name starts with a dot.'),
    'dot-folder': vscode.l10n.t('Botpress never runs this file: it lies in a folder whose name starts with a dot.'),
    'global-only-type': vscode.l10n.t('Botpress never runs this file: hooks of this type count only below “data/global”.')
  }[why]
}
