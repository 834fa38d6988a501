import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { behaviourFiles } from '../../src/extension/behaviours/behaviour-files.ts'
import { AUDIENCES, type Behaviour, FREQUENCIES, INTERRUPTIONS, TRIGGERS } from '../../src/extension/behaviours/choices.ts'
import { ScenarioProcess } from '../../src/host/scenario-process.ts'
import { checkFolder } from '../../src/language/check.ts'

const keys = <T extends object>(table: T) => Object.keys(table) as (keyof T)[]

/** Every combination, each with a bot of its own so that none answers another's events. */
const ALL: Behaviour[] = keys(TRIGGERS).flatMap(trigger =>
  keys(AUDIENCES).flatMap(audience =>
    keys(FREQUENCIES).flatMap(frequency =>
      keys(INTERRUPTIONS).map(interruption => {
        const name = [trigger, audience, frequency, interruption].join('-')
        return { name, botId: name, trigger, audience, frequency, interruption }
      })
    )
  )
)

/** Each trigger with each audience, and each frequency with each of the manners; all of them with `PROACTIVE_HOOKS_ALL`. */
const PLAYED = process.env.PROACTIVE_HOOKS_ALL
  ? ALL
  : keys(TRIGGERS).flatMap((trigger, row) =>
      keys(AUDIENCES).flatMap((audience, column) => {
        const frequency = keys(FREQUENCIES)[(row + column) % 4]
        const interruption = keys(INTERRUPTIONS)[(row + 2 * column + Math.floor(row / 4)) % 4]
        return ALL.filter(
          one => one.trigger === trigger && one.audience === audience && one.frequency === frequency && one.interruption === interruption
        )
      })
    )

const SAYS = {
  version: '0.0.1',
  startNode: 'entry',
  nodes: [
    {
      id: 'node-entry',
      name: 'entry',
      onEnter: ['say #builtin_text {"text":"The flow speaks."}'],
      onReceive: null,
      next: [{ condition: 'true', node: 'END' }]
    }
  ]
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

describe('New proactive behaviours', function () {
  this.timeout(120_000)

  it('are clean under every rule, in all combinations', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-behaviours-'))
    try {
      for (const behaviour of ALL) {
        write(
          folder,
          `data/bots/${behaviour.botId}/bot.config.json`,
          JSON.stringify({ id: behaviour.botId, defaultLanguage: 'en', languages: ['en'] })
        )
        for (const { path, text } of behaviourFiles(behaviour)) write(folder, path, text)
      }
      const findings = await checkFolder(folder)
      assert.equal(ALL.length, 512)
      assert.deepEqual(
        findings
          .map(({ file, code, range, message }) => `${relative(folder, file)}:${range.start.line + 1} ${code} ${message}`)
          .slice(0, 20),
        []
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('write scenarios that pass', async function () {
    this.timeout(900_000)
    const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
    const player = new ScenarioProcess(join(root, 'dist/scenario.js'))
    const folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-played-'))
    const outcomes: string[] = []
    try {
      const files = PLAYED.map(behaviour => {
        // Few bots to a folder: each is mounted anew for each scenario.
        const home = join(folder, behaviour.trigger)
        const { botId } = behaviour
        write(home, `data/bots/${botId}/bot.config.json`, JSON.stringify({ id: botId, defaultLanguage: 'en', languages: ['en'] }))
        for (const flow of ['main', 'error']) {
          write(home, `data/bots/${botId}/flows/${flow}.flow.json`, JSON.stringify(SAYS))
          write(home, `data/bots/${botId}/flows/${flow}.ui.json`, '{}')
        }
        for (const { path, text } of behaviourFiles(behaviour)) write(home, path, text)
        return { file: join(home, `scenarios/${behaviour.name}.scenario.yaml`) }
      })
      const play = player.run(
        files,
        {},
        {
          found: ({ found }) => outcomes.push(...found.problems.map(({ message }) => `${relative(folder, found.file)}: ${message}`)),
          ended: ({ result: { file, name, outcome, failures } }) => {
            outcomes.push(outcome === 'passed' ? outcome : `${relative(folder, file)}: ${name}: ${failures[0]?.message}`)
          }
        }
      )
      await play.done
    } finally {
      await player.stop()
      rmSync(folder, { recursive: true })
    }
    assert.ok(outcomes.length > 2.5 * PLAYED.length)
    assert.deepEqual(outcomes.filter(outcome => outcome !== 'passed').slice(0, 20), [])
  })
})
