import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as vscode from 'vscode'

describe('A real VS Code', () => {
  it('opens the workspace of the suite and a hook of it', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]
    assert.ok(folder)
    const [hook] = await vscode.workspace.findFiles('data/bots/welcome-bot/hooks/before_incoming_middleware/*.js')
    assert.ok(hook, 'the bot of the seeds has a hook')
    const document = await vscode.workspace.openTextDocument(hook)
    await vscode.window.showTextDocument(document)
    assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, hook.fsPath)
    assert.equal(document.getText(), readFileSync(hook.fsPath, 'utf8'))
  })

  it('is at least the version that the manifest asks for, and has the manifest loaded', () => {
    const extension = vscode.extensions.getExtension('proactive-hooks.proactive-hooks')
    assert.ok(extension, 'the extension under development is known')
    const manifest = JSON.parse(readFileSync(join(extension.extensionPath, 'package.json'), 'utf8'))
    const wanted = Number(/\^1\.(\d+)/.exec(manifest.engines.vscode)?.[1])
    assert.ok(Number(vscode.version.split('.')[1]) >= wanted, `${vscode.version} against ${manifest.engines.vscode}`)
  })
})
