import { deepStrictEqual, ok } from 'node:assert/strict'
import { basename } from 'node:path'
import ts from 'typescript'
import { declarationSources } from './program.ts'

/** Everything that a completion or hover can show: declarations, their members, and members of the types written within them. */
function* described(node: ts.Node): Generator<ts.Node> {
  if (isNamed(node)) yield node
  // What a parameter or a result is made of is described with the function.
  if (ts.isParameter(node) || ts.isTypeParameterDeclaration(node)) return
  for (const child of node.getChildren()) {
    if (ts.isFunctionLike(node) && child === node.type) continue
    yield* described(child)
  }
}

function isNamed(node: ts.Node): boolean {
  if (ts.isModuleDeclaration(node)) return false
  if (ts.isIndexSignatureDeclaration(node)) return !ts.isTypeLiteralNode(node.parent)
  return (
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isEnumMember(node) ||
    (ts.isVariableStatement(node) && !isShippedModule(node)) ||
    ts.isPropertySignature(node) ||
    ts.isMethodSignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isCallSignatureDeclaration(node)
  )
}

/** `declare module 'axios' { const shipped … }` only gives a name to what is described elsewhere. */
function isShippedModule(node: ts.Node): boolean {
  const module = node.parent?.parent
  return module !== undefined && ts.isModuleDeclaration(module) && ts.isStringLiteral(module.name)
}

const commentOf = (node: ts.Node) => ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc)

describe('sdk: doc comments', () => {
  for (const source of declarationSources) {
    it(`say something about everything in ${basename(source.fileName)}`, () => {
      const silent = [...described(source)]
        .filter(node => !ts.getTextOfJSDocComment(commentOf(node)?.comment)?.trim())
        .map(node => `${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${node.getText().split('\n')[0]}`)
      deepStrictEqual(silent, [])
    })
  }

  it('say what to use instead of what is deprecated', () => {
    const deprecated = declarationSources.flatMap(source => [...described(source)]).flatMap(node => ts.getJSDocDeprecatedTag(node) ?? [])
    ok(deprecated.length > 10)
    for (const tag of deprecated)
      ok(ts.getTextOfJSDocComment(tag.comment)?.startsWith('use ') || /^write to /.test(String(tag.comment)), tag.getText())
  })

  it('stay within one file of reasonable length', () => {
    for (const source of declarationSources) ok(source.getLineStarts().length <= 305, source.fileName)
  })
})
