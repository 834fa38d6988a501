import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { HOOK_TYPES } from '../../src/botpress/hook-types.ts'
import { closeEditors, diagnosticsOf, eventually, fileIn, hookOf, lab, labelsAt, show, write } from './support.ts'

const LANGUAGE = 'botpress-hook'
/** Members that only the page's `event` or a window would have. */
const DOM_MEMBERS = ['preventDefault', 'bubbles', 'stopPropagation', 'currentTarget', 'addEventListener']

/** Asks for completions at the mark in a hook that holds only this text. */
async function completionsIn(text: string): Promise<string[]> {
  const offset = text.indexOf('▮')
  const editor = await show(hookOf('language-bot', 'empty.js'))
  await write(editor, text.replace('▮', ''))
  const { document } = editor
  await (await lab()).language.client()
  const labels = await eventually(`completions in ${text}`, async () => {
    const found = await labelsAt(document.uri, document.positionAt(offset))
    return found.length > 0 && found
  })
  return labels
}

function assertOffers(labels: string[], wanted: string[], unwanted: string[] = DOM_MEMBERS): void {
  assert.deepEqual(
    wanted.filter(name => !labels.includes(name)),
    [],
    `missing among ${labels.join(', ')}`
  )
  assert.deepEqual(
    unwanted.filter(name => labels.includes(name)),
    [],
    'offered although hooks have no DOM'
  )
}

describe('Hook files in the editor', () => {
  afterEach(async () => {
    for (const { document } of vscode.window.visibleTextEditors) {
      if (document.isDirty) await vscode.commands.executeCommand('workbench.action.files.revert')
    }
    await closeEditors()
  })

  it('have their own language wherever Botpress looks for hooks, for all 15 types (R1.1, R1.3, R2.1)', async () => {
    const places = HOOK_TYPES.flatMap(({ id }) => [
      fileIn('data', 'global', 'hooks', id, 'a.js'),
      fileIn('data', 'bots', 'welcome-bot', 'hooks', id, 'shop', 'deep', 'a.js'),
      // The same below a folder that was opened inside Botpress, or far above it.
      fileIn('sub', 'global', 'hooks', id, 'a.js')
    ])
    const others = [
      fileIn('data', 'global', 'actions', 'a.js'),
      fileIn('data', 'global', 'hooks', 'not_a_type', 'a.js'),
      fileIn('hooks', 'a.js')
    ]
    try {
      for (const place of [...places, ...others]) await vscode.workspace.fs.writeFile(place, new Uint8Array())
      const languages = await Promise.all(places.map(async place => (await vscode.workspace.openTextDocument(place)).languageId))
      assert.deepEqual(new Set(languages), new Set([LANGUAGE]))
      for (const other of others) assert.equal((await vscode.workspace.openTextDocument(other)).languageId, 'javascript', other.path)
    } finally {
      for (const name of ['sub', 'hooks', 'data/global']) {
        await vscode.workspace.fs.delete(fileIn(name), { recursive: true }).then(undefined, () => {})
      }
      for (const type of HOOK_TYPES.filter(({ id }) => id !== 'before_incoming_middleware'))
        await vscode.workspace.fs.delete(fileIn('data', 'bots', 'welcome-bot', 'hooks', type.id), { recursive: true })
      await vscode.workspace.fs.delete(fileIn('data', 'bots', 'welcome-bot', 'hooks', 'before_incoming_middleware', 'shop'), {
        recursive: true
      })
    }
  })

  it('complete the members of the event, and none of the DOM’s', async () => {
    assertOffers(await completionsIn('event.▮'), [
      'type',
      'payload',
      'state',
      'setFlag',
      'hasFlag',
      'target',
      'threadId',
      'nlu',
      'credentials'
    ])
  })

  it('complete the SDK at `bp.`', async () => {
    const wanted = ['IO', 'events', 'cms', 'kvs', 'users', 'dialog', 'logger', 'database', 'http', 'config', 'bots']
    assertOffers(await completionsIn('bp.▮'), wanted, ['window', 'document', ...DOM_MEMBERS])
  })

  it('complete the four flags that the engine reads (R5.1)', async () => {
    const labels = await completionsIn('event.setFlag(bp.IO.WellKnownFlags.▮, true)')
    assertOffers(labels, ['SKIP_DIALOG_ENGINE', 'FORCE_PERSIST_STATE', 'SKIP_QNA_PROCESSING', 'SKIP_NATIVE_NLU'])
  })

  it('complete the session’s members (R6.9)', async () => {
    assertOffers(await completionsIn('event.state.session.▮'), ['lastMessages', 'workflows'])
  })

  it('may return at the top: no error is shown (R3.4)', async () => {
    const { document } = await show(hookOf('language-bot', 'returns_early.js'))
    // An error put beside it is shown, so that silence means something.
    const editor = vscode.window.activeTextEditor!
    await write(editor, `${document.getText()}\nevent.noSuchMember\n`)
    const found = await eventually('the error put beside it', () => {
      const diagnostics = diagnosticsOf(document.uri, 'proactive-hooks')
      return diagnostics.some(({ message }) => message.includes('noSuchMember')) && diagnostics
    })
    assert.deepEqual(
      found.filter(({ range }) => range.start.line < 4).map(({ message }) => message),
      []
    )
  })

  it('must not await at the top: the error is at the await (R3.4)', async () => {
    const { document } = await show(hookOf('language-bot', 'awaits_at_top.js'))
    const [first] = await eventually('the error', () => {
      const diagnostics = diagnosticsOf(document.uri, 'proactive-hooks')
      return diagnostics.length > 0 && diagnostics
    })
    assert.ok(first)
    assert.equal(first.severity, vscode.DiagnosticSeverity.Error)
    assert.equal(document.getText(first.range).slice(0, 5), 'await')
  })

  it('get their types again after the server was restarted', async () => {
    await completionsIn('event.▮')
    const before = await (await lab()).language.client()
    await vscode.commands.executeCommand('proactiveHooks.restartLanguageServer')
    const after = await (await lab()).language.client()
    assert.ok(after)
    assert.notEqual(after, before)
    assertOffers(await completionsIn('bp.IO.WellKnownFlags.▮'), ['SKIP_DIALOG_ENGINE'])
  })
})
