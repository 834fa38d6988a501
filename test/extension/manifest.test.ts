import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleFile, extensionFolder, sentencesOf } from '../../scripts/l10n.ts'
import { HOOK_TYPES } from '../../src/botpress/hook-types.ts'
import {
  COMMANDS,
  CONFIGURATION_SECTION,
  CONTEXT,
  CONTROLLER,
  LANGUAGE_ID,
  PANEL_TYPE,
  SETTINGS,
  VIEW_CONTAINER,
  VIEWS
} from '../../src/extension/contributions.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'))
const manifest = read('package.json')
const words: Record<string, string> = read('package.nls.json')
const { contributes } = manifest
const sorted = (values: Iterable<string>) => [...values].sort()

describe('The manifest', () => {
  it('has the commands of the code, and the code those of the manifest', () => {
    assert.deepEqual(sorted(contributes.commands.map(({ command }: { command: string }) => command)), sorted(Object.values(COMMANDS)))
    for (const command of contributes.commands) assert.equal(command.category, 'Proactive Hooks', command.command)
  })

  it('offers in the explorer what belongs to folders of Botpress, on Windows too, where paths have other slashes', () => {
    const patterns = contributes.menus['explorer/context'].map(
      ({ when }: { when: string }) => new RegExp(/resourcePath =~ \/(.+)\//.exec(when)![1]!)
    )
    assert.equal(patterns.length, 2)
    for (const pattern of patterns) {
      for (const path of ['/shop/data', '/shop/data/bots/a', 'c:\\shop\\data', 'c:\\shop\\data\\bots\\a']) assert.match(path, pattern)
      for (const path of ['/shop/database', 'c:\\shop\\metadata']) assert.doesNotMatch(path, pattern)
    }
  })

  it('is active for scenario files whatever their ending', () => {
    for (const ending of ['yaml', 'yml', 'json']) assert.ok(manifest.activationEvents.includes(`workspaceContains:**/*.scenario.${ending}`))
  })

  it('has the settings of the code with the same defaults, and the code those of the manifest', () => {
    const properties: Record<string, { default: unknown; scope?: string; markdownDescription?: string }> =
      contributes.configuration.properties
    const defaults = Object.fromEntries(Object.entries(properties).map(([id, property]) => [id, property.default]))
    assert.deepEqual(
      defaults,
      Object.fromEntries(Object.entries(SETTINGS).map(([name, value]) => [`${CONFIGURATION_SECTION}.${name}`, value]))
    )
    for (const [id, property] of Object.entries(properties)) assert.ok(property.scope && property.markdownDescription, id)
  })

  it('names settings, commands and views in code only through the tables', () => {
    const used = globSync('**/*.ts', { cwd: extensionFolder })
      .filter(file => file !== 'contributions.ts')
      .map(file => readFileSync(join(extensionFolder, file), 'utf8'))
      .join('\n')
    for (const name of Object.keys(SETTINGS)) assert.ok(used.includes(`'${name}'`), `the setting ${name} is not used`)
    for (const name of Object.keys(COMMANDS)) assert.match(used, new RegExp(`\\b${name}: `), `no feature answers ${name}`)
  })

  it('has the views and their container', () => {
    const views = contributes.views[VIEW_CONTAINER].map(({ id }: { id: string }) => id)
    assert.deepEqual(sorted(views), sorted(Object.values(VIEWS)))
    assert.deepEqual(
      contributes.viewsContainers.secondarySidebar.map(({ id }: { id: string }) => id),
      [VIEW_CONTAINER]
    )
    assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${PANEL_TYPE}`))
  })

  it('mentions no command, view, context key or setting that does not exist', () => {
    const known = new Set([
      ...Object.values(COMMANDS),
      ...Object.values(VIEWS),
      ...Object.values(CONTEXT),
      ...Object.keys(SETTINGS).map(name => `${CONFIGURATION_SECTION}.${name}`),
      PANEL_TYPE,
      CONTROLLER
    ])
    const text = `${JSON.stringify(manifest)} ${JSON.stringify(words)}`
    const mentioned = new Set(text.match(/proactiveHooks\.[A-Za-z]+(\.[A-Za-z]+)?/g))
    assert.deepEqual(
      [...mentioned].filter(name => !known.has(name)),
      []
    )
  })

  it('binds its language to every hook folder of the 15 types (R1.1, R2.1)', () => {
    const [language, ...others] = contributes.languages
    assert.deepEqual(others, [])
    assert.equal(language.id, LANGUAGE_ID)
    const wanted = HOOK_TYPES.flatMap(({ id }) => [`**/global/hooks/${id}/**/*.js`, `**/bots/*/hooks/${id}/**/*.js`])
    assert.deepEqual(sorted(language.filenamePatterns), sorted(wanted))
    assert.deepEqual(contributes.breakpoints, [{ language: LANGUAGE_ID }])
    assert.equal(contributes.grammars[0].language, LANGUAGE_ID)
  })

  it('never activates on start-up', () => {
    for (const event of manifest.activationEvents) assert.match(event, /^(workspaceContains|onWebviewPanel|onDebugResolve):/)
  })

  it('gives each of the three keys to one command, and only where it means something', () => {
    assert.equal(contributes.keybindings.length, 3)
    assert.equal(new Set(contributes.keybindings.map(({ key }: { key: string }) => key)).size, 3)
    for (const { when } of contributes.keybindings) assert.ok(when)
  })

  it('names files that are there', () => {
    const language = contributes.languages[0]
    const files = [
      manifest.icon,
      language.configuration,
      language.icon.light,
      language.icon.dark,
      ...contributes.grammars.map(({ path }: { path: string }) => path),
      ...contributes.snippets.map(({ path }: { path: string }) => path),
      ...contributes.walkthroughs[0].steps.map(({ media }: { media: { markdown: string } }) => media.markdown)
    ]
    assert.deepEqual(
      files.filter(file => !existsSync(join(root, file))),
      []
    )
    assert.equal(contributes.walkthroughs[0].steps.length, 4)
  })

  it('has an icon of 256 × 256', () => {
    const png = readFileSync(join(root, manifest.icon))
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [256, 256])
    assert.ok(statSync(join(root, manifest.icon)).size < 100_000)
  })

  it('is packed with what its page leads to, and with nothing else', () => {
    // vsce reads a pattern with an exclamation mark as one that takes everything in.
    assert.deepEqual(
      manifest.files.filter((pattern: string) => pattern.startsWith('!')),
      []
    )
    const packed = new Set(
      globSync(
        manifest.files.map((pattern: string) => `${pattern}{,/**}`),
        { cwd: root }
      ).map(path => path.replaceAll('\\', '/'))
    )
    const page = readFileSync(join(root, 'README.md'), 'utf8').split('## Working on it')[0]!
    // Pictures are shown from the web only: the editor and the Marketplace load none from within a package.
    const links = [...page.matchAll(/(?<!!\[[^\]]*)\]\(([^):#]+)\)/g)].map(([, link]) => link!)
    assert.ok(links.length > 3)
    assert.deepEqual(
      links.filter(link => !packed.has(link)),
      []
    )
  })

  it('has words for each of its keys, and no word without one', () => {
    const keys = new Set([...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!))
    assert.deepEqual(sorted(keys), sorted(Object.keys(words)))
  })

  it('has the sentences of the code ready for translators: `node scripts/l10n.ts` writes them', () => {
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(bundleFile, 'utf8'))), sentencesOf(extensionFolder))
  })
})
