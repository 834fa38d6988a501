import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { closeEditors, eventually, hookOf, lab, show } from './support.ts'

describe('Debugging a hook in the window', function () {
  this.timeout(90_000)

  afterEach(async () => {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints)
    await vscode.debug.stopDebugging()
    await closeEditors()
  })

  it('stops at a breakpoint in the hook’s own file, with the event at hand, and goes on', async () => {
    const hook = hookOf('stepping-bot', 'steps.js')
    await show(hook)
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(new vscode.Location(hook, new vscode.Position(1, 2)))])

    await vscode.commands.executeCommand('proactiveHooks.debugHook', hook, { event: { type: 'proactive-trigger', payload: {} } })
    const item = await eventually(
      'a stop at the breakpoint',
      () => vscode.debug.activeStackItem instanceof vscode.DebugStackFrame && vscode.debug.activeStackItem
    )
    const { session } = item as vscode.DebugStackFrame
    const { stackFrames } = await session.customRequest('stackTrace', { threadId: item.threadId, levels: 2 })
    assert.equal(stackFrames[0].line, 2)
    assert.equal(stackFrames[0].name, 'describe')
    assert.ok(stackFrames[0].source.path.endsWith('steps.js'))
    const { result } = await session.customRequest('evaluate', { expression: 'sent.type', frameId: stackFrames[0].id, context: 'repl' })
    assert.match(result, /proactive-trigger/)

    const { simulators } = await lab()
    assert.equal(simulators.current?.simulator.state.debugging, true)
    await session.customRequest('continue', { threadId: item.threadId })
    await eventually('the end of the hook', () =>
      simulators.current?.simulator.trace.entries.some(entry => entry.kind === 'hook-ended' && entry.place.file === hook.fsPath)
    )
    await vscode.debug.stopDebugging()
    await eventually('the engine without a debugger', () => simulators.current?.simulator.state.debugging === false)
  })
})
