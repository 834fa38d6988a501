import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { closeEditors, eventually, hookOf, lab, show } from './support.ts'

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

interface Frame {
  id: number
  line: number
  name: string
  source: { path: string }
}

/** A stop, once the debugger has one after the last. */
class Stops {
  #last: vscode.DebugStackFrame | undefined

  async next(): Promise<{ session: vscode.DebugSession; threadId: number; frame: Frame }> {
    const item = await eventually('a stop of the debugger', () => {
      const { activeStackItem } = vscode.debug
      return activeStackItem instanceof vscode.DebugStackFrame && activeStackItem !== this.#last && activeStackItem
    })
    this.#last = item as vscode.DebugStackFrame
    const { session, threadId } = this.#last
    const { stackFrames } = await session.customRequest('stackTrace', { threadId, levels: 1 })
    return { session, threadId, frame: stackFrames[0] }
  }

  /** Goes on from a stop. */
  async leave({ session, threadId }: { session: vscode.DebugSession; threadId: number }): Promise<void> {
    await session.customRequest('continue', { threadId })
    await eventually('the hook going on', () => vscode.debug.activeStackItem !== this.#last)
  }
}

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
    await eventually('the end of all sessions', async () => !vscode.debug.activeDebugSession && !(await debugging()))
    await closeEditors()
  })

  after(async () => {
    for (const uri of [first(), second()]) await vscode.workspace.fs.delete(uri)
  })

  it('start the runtime, attach and send the event; steps lead through the hook', async () => {
    await show(first())
    breakAt(first(), 5)
    assert.ok(await launch({ event: 'proactive-trigger' }))
    const { session, threadId, frame } = await stops.next()
    assert.equal(frame.line, 5)
    await session.customRequest('stepIn', { threadId })
    const inside = await stops.next()
    assert.deepEqual([inside.frame.line, inside.frame.name], [2, 'greet'])
    await session.customRequest('stepOut', { threadId })
    assert.ok([5, 6].includes((await stops.next()).frame.line))
    const before = await logged('second')
    await session.customRequest('continue', { threadId })
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
      assert.equal(vscode.debug.activeStackItem instanceof vscode.DebugStackFrame, false)
      await vscode.commands.executeCommand('proactiveHooks.sendEvent', { type: 'another', payload: {} })
      const { frame, session, threadId } = await stops.next()
      assert.equal(frame.line, 6)
      await session.customRequest('continue', { threadId })
    } finally {
      listening.dispose()
    }
  })

  it('stop where a hook throws, when the editor is told to', async () => {
    breakAt(second(), 1)
    assert.ok(await launch({ event: 'broken' }))
    const { session, threadId } = await stops.next()
    await session.customRequest('setExceptionBreakpoints', { filters: ['all'] })
    await session.customRequest('continue', { threadId })
    const thrown = await stops.next()
    assert.equal(thrown.frame.line, 3)
    await session.customRequest('setExceptionBreakpoints', { filters: [] })
    await session.customRequest('continue', { threadId })
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
