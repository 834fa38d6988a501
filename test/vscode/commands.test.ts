import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { COMMANDS, VIEWS } from '../../src/extension/contributions.ts'
import { closeEditors, diagnosticsOf, eventually, fileIn, hookOf, lab, show } from './support.ts'

const text = async (uri: vscode.Uri) => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))

describe('The commands', () => {
  after(closeEditors)

  it('are all there once the extension is active, and so are the views', async () => {
    await lab()
    const known = await vscode.commands.getCommands(true)
    assert.deepEqual(
      Object.values(COMMANDS).filter(id => !known.includes(id)),
      []
    )
    assert.deepEqual(
      Object.values(VIEWS).filter(id => !known.includes(`${id}.focus`)),
      []
    )
  })

  it('know the Botpress folder and its bots', async () => {
    const { roots } = await lab()
    const [root, ...others] = await roots.all()
    assert.ok(root)
    assert.deepEqual(others, [])
    assert.equal(root.uri.toString(), fileIn().toString())
    assert.ok(root.bots.includes('welcome-bot') && root.bots.includes('throwing-bot'))
  })

  it('offer Run and Debug above the first line of a hook, unless switched off', async () => {
    const { document } = await show(hookOf('stepping-bot', 'steps.js'))
    const titles = async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 10)
      return lenses
        .filter(({ command }) => command?.command.startsWith('proactiveHooks.'))
        .map(lens => `${lens.range.start.line} ${lens.command?.title}`)
    }
    assert.deepEqual(await titles(), ['0 $(play) Run', '0 $(debug-alt) Debug'])
    const settings = vscode.workspace.getConfiguration('proactiveHooks')
    await settings.update('codeLens.enabled', false, vscode.ConfigurationTarget.Workspace)
    try {
      assert.deepEqual(await titles(), [])
    } finally {
      await settings.update('codeLens.enabled', undefined, vscode.ConfigurationTarget.Workspace)
    }
  })

  it('make a new hook from a template, which the language server accepts', async () => {
    const answers = { bot: 'welcome-bot', type: 'before_incoming_middleware', template: 'greet-once', name: 'made/20_greet' }
    await vscode.commands.executeCommand('proactiveHooks.newHook', answers)
    const file = hookOf('welcome-bot', 'made/20_greet.js')
    try {
      assert.match(await text(file), /event\.setFlag\(FORCE_PERSIST_STATE, true\)/)
      const { activeTextEditor } = vscode.window
      assert.equal(activeTextEditor?.document.uri.toString(), file.toString())
      assert.equal(activeTextEditor?.document.languageId, 'botpress-hook')
      const { roots, language } = await lab()
      assert.ok(roots.hooks.some(hook => hook.path === file.path))
      // The server has looked at it when it knows its symbols; then what it thinks of it is published within moments.
      await language.client()
      await eventually('the symbols of the new hook', async () => {
        const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', file)
        return symbols?.some(({ name }) => name === 'greetOnce')
      })
      assert.deepEqual(diagnosticsOf(file, 'proactive-hooks'), [])
    } finally {
      await closeEditors()
      await vscode.workspace.fs.delete(hookOf('welcome-bot', 'made'), { recursive: true })
    }
  })

  it('copy the sample shop, each time to a folder of its own', async () => {
    const parent = fileIn('copies')
    await vscode.workspace.fs.createDirectory(parent)
    try {
      const copies: vscode.Uri[] = []
      for (const _ of [1, 2]) copies.push((await vscode.commands.executeCommand<vscode.Uri>('proactiveHooks.openSample', parent))!)
      assert.deepEqual(
        copies.map(({ path }) => path.slice(parent.path.length)),
        ['/proactive-shop', '/proactive-shop-2']
      )
      const { roots } = await lab()
      await eventually('the folders of the copies', async () => (await roots.all()).length === 3)
      assert.match(await text(vscode.Uri.joinPath(copies[1]!, 'data/bots/shop-bot/bot.config.json')), /"name"/)
    } finally {
      await vscode.workspace.fs.delete(parent, { recursive: true })
      // They are forgotten: else other commands ask which of the folders is meant.
      const { roots } = await lab()
      await eventually('the one folder that is left', async () => (await roots.all()).length === 1)
    }
  })

  it('never write over a hook', async () => {
    const file = hookOf('welcome-bot', 'catch_trigger.js')
    const before = await text(file)
    const answers = { bot: 'welcome-bot', type: 'before_incoming_middleware', template: 'empty', name: 'catch_trigger' }
    await vscode.commands.executeCommand('proactiveHooks.newHook', answers)
    assert.equal(await text(file), before)
  })
})
