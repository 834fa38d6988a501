import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { closeEditors, diagnosticsOf, eventually, hookOf, lab, runHook, show, write } from './support.ts'

describe('Running a hook in the window', function () {
  this.timeout(90_000)

  afterEach(async () => {
    for (const document of vscode.workspace.textDocuments) if (document.isDirty) await document.save()
    await closeEditors()
  })

  it('calls it with the event and tells the steps in the trace', async () => {
    const hook = hookOf('custom-content-bot', 'custom_content.js')
    const entries = await runHook(hook)
    const ended = entries.find(entry => entry.kind === 'hook-ended' && entry.place.file === hook.fsPath)
    assert.equal(ended?.kind === 'hook-ended' && ended.outcome, 'completed')
    const { simulators } = await lab()
    const said = await eventually('the bot’s words', () =>
      simulators.current?.simulator.trace.entries.find(
        entry =>
          entry.kind === 'event-received' && entry.direction === 'outgoing' && JSON.stringify(entry.payload).includes("I'm so proactive!")
      )
    )
    assert.ok(said)
  })

  it('is remembered by the hovers: they show what the hook saw', async () => {
    const hook = hookOf('custom-content-bot', 'custom_content.js')
    const { document } = await show(hook)
    await (await lab()).language.client()
    await runHook(hook)
    const at = document.positionAt(document.getText().indexOf('event.type') + 'event.t'.length)
    await eventually('the value in the hover', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', hook, at)
      const words = hovers.flatMap(({ contents }) => contents.map(content => (typeof content === 'string' ? content : content.value)))
      return words.some(text => /In the last run:[\s\S]*"proactive-trigger"/.test(text))
    })
  })

  it('uses what was saved, from the next event on', async () => {
    const hook = hookOf('welcome-bot', 'catch_trigger.js')
    const editor = await show(hook)
    const before = editor.document.getText()
    await write(editor, "event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)\nbp.logger.info('saved a moment ago')\n")
    // Running saves.
    const entries = await runHook(hook)
    assert.ok(entries.some(entry => entry.kind === 'log' && entry.message.includes('saved a moment ago')))
    await write(editor, before)
    await editor.document.save()
  })

  it('shows an error at the line that threw, until the file is edited', async () => {
    const hook = hookOf('throwing-bot', 'throws.js')
    const editor = await show(hook)
    await runHook(hook)
    const [diagnostic] = await eventually('the error', () => {
      const found = diagnosticsOf(hook, 'last run')
      return found.length > 0 && found
    })
    assert.ok(diagnostic)
    assert.equal(diagnostic.range.start.line, 2)
    assert.equal(diagnostic.code, 'TypeError')
    assert.match(diagnostic.message, /read/)
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), '// edited\n'))
    assert.deepEqual(diagnosticsOf(hook, 'last run'), [])
  })

  it('takes the error away when a later run completes', async () => {
    const hook = hookOf('throwing-bot', 'throws.js')
    await runHook(hook)
    await eventually('the error', () => diagnosticsOf(hook, 'last run').length > 0)
    // An event that the hook leaves alone.
    await runHook(hook, 'something-else')
    assert.deepEqual(diagnosticsOf(hook, 'last run'), [])
  })

  it('stops a hook that gives nothing else a turn, names it, and serves the next event (R3.11)', async () => {
    const hook = hookOf('looping-bot', 'loops.js')
    const entries = await runHook(hook)
    const stopped = entries.find(entry => entry.kind === 'engine-stopped')
    assert.ok(stopped?.kind === 'engine-stopped')
    assert.equal(stopped.reason, 'hook-limit')
    assert.equal(stopped.place?.file, hook.fsPath)
    await eventually('the warning in the editor', () => diagnosticsOf(hook, 'last run').some(({ code }) => code === 'hook-limit'))
    const next = await runHook(hook, 'something-else')
    assert.ok(next.some(entry => entry.kind === 'hook-ended' && entry.outcome === 'completed' && entry.place.file === hook.fsPath))
  })
})
