import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { behaviourFiles } from '../../src/extension/behaviours/behaviour-files.ts'
import { AUDIENCES, type Behaviour, FREQUENCIES, INTERRUPTIONS, TRIGGERS } from '../../src/extension/behaviours/choices.ts'
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
})
