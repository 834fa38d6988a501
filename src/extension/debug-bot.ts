import type * as vscode from 'vscode'
import type { AttachDebugger } from '../host/bots/bot-debugging.ts'
import { type Attached, attachDebugger } from './attach-debugger.ts'
import type { Lab } from './lab.ts'

/** Debugs bots of a folder: one session for each, in which the bot is attached to again when its process is replaced. */
export function botDebugger(lab: Lab, folder: vscode.WorkspaceFolder | undefined): AttachDebugger {
  const sessions = new Map<string, Attached>()
  return async (name, url) => {
    // The process before is gone; the editor needs a moment to see it.
    await sessions.get(name)?.over
    const attached = await attachDebugger(lab, { name, url, folder })
    sessions.set(name, attached)
    return attached
  }
}
