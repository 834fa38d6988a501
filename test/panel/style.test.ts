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

/** Names that have the same colour in light and dark. */
const ONE_FOR_BOTH = ['button-foreground', 'inputValidation-errorBorder', 'inputValidation-warningBorder', 'list-activeSelectionForeground']

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
    const table = new Set([...text(THEME).matchAll(/(--vscode-[\w-]+):/g)].map(match => match[1]))
    const bare = files
      .filter(name => name !== THEME)
      .flatMap(name => [...text(name).matchAll(/var\((--vscode-[\w-]+)\)/g)].map(match => match[1]))
    assert.deepEqual(
      [...new Set(bare)].filter(name => !table.has(name)),
      []
    )
  })

  it('are given for light and dark in one place, each name once', () => {
    const given = [...text(THEME).matchAll(/(--vscode-[\w-]+):\s*([^;]+);/g)].map(match => ({ name: match[1]!, value: match[2]! }))
    assert.equal(new Set(given.map(({ name }) => name)).size, given.length)
    // Those that are alike in both; all others name both.
    const one = given
      .filter(({ name, value }) => !value.startsWith('light-dark(') && !/-font-/.test(name))
      .map(({ name }) => name.slice('--vscode-'.length))
    assert.deepEqual(one, ONE_FOR_BOTH)
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
