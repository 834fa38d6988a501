import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { Stops } from './stops.ts'
import { closeEditors, eventually, fileIn, hookOf, lab, show } from './support.ts'

const FIRST = `const greet = () => {
  const words = 'hello'
  return words
}
const said = event.type === 'proactive-trigger' && greet()
bp.logger.info('first ' + said)
`
const SECOND = `bp.logger.info('second')
if (event.type === 'broken') {
  throw new Error('on purpose')
}
`

describe('Launch configurations for hooks', function () {
  this.timeout(120_000)
  const first = () => hookOf('stepping-bot', '10_first.js')
  const second = () => hookOf('stepping-bot', '20_second.js')
  let stops: Stops

  const write = (uri: vscode.Uri, text: string) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text))
  const launch = (more: object) => {
    const folder = vscode.workspace.workspaceFolders?.[0]
    return vscode.debug.startDebugging(folder, {
      type: 'proactive-hooks',
      request: 'launch',
      name: 'A hook',
      hook: first().fsPath,
      ...more
    })
  }
  const breakAt = (uri: vscode.Uri, line: number, condition?: string, logMessage?: string) =>
    vscode.debug.addBreakpoints([
      new vscode.SourceBreakpoint(new vscode.Location(uri, new vscode.Position(line - 1, 0)), true, condition, undefined, logMessage)
    ])
  const logged = async (text: string) => {
    const { simulators } = await lab()
    return simulators.current?.simulator.trace.entries.filter(entry => entry.kind === 'log' && entry.message === text).length ?? 0
  }
  const debugging = async () => (await lab()).simulators.current?.simulator.state.debugging ?? false

  before(async () => {
    await write(first(), FIRST)
    await write(second(), SECOND)
  })

  beforeEach(() => {
    stops = new Stops()
  })

  afterEach(async () => {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints)
    await vscode.debug.stopDebugging()
    await stops.over()
    stops.dispose()
    await eventually('the engine without a debugger', async () => !(await debugging()))
    await closeEditors()
  })

  after(async () => {
    for (const uri of [first(), second()]) await vscode.workspace.fs.delete(uri)
  })

  it('start the runtime, attach and send the event; steps lead through the hook', async () => {
    await show(first())
    breakAt(first(), 5)
    assert.ok(await launch({ event: 'proactive-trigger' }))
    const stop = await stops.next()
    assert.equal(stop.at, '10_first.js:5')
    await stop.go('stepIn')
    const inside = await stops.next()
    assert.deepEqual([inside.frame.line, inside.frame.name], [2, 'greet'])
    await inside.go('stepOut')
    const outside = await stops.next()
    assert.match(outside.at, /^10_first\.js:[56]$/)
    const before = await logged('second')
    await outside.go()
    await eventually('the end of the event', async () => (await logged('second')) > before)
  })

  it('stop at conditional breakpoints only when the condition holds, and write log points without a stop', async () => {
    breakAt(first(), 6, 'said === false')
    breakAt(second(), 1, undefined, 'type {event.type}')
    const said: string[] = []
    const listening = vscode.debug.registerDebugAdapterTrackerFactory('pwa-node', {
      createDebugAdapterTracker: () => ({
        onDidSendMessage: (message: { event?: string; body?: { output?: string } }) => {
          if (message.event === 'output') said.push(message.body?.output ?? '')
        }
      })
    })
    try {
      assert.ok(await launch({ event: 'proactive-trigger' }))
      await eventually('the log point', () => said.some(text => text.startsWith('type') && text.includes('proactive-trigger')))
      assert.ok(stops.none)
      await vscode.commands.executeCommand('proactiveHooks.sendEvent', { type: 'another', payload: {} })
      const stop = await stops.next()
      assert.equal(stop.at, '10_first.js:6')
      await stop.go()
    } finally {
      listening.dispose()
    }
  })

  it('keep breakpoints over a restart, and use what was saved meanwhile', async () => {
    breakAt(first(), 5)
    assert.ok(await launch({ event: 'proactive-trigger' }))
    const stop = await stops.next()
    await vscode.commands.executeCommand('workbench.action.debug.restart')
    const again = await stops.next()
    assert.equal(again.at, '10_first.js:5')
    assert.notEqual(again.session.id, stop.session.id)
    await again.go()

    // The debugger stays attached while the hook changes.
    const editor = await show(first())
    await editor.edit(edit => edit.insert(editor.document.positionAt(editor.document.getText().length), "bp.logger.info('new line')\n"))
    await editor.document.save()
    await stops.breakOnlyAt(again.session, first(), 7)
    await vscode.commands.executeCommand('proactiveHooks.sendEvent', { type: 'proactive-trigger', payload: {} })
    const changed = await stops.next()
    assert.equal(changed.at, '10_first.js:7')
    await changed.go()
    await eventually('the new line', async () => (await logged('new line')) > 0)
  })

  it('step from the end of a hook into the next one', async () => {
    breakAt(first(), 6)
    assert.ok(await launch({ event: 'proactive-trigger' }))
    let stop = await stops.next()
    assert.equal(stop.at, '10_first.js:6')
    const passed: string[] = []
    while (stop.at !== '20_second.js:2') {
      assert.ok(passed.length < 6, passed.join(', '))
      await stop.go('next')
      stop = await stops.next()
      passed.push(stop.at)
    }
    await stop.go()
  })

  it('step from the end of a hook into the action that the flow runs next, and through nothing of ours', async () => {
    const flow = fileIn('data', 'bots', 'stepping-bot', 'flows', 'main.flow.json')
    const action = fileIn('data', 'bots', 'stepping-bot', 'actions', 'act.js')
    const before = new TextDecoder().decode(await vscode.workspace.fs.readFile(flow))
    // Each event runs it, whatever was said before.
    const changed = JSON.parse(before)
    changed.nodes = [{ ...changed.nodes[0], onEnter: ['act {}'], next: [{ condition: 'true', node: 'END' }] }]
    await write(action, "const words = 'an action'\nbp.logger.info(words)\n")
    await write(flow, JSON.stringify(changed))
    try {
      await eventually('the action in the flow', async () => {
        await vscode.commands.executeCommand('proactiveHooks.sendEvent', { type: 'another', payload: {} })
        return (await logged('an action')) > 0
      })
      breakAt(second(), 2)
      assert.ok(await launch({ event: 'another', hook: second().fsPath }))
      let stop = await stops.next()
      const passed = [stop.at]
      while (stop.at !== 'act.js:2') {
        assert.ok(passed.length < 8, passed.join(', '))
        await stop.go('next')
        stop = await stops.next()
        passed.push(stop.at)
      }
      assert.ok(passed.includes('act.js:1'), passed.join(', '))
      assert.deepEqual(
        passed.filter(at => !/^(20_second|act|steps)\.js:/.test(at)),
        [],
        passed.join(', ')
      )
      await stop.go()
    } finally {
      await write(flow, before)
      await vscode.workspace.fs.delete(action)
    }
  })

  it('stop where a hook throws, when the editor is told to', async () => {
    breakAt(second(), 1)
    assert.ok(await launch({ event: 'broken' }))
    const stop = await stops.next()
    await stop.session.customRequest('setExceptionBreakpoints', { filters: ['all'] })
    await stop.go()
    const thrown = await stops.next()
    assert.equal(thrown.at, '20_second.js:3')
    await stop.session.customRequest('setExceptionBreakpoints', { filters: [] })
    await thrown.go()
  })

  it('say what is wrong with them', async () => {
    const said: string[] = []
    const listening = vscode.debug.registerDebugAdapterTrackerFactory('proactive-hooks', {
      createDebugAdapterTracker: () => ({
        onDidSendMessage: (message: { command?: string; success?: boolean; message?: string }) => {
          if (message.command === 'launch' && message.success === false) said.push(message.message ?? '')
        }
      })
    })
    try {
      void launch({ event: { payload: {} } })
      await eventually('the sentence', () => said.some(text => text.includes('“event” is the type of an event')))
      await vscode.commands.executeCommand('workbench.action.closeMessages').then(undefined, () => {})
    } finally {
      listening.dispose()
    }
  })
})
