import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compileFunction } from 'node:vm'

const shop = join(import.meta.dirname, '../../samples/shop')
const read = (file: string) => readFileSync(join(shop, file), 'utf8')
const flows = globSync('data/bots/*/flows/*.flow.json', { cwd: shop })

interface Flow {
  version: string
  startNode: string
  nodes: { id: string; name: string; onEnter: string[] | null; next: { node: string }[] }[]
}

describe('The sample shop', () => {
  it('has a layout beside every flow, and only transitions that lead somewhere (F1, F4, F12)', () => {
    assert.ok(flows.length >= 8)
    for (const file of flows) {
      const flow: Flow = JSON.parse(read(file))
      const names = flow.nodes.map(node => node.name)
      assert.match(flow.version, /^0\./, file)
      assert.ok(names.includes(flow.startNode), file)
      for (const { next } of flow.nodes) for (const { node } of next) assert.ok([...names, 'END'].includes(node), `${file}: ${node}`)
      const layout: { nodes: { id: string }[] } = JSON.parse(read(file.replace('.flow.json', '.ui.json')))
      assert.deepEqual(
        layout.nodes.map(node => node.id),
        flow.nodes.map(node => node.id),
        file
      )
    }
  })

  it('says only what its content elements hold (R13.3)', () => {
    for (const file of flows) {
      const ids = [...read(file).matchAll(/#!(builtin_text-\w{6})\b/g)].map(match => match[1])
      if (ids.length === 0) continue
      const elements: { id: string }[] = JSON.parse(read(join(dirname(file), '../content-elements/builtin_text.json')))
      for (const id of ids)
        assert.ok(
          elements.some(element => element.id === id),
          `${file}: ${id}`
        )
    }
  })

  it('has hooks whose bodies compile as Botpress compiles them (R3.3, R3.4)', () => {
    const hooks = globSync('data/**/hooks/*/*.js', { cwd: shop })
    assert.equal(hooks.length, 7)
    for (const file of hooks) compileFunction(read(file), ['bp', 'event'], { filename: file })
  })

  it('tells about every page in its README', () => {
    const pages = globSync('pages/*.html', { cwd: shop }).map(file => file.replace(/^pages./, ''))
    for (const page of pages) assert.ok(read('README.md').includes(`\`${page}\``), page)
  })
})
