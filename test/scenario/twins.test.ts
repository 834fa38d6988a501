import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { filesBelow } from '../../src/host/workspace.ts'
import type { ScenarioResult } from '../../src/protocol/scenario.ts'
import { readScenarioFile } from '../../src/scenario/file/read.ts'
import { play } from '../../src/scenario/play/player.ts'
import { Theatre } from '../../src/scenario/play/theatre.ts'
import { TWINS, type Twin } from './twins.ts'

const PLAYBOOK = join(import.meta.dirname, '../../samples/playbook')
const ENGINE = join(import.meta.dirname, '../../dist/engine.js')

describe('Each scenario of the playbook fails, with words for a newcomer, when its hook or page has a mistake', function () {
  this.timeout(60_000)
  let root: string
  let theatre: Theatre
  before(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'proactive-hooks-twins-')))
    cpSync(PLAYBOOK, root, { recursive: true })
    theatre = new Theatre({ engine: ENGINE })
  })
  after(async () => {
    await theatre.close()
    rmSync(root, { recursive: true, force: true })
  })

  /** Makes the mistakes, plays the scenarios with the tag, and takes the mistakes back. */
  async function played({ tag, edits }: Twin): Promise<ScenarioResult[]> {
    const originals = new Map<string, string | undefined>()
    for (const { file, from, to, text } of edits) {
      const path = join(root, file)
      const before = text === undefined || originals.has(path) ? readFileSync(path, 'utf8') : undefined
      if (!originals.has(path)) originals.set(path, before)
      const after = text ?? before!.replace(from!, to!)
      assert.notEqual(after, before, `nothing to change in ${file}`)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, after)
    }
    const files = [...originals.keys()]
    await theatre.changed(files)
    const results: ScenarioResult[] = []
    try {
      const [scenario] = filesBelow(join(root, 'scenarios'), ['.scenario.yaml']).filter(file => file.includes(`${tag}-`))
      for (const plan of readScenarioFile(scenario!).plans) {
        results.push((await play(plan, { seed: 1, update: false, theatre })).result)
      }
    } finally {
      for (const [file, text] of originals) {
        if (text === undefined) rmSync(file)
        else writeFileSync(file, text)
      }
      await theatre.changed(files)
    }
    return results
  }

  for (const twin of TWINS) {
    it(twin.tag, async () => {
      const results = await played(twin)
      const failures = results.flatMap(result => result.failures)
      const told = failures.map(({ message, because = '' }) => `${message} ${because}`)
      assert.ok(
        told.some(text => twin.says.test(text)),
        `${twin.says} in\n${told.join('\n') || 'nothing: it passed'}`
      )
      assert.ok(failures.every(({ range }) => range?.file.startsWith(root)))
      for (const { message } of failures) assert.doesNotMatch(message, /\[object|undefined was|could not be played/)
    })
  }

  it('has a mistake for every scenario of the playbook', () => {
    const tags = new Set(filesBelow(join(PLAYBOOK, 'scenarios'), ['.scenario.yaml']).flatMap(file => /(S\d\d)-/.exec(file)?.[1] ?? []))
    assert.deepEqual([...tags].sort(), TWINS.map(({ tag }) => tag).sort())
  })
})
