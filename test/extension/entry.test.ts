import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

describe('The entry of the extension', () => {
  it('is less than 5 KB with all that it loads at once; the rest is loaded on demand', async () => {
    const { metafile } = await esbuild.build({
      entryPoints: [join(root, 'src/extension/main.ts')],
      bundle: true,
      minify: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      external: ['vscode'],
      outdir: join(root, 'out/entry'),
      write: false,
      metafile: true,
      logLevel: 'silent'
    })
    const outputs = Object.entries(metafile.outputs)
    const [entry] = outputs.find(([, output]) => output.entryPoint?.endsWith('src/extension/main.ts'))!
    const atOnce = new Set<string>()
    const load = (file: string) => {
      if (atOnce.has(file) || !metafile.outputs[file]) return
      atOnce.add(file)
      for (const { kind, path } of metafile.outputs[file]!.imports) if (kind === 'import-statement') load(path)
    }
    load(entry)
    const bytes = [...atOnce].reduce((sum, file) => sum + metafile.outputs[file]!.bytes, 0)
    assert.ok(bytes < 5000, `${bytes} bytes are loaded at once`)
    // Neither the simulator nor the language client comes with the first command.
    const lab = outputs.find(([, output]) => output.entryPoint?.endsWith('src/extension/lab.ts'))!
    atOnce.clear()
    load(lab[0])
    const inputs = [...atOnce].flatMap(file => Object.keys(metafile.outputs[file]!.inputs))
    assert.deepEqual(
      inputs.filter(file => /vscode-languageclient|src\/host\//.test(file)),
      []
    )
  })
})
