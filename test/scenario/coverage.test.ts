import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { CoverageCollection, linesOf, sharesOf } from '../../src/coverage/collection.ts'
import { ScenarioProcess } from '../../src/host/scenario-process.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const SHOP = join(root, 'samples/shop')
const SCENARIO = join(SHOP, 'scenarios/greeting.scenario.yaml')
const hook = (name: string) => join(SHOP, 'data/bots/shop-bot/hooks/before_incoming_middleware', `${name}.js`)

describe('Coverage of scenarios', function () {
  this.timeout(120_000)

  it('tells what a scenario executed of hooks and pages, and which hooks nothing executed', async () => {
    const player = new ScenarioProcess(join(root, 'src/scenario/main.ts'))
    const collection = new CoverageCollection()
    const own = new CoverageCollection()
    try {
      const play = player.run(
        [{ file: SCENARIO }],
        { coverage: true },
        {
          ended: ({ covered }) => {
            own.add(covered ?? [])
            collection.add(covered ?? [])
          },
          done: ({ covered }) => collection.add(covered ?? [])
        }
      )
      await play.done
    } finally {
      await player.stop()
    }
    const file = (path: string, of = collection) => of.files.find(one => one.file === path)
    const greets = file(hook('10_greet_on_product_page'))
    assert.ok(greets && [...linesOf(greets).values()].every(count => count > 0))
    const page = file(join(SHOP, 'pages/product.html'))
    assert.ok(page && sharesOf(page).functions.covered > 0, 'the page’s handlers')
    const lines = readFileSync(page.file, 'utf8').split('\n')
    assert.ok(
      page.statements.every(({ span }) => /\S/.test(lines[span.line - 1]!.slice(span.column - 1, span.column))),
      'at their places'
    )
    const untouched = join(SHOP, 'data/bots/welcome-bot/hooks/before_incoming_middleware/catch_trigger.js')
    assert.deepEqual([file(untouched, own), sharesOf(file(untouched)!).statements.covered], [undefined, 0])
  })

  it('is written by the command line as lcov and Cobertura', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-coverage-'))
    try {
      const { code, err } = await new Promise<{ code: number; err: string }>(resolve => {
        const args = [join(root, 'dist/cli.js'), 'test', SCENARIO, '--coverage']
        execFile(process.execPath, args, { cwd: folder }, (error, _, err) => resolve({ code: Number(error?.code ?? 0), err }))
      })
      assert.equal(code, 0, err)
      assert.match(err, /10_greet_on_product_page\.js +100 %/)
      assert.match(readFileSync(join(folder, 'coverage/lcov.info'), 'utf8'), /SF:.*10_greet_on_product_page\.js\n(?:.*\n)*?LH:[1-9]/)
      assert.match(readFileSync(join(folder, 'coverage/cobertura.xml'), 'utf8'), /lines-covered="[1-9]/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('is written, as all reports, with files relative to the folder in which the command runs', async () => {
    const above = realpathSync(mkdtempSync(join(tmpdir(), 'proactive-hooks-coverage-')))
    cpSync(SHOP, join(above, 'services/shop'), { recursive: true })
    try {
      const args = [join(root, 'dist/cli.js'), 'test', 'services/shop', '--coverage', '--reporter', 'junit=out/junit.xml']
      await promisify(execFile)(process.execPath, args, { cwd: above })
      const read = (name: string) => readFileSync(join(above, name), 'utf8')
      const greets = 'services/shop/data/bots/shop-bot/hooks/before_incoming_middleware/10_greet_on_product_page.js'
      assert.ok(read('coverage/lcov.info').split('\n').includes(`SF:${greets}`))
      assert.ok(read('coverage/cobertura.xml').includes(`<source>${above}</source>`))
      assert.ok(read('coverage/cobertura.xml').includes(`filename="${greets}"`))
      assert.match(read('out/junit.xml'), / file="services\/shop\/scenarios\/greeting\.scenario\.yaml"/)
    } finally {
      rmSync(above, { recursive: true })
    }
  })
})
