import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { behaviourFiles } from '../../src/extension/behaviours/behaviour-files.ts'
import { FIRST_BOT, firstBotFiles } from '../../src/extension/new-place.ts'
import { ScenarioProcess } from '../../src/host/scenario-process.ts'
import { checkFolder } from '../../src/language/check.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

describe('The bot that is made along with the first behaviour of an empty folder', function () {
  this.timeout(60_000)

  it('mounts, answers, and is clean under every rule', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-first-'))
    const player = new ScenarioProcess(join(root, 'dist/scenario.js'))
    const outcomes: string[] = []
    try {
      const behaviour = {
        name: 'greeting',
        botId: FIRST_BOT,
        trigger: 'ready',
        audience: 'everyone',
        frequency: 'ever',
        interruption: 'notice'
      } as const
      for (const { path, text } of [...firstBotFiles(FIRST_BOT), ...behaviourFiles(behaviour)]) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), text)
      }
      const says = join(folder, 'scenarios/says.scenario.yaml')
      writeFileSync(says, `given: { bot: ${FIRST_BOT} }\nsteps:\n  - open\n  - say: Hello\n  - expect: { says: What can I do for you }\n`)
      assert.deepEqual(await checkFolder(folder), [])
      const ended = player.run(
        [{ file: join(folder, 'scenarios/greeting.scenario.yaml') }, { file: says }],
        {},
        {
          found: ({ found }) => outcomes.push(...found.problems.map(({ message }) => message)),
          ended: ({ result: { outcome, failures } }) => outcomes.push(failures[0]?.message ?? outcome)
        }
      )
      await ended.done
    } finally {
      await player.stop()
      rmSync(folder, { recursive: true })
    }
    assert.ok(outcomes.length > 1)
    assert.deepEqual([...new Set(outcomes)], ['passed'])
  })
})
