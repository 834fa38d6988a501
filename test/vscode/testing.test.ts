import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import * as vscode from 'vscode'
import type { Tests } from '../../src/extension/testing/tests.ts'
import { Stops } from './stops.ts'
import { closeEditors, eventually, fileIn, hookOf, lab, labelsAt, show, write } from './support.ts'

const SCENARIOS = `given:
  bot: stepping-bot
scenarios:
  - name: remembers what the page sent
    tags: [memory]
    steps:
      - open
      - event: proactive-trigger
      - expect:
          ran: [steps.js]
          flags: { SKIP_DIALOG_ENGINE: true }
  - name: greets
    steps:
      - open
      - event: proactive-trigger
      - expect:
          says: Good morning
`

/** The tree of the file as it is on disk. */
const SAVED = 'stepping.scenario.yaml\n  remembers what the page sent [memory]\n  greets'

describe('Scenarios in the Test view', function () {
  this.timeout(120_000)
  const file = () => fileIn('scenarios', 'stepping.scenario.yaml')
  const hook = () => hookOf('stepping-bot', 'steps.js')
  const save = (uri: vscode.Uri, text: string) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text))
  let tests: Tests
  let hookText: string

  const item = (name: string) => {
    const [found] = tests.items.found.filter(one => one.file === file().fsPath)
    const scenario = found?.scenarios.find(one => one.name === name)
    return scenario && tests.items.item({ file: file().fsPath, id: scenario.id })
  }
  const outcome = (name: string) => {
    const one = item(name)
    return one && tests.results.get({ file: file().fsPath, id: one.id })?.outcome
  }
  /** The whole tree as text: what a reader of the Test view sees. */
  const tree = () => {
    const lines: string[] = []
    const visit = (one: vscode.TestItem, depth: number) => {
      lines.push(
        `${'  '.repeat(depth)}${one.label}${one.tags.length ? ` [${one.tags.map(({ id }) => id)}]` : ''}${one.error ? ` !${one.error}` : ''}`
      )
      for (const [, child] of one.children) visit(child, depth + 1)
    }
    const root = tests.controller.items.get(file().toString())
    if (root) visit(root, 0)
    return lines.join('\n')
  }

  before(async () => {
    tests = (await lab()).tests
    hookText = new TextDecoder().decode(await vscode.workspace.fs.readFile(hook()))
    await save(file(), SCENARIOS)
  })

  afterEach(async () => {
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints)
    await save(hook(), hookText)
    await save(file(), SCENARIOS)
    await vscode.commands.executeCommand('workbench.action.closeAllEditors')
    await closeEditors()
  })

  after(() => vscode.workspace.fs.delete(file()))

  it('are found on disk, and as they are typed', async () => {
    await eventually('the scenarios', () => tree() === SAVED)
    const editor = await show(file())
    await write(editor, `${SCENARIOS}  - name: typed a moment ago\n    steps: [open]\n`)
    await eventually('the new scenario', () => tree().includes('typed a moment ago'))
    assert.equal(editor.document.isDirty, true)
    await write(editor, SCENARIOS.replace('- open', '- opne'))
    await eventually('the mistake in the tree', () => /!Line \d+: .*/.test(tree()))
    const [diagnostic] = await eventually('the mistake in the editor', () => {
      const found = vscode.languages.getDiagnostics(file()).filter(({ source }) => source === 'proactive-hooks')
      return found.length > 0 && found
    })
    assert.equal(editor.document.lineAt(diagnostic!.range.start.line).text.trim(), '- opne')
    await vscode.commands.executeCommand('workbench.action.files.revert')
    await eventually('the file as it was', () => tree() === SAVED)
  })

  it('come and go with the folder that they lie in', async () => {
    const folder = fileIn('moved')
    const inside = fileIn('moved', 'deep', 'one.scenario.yaml')
    const isShown = () => tests.controller.items.get(inside.toString()) !== undefined
    await vscode.workspace.fs.createDirectory(fileIn('apart', 'deep'))
    await save(fileIn('apart', 'deep', 'one.scenario.yaml'), SCENARIOS)
    await vscode.workspace.fs.rename(fileIn('apart'), folder)
    await eventually('the scenarios of the folder', isShown)
    await vscode.workspace.fs.delete(folder, { recursive: true })
    await eventually('their end', () => !isShown())
  })

  it('pass and fail, with the failure at its expectation as a diff, and the trace a click away', async () => {
    await eventually('the scenarios', () => tree() === SAVED)
    await vscode.commands.executeCommand('testing.runAll')
    await eventually('both results', () => outcome('remembers what the page sent') === 'passed' && outcome('greets') === 'failed')
    const played = tests.traces.get({ file: file().fsPath, id: item('greets')!.id })
    assert.ok(played)
    const [failure] = played.result.failures
    assert.equal(failure?.range?.line, SCENARIOS.split('\n').findIndex(line => line.includes('Good morning')) + 1)
    assert.match(failure.expected ?? '', /Good morning/)
    assert.ok(failure.actual !== undefined)
    await vscode.commands.executeCommand('proactiveHooks.showScenarioTrace', { file: file().fsPath, id: item('greets')!.id })
    await eventually('the tab with the trace', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'Trace: greets'))
    )
  })

  it('are played as they stand in the editor, saved or not', async () => {
    const one = await eventually('the scenario', () => item('greets'))
    const key = { file: file().fsPath, id: one.id }
    const editor = await show(file())
    await write(editor, SCENARIOS.replace('says: Good morning', 'ran: [steps.js]').replace('- name: greets', '- name: says nothing'))
    await tests.run([key])
    assert.equal(editor.document.isDirty, true)
    assert.deepEqual([outcome('says nothing'), tests.traces.get(key)?.result.name], ['passed', 'says nothing'])
    await vscode.commands.executeCommand('workbench.action.files.revert')
    await eventually('the file as it was', () => tree() === SAVED)
    await tests.run([key])
    assert.deepEqual([outcome('greets'), tests.traces.get(key)?.result.name], ['failed', 'greets'])
  })

  it('say over a hook how many of them run it, and how many fail', async () => {
    await vscode.commands.executeCommand('testing.runAll')
    await eventually('the results', () => outcome('greets') === 'failed')
    await show(hook())
    const lenses = await eventually('the lens', async () => {
      const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', hook())
      return all.map(({ command }) => command?.title ?? '').find(title => title.includes('scenario'))
    })
    assert.equal(lenses, '$(error) Covered by 2 scenarios, 1 failing')
  })

  it('are played again while they are watched, when the hook is saved', async () => {
    await eventually('the scenarios', () => item('greets'))
    await show(file())
    await vscode.commands.executeCommand('testing.startContinuousRun')
    await eventually('the first run', () => outcome('greets') === 'failed')
    const editor = await show(hook())
    await write(
      editor,
      `${hookText}\nif (event.type === 'proactive-trigger') bp.events.replyToEvent(event, [{ type: 'text', text: 'Good morning' }], event.id)\n`
    )
    await editor.document.save()
    await eventually('the better result', () => outcome('greets') === 'passed')
    await vscode.commands.executeCommand('testing.stopContinuousRun')
  })

  it('stop in a hook when they are debugged, their clock too, and go on to their end', async () => {
    const one = await eventually('the scenario', () => item('remembers what the page sent'))
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(new vscode.Location(hook(), new vscode.Position(1, 2)))])
    const stops = new Stops()
    try {
      void tests.run([{ file: file().fsPath, id: one.id }], { debug: true })
      const stop = await stops.next()
      assert.equal(stop.at, 'steps.js:2')
      // Time of the engine does not pass while it stands still, however long that is.
      const before = await stop.evaluate('Date.now()')
      await new Promise(resolve => setTimeout(resolve, 1200))
      assert.equal(await stop.evaluate('Date.now()'), before)
      await stop.go()
      await stops.over()
    } finally {
      stops.dispose()
    }
    await eventually('the result', () => outcome('remembers what the page sent') === 'passed')
  })

  it('stop in the scripts of a page too, then in the hook that its event reaches', async () => {
    const page = fileIn('pages', 'debugged.html')
    const own = fileIn('scenarios', 'debugged.scenario.yaml')
    await save(
      page,
      `<script src="/assets/modules/channel-web/inject.js"></script>
<script>
  window.botpressWebChat.init({ host: '', botId: 'stepping-bot' })
  window.addEventListener('message', event => {
    if (event.data.name === 'webchatLoaded') window.botpressWebChat.sendEvent({ type: 'show' })
    if (event.data.name === 'webchatReady') {
      window.botpressWebChat.sendEvent({ type: 'proactive-trigger' })
    }
  })
</script>
`
    )
    await save(own, 'given: { bot: stepping-bot, page: pages/debugged.html }\nsteps:\n  - expect: { ran: [steps.js] }\n')
    const stops = new Stops()
    try {
      const found = await eventually('the scenario', () => tests.items.found.find(one => one.file === own.fsPath))
      const at = (uri: vscode.Uri, line: number) => new vscode.SourceBreakpoint(new vscode.Location(uri, new vscode.Position(line - 1, 0)))
      vscode.debug.addBreakpoints([at(page, 7), at(hook(), 2)])
      const key = { file: own.fsPath, id: found.scenarios[0]!.id }
      const run = tests.run([key], { debug: true })
      for (const place of ['debugged.html:7', 'steps.js:2']) {
        const stop = await stops.next()
        assert.equal(stop.at, place)
        await stop.go()
      }
      await run
      assert.equal(tests.results.get(key)?.outcome, 'passed', JSON.stringify(tests.traces.get(key)?.result.failures))
    } finally {
      stops.dispose()
      for (const uri of [page, own]) await vscode.workspace.fs.delete(uri)
    }
  })

  it('show in the editor what they execute', async () => {
    await eventually('the scenarios', () => item('greets'))
    const ids = tests.items.scenarios(undefined).filter(key => key.file === file().fsPath)
    const coverage = await tests.run(ids, { coverage: true })
    const covered = coverage?.files.find(({ uri }) => uri.fsPath === hook().fsPath)
    assert.ok(covered)
    assert.deepEqual([covered.statementCoverage.covered, covered.statementCoverage.total], [6, 6])
    assert.equal(covered.includesTests?.length, 2)
    const details = coverage!.details(covered, item('greets'))
    assert.ok(details.some(detail => detail instanceof vscode.StatementCoverage && detail.executed === 1))
  })

  it('end within a second when they are cancelled, whatever a hook does', async () => {
    const mark = fileIn('in-the-loop')
    const loop = `require('fs').writeFileSync(${JSON.stringify(mark.fsPath)}, ''); while (true) {}`
    await save(hook(), `if (event.type === 'proactive-trigger') { ${loop} }\n`)
    const one = await eventually('the scenario', () => item('greets'))
    const source = new vscode.CancellationTokenSource()
    let over = false
    const run = tests.run([{ file: file().fsPath, id: one.id }], { token: source.token }).then(() => {
      over = true
    })
    await eventually('the loop', () => existsSync(mark.fsPath))
    await vscode.workspace.fs.delete(mark)
    assert.equal(over, false)
    const cancelled = Date.now()
    source.cancel()
    await run
    assert.ok(Date.now() - cancelled < 1000, `${Date.now() - cancelled} ms`)
  })
  it('are recorded from what was done in the simulator, and pass', async () => {
    await vscode.commands.executeCommand('proactiveHooks.restartNewVisitor')
    const { simulators } = await lab()
    const open = await eventually('the simulator', () => simulators.current)
    await open.simulator.ready()
    await open.simulator.handle({ kind: 'choose', botId: 'custom-content-bot' })
    await open.simulator.handle({ kind: 'clear' })
    await vscode.commands.executeCommand('proactiveHooks.sendEvent', { type: 'proactive-trigger', payload: {} })
    await eventually('the end of the event', () => open.simulator.trace.entries.some(({ kind }) => kind === 'event-ended'))
    await vscode.commands.executeCommand('proactiveHooks.recordScenario')
    const recorded = await eventually('the recorded scenario', () => tests.items.found.find(one => /recorded-\d+/.test(one.file)))
    try {
      assert.deepEqual(recorded.problems, [])
      const key = { file: recorded.file, id: recorded.scenarios[0]!.id }
      await tests.run([key])
      assert.equal(tests.results.get(key)?.outcome, 'passed', JSON.stringify(tests.traces.get(key)?.result.failures))
    } finally {
      await vscode.workspace.fs.delete(vscode.Uri.file(recorded.file))
    }
  })

  it('are run by an assistant’s tool, which is told what failed and why', async () => {
    await eventually('the scenarios', () => item('greets'))
    const source = new vscode.CancellationTokenSource()
    const input = { file: 'stepping.scenario.yaml' }
    const result = await vscode.lm.invokeTool('proactive-hooks_runScenarios', { input, toolInvocationToken: undefined }, source.token)
    const text = result.content.map(part => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('')
    assert.match(text, /^PASSED remembers what the page sent/m)
    assert.match(text, /^FAILED greets .*\n {2}line \d+: .*Good morning/m)
  })

  it('are completed while they are typed', async () => {
    const editor = await show(file())
    await write(editor, 'given:\n  bot: ')
    const labels = await labelsAt(file(), new vscode.Position(1, 7))
    assert.ok(labels.includes('stepping-bot'), labels.join(', '))
    await write(editor, 'steps:\n  - adv')
    const steps = await labelsAt(file(), new vscode.Position(1, 7))
    assert.ok(steps.includes('advance'), steps.join(', '))
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', file(), new vscode.Position(0, 2))
    assert.ok(hover)
    assert.match((hover.contents[0] as vscode.MarkdownString).value, /in this order/)
    await vscode.commands.executeCommand('workbench.action.files.revert')
  })
})
