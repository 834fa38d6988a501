/** Collects the sentences of the extension into l10n/bundle.l10n.json, which translators start from: `node scripts/l10n.ts`. */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Every sentence that is passed to `l10n.t` as a literal, sorted. A call with anything else is an error: it could never be translated. */
export function sentencesOf(folder: string): string[] {
  const found = new Set<string>()
  for (const file of globSync('**/*.ts', { cwd: folder })) {
    const source = ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest)
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && /(^|\.)l10n\.t$/.test(node.expression.getText(source))) {
        const [sentence] = node.arguments
        if (!sentence || !ts.isStringLiteralLike(sentence))
          throw new Error(`${file}: l10n.t needs its sentence as a literal, not ${node.getText(source)}`)
        found.add(sentence.text)
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  return [...found].sort()
}

export const extensionFolder = join(root, 'src/extension')
export const bundleFile = join(root, 'l10n/bundle.l10n.json')

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bundle = Object.fromEntries(sentencesOf(extensionFolder).map(sentence => [sentence, sentence]))
  writeFileSync(bundleFile, `${JSON.stringify(bundle, null, 2)}\n`)
}
