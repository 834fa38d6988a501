import ts from 'typescript'

/** The interfaces of the SDK declarations that list modules by name. */
const LISTS = new Set(['ShippedModules', 'NodeModules'])
/** The one that has all of them. */
const ALL = 'ShippedModules'

/**
 * Declares each listed module, so that `const _ = require('lodash')` has its type, and any other name as a module of anything:
 * what lies in `libraries` or `shared_libs` is not known here (R3.20).
 *
 * @param text a declaration file of the SDK
 * @returns undefined when the file lists no modules
 */
export function moduleDeclarations(text: string): string | undefined {
  if (!text.includes(ALL)) return undefined
  const names: string[] = []
  ts.forEachChild(ts.createSourceFile('modules.d.ts', text, ts.ScriptTarget.ESNext), node => {
    if (!ts.isInterfaceDeclaration(node) || !LISTS.has(node.name.text)) return
    for (const { name } of node.members) if (name && (ts.isIdentifier(name) || ts.isStringLiteral(name))) names.push(name.text)
  })
  if (names.length === 0) return undefined
  const known = names.map(name => `declare module '${name}' {\n  const it: ${ALL}['${name}']\n  export = it\n}`)
  return [...known, "declare module '*'"].join('\n')
}
