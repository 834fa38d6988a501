import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { panelBundle } from './build.ts'
import { THEME_NAMES } from './theme-names.ts'

const folder = fileURLToPath(new URL('../../webview/panel/', import.meta.url))
const files = (readdirSync(folder, { recursive: true }) as string[]).filter(name => /\.(css|tsx?)$/.test(name))
const THEME = join('style', 'theme.css')
const text = (name: string) => readFileSync(join(folder, name), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
const names = (css: string) => [...css.matchAll(/--vscode-[\w-]+/g)].map(match => match[0])

/** Colours by number or by name. System colours (`Canvas`, `Highlight`) belong to the reader's system and are no literals. */
const LITERAL =
  /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklch|color)a?\(|:\s*(?:[\w ]*\s)?(?:white|black|red|green|blue|gray|grey|yellow|orange|purple)\b/i

describe('colours of the panel', () => {
  it('use only names that the editor’s themes know', () => {
    const unknown = files.flatMap(name => names(text(name)).filter(used => !THEME_NAMES.has(used)))
    assert.deepEqual(unknown, [])
  })

  it('are literal in the table for plain browsers only', () => {
    const found = files.filter(name => name !== THEME).flatMap(name => text(name).match(LITERAL)?.[0] ?? [])
    assert.deepEqual(found, [])
    assert.match(text(THEME), LITERAL)
  })

  it('have a value in the table for each name used without a fallback', () => {
    const table = text(THEME)
    const light = new Set([...table.slice(0, table.indexOf('@media')).matchAll(/(--vscode-[\w-]+):/g)].map(match => match[1]))
    const bare = files
      .filter(name => name !== THEME)
      .flatMap(name => [...text(name).matchAll(/var\((--vscode-[\w-]+)\)/g)].map(match => match[1]))
    assert.deepEqual(
      [...new Set(bare)].filter(name => !light.has(name)),
      []
    )
  })

  it('are the same names for a dark system and for a host that asks for dark', () => {
    const blocks = text(THEME)
      .split("data-host='browser'")
      .slice(1)
      .map(block => [...block.matchAll(/(--vscode-[\w-]+:[^;]+);/g)].map(match => match[1]))
    assert.equal(blocks.length, 3)
    assert.deepEqual(blocks[1], blocks[2])
  })
})

describe('the panel’s bundle', () => {
  it('is at most 150 KB before the first picture, style included', async () => {
    const { files, first } = await panelBundle()
    const size = first.reduce((sum, name) => sum + Buffer.byteLength(files.get(name)!), 0)
    assert.ok(size <= 150_000, `${size} bytes in ${first}`)
    assert.ok(first.includes('panel.js') && first.includes('panel.css'))
    assert.ok(files.size > first.length, 'nothing is left for later')
  }).timeout(30_000)

  it('makes no HTML from text and evaluates none as code', async () => {
    for (const name of files)
      assert.doesNotMatch(text(name), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/)
  })
})
