import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PanelState } from '../../src/protocol/panel.ts'
import { copyWorkspace } from '../support/workspace.ts'

const CLI = join(dirname(fileURLToPath(import.meta.url)), '../../dist/cli.js')

describe('simulate --page URL', function () {
  this.timeout(60_000)

  it('shows the page of a web server of this machine, through the simulator', async () => {
    const server = createServer((_, response) => void response.setHeader('Content-Type', 'text/html').end('<title>Mine</title>'))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const page = `http://localhost:${(server.address() as AddressInfo).port}/plans`
    const copy = copyWorkspace('hooks')
    const child = spawn(process.execPath, [CLI, 'simulate', copy.folder, '--page', page], { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      let said = ''
      for await (const text of child.stdout) {
        said += text
        if (said.includes('Press Ctrl-C')) break
      }
      const ui = /The simulator is at (\S+)/.exec(said)![1]!
      const { frameUrl } = await stateOf(ui, state => state.page === page)
      const entered = await fetch(frameUrl!)
      assert.match(await entered.text(), /location\.replace\("\/plans"\)/)
      const shown = await (await fetch(new URL('/plans', entered.url))).text()
      assert.match(shown, /<title>Mine<\/title>/)
      assert.match(shown, /stage\.js/)
    } finally {
      child.kill()
      await once(child, 'close')
      server.close()
      copy.remove()
    }
  })
})

/** The first state that fits, as a panel at this address is told. */
async function stateOf(ui: string, fits: (state: PanelState) => boolean): Promise<PanelState> {
  const leave = new AbortController()
  const stream = await fetch(`${ui}events?line=test`, { signal: leave.signal })
  const headers = { 'Content-Type': 'application/json' }
  await fetch(`${ui}send?line=test`, { method: 'POST', headers, body: JSON.stringify({ kind: 'ready' }) })
  let text = ''
  for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const lines = text.split('\n').slice(0, -1)
    const told = lines.flatMap(line =>
      line.startsWith('data: ') ? [JSON.parse(line.slice(6)) as { kind: string; state: PanelState }] : []
    )
    const found = told.find(({ kind, state }) => kind === 'state' && fits(state))
    if (!found) continue
    leave.abort()
    return found.state
  }
  throw new Error('The line ended.')
}
