import ts from 'typescript'
import { signatureText, typeParametersText, typeText } from './type-text.ts'

/**
 * What declarations say, one line each, by key: `bp.kvs.get()` a function, `bp.User:interface` an entry, `bp.User#id` a member.
 * The reference's surface is turned into the same lines, so that the two compare by `===`.
 */
export type Facts = Map<string, string>

/** Reads the facts of the namespaces `sdk` and, under their own names, of all others. */
export function declaredFacts(sources: readonly ts.SourceFile[]): Facts {
  const facts: Facts = new Map()
  for (const source of sources) for (const statement of source.statements) read(statement, '', facts)
  return facts
}

function read(node: ts.Node, parent: string, facts: Facts): void {
  const name = (named: { name?: ts.Node }) => join(parent, named.name!.getText())
  if (ts.isModuleDeclaration(node)) {
    if (ts.isIdentifier(node.name)) readNamespace(node, parent, facts)
  } else if (ts.isInterfaceDeclaration(node)) {
    const path = name(node)
    const bases = node.heritageClauses?.flatMap(clause => clause.types.map(type => type.getText().replace(/^IO\./, ''))) ?? []
    put(facts, `${path}:interface`, words(deprecation(node), typeParametersText(node.typeParameters), bases.length && `extends ${bases}`))
    for (const member of node.members) readMember(member, path, facts)
  } else if (ts.isClassDeclaration(node)) {
    const path = name(node)
    put(facts, `${path}:class`, deprecation(node))
    for (const member of node.members) readMember(member, path, facts)
  } else if (ts.isTypeAliasDeclaration(node)) {
    put(facts, `${name(node)}:type`, words(deprecation(node), typeParametersText(node.typeParameters), typeText(node.type)))
  } else if (ts.isEnumDeclaration(node)) {
    const values = node.members.map(member => `${member.name.getText()} = ${member.initializer!.getText()}`)
    put(facts, `${name(node)}:enum`, words(deprecation(node), values.join(', ')))
  } else if (ts.isFunctionDeclaration(node)) {
    put(facts, `${name(node)}()`, words(deprecation(node), `${signatureText(node)}: ${typeText(node.type!)}`))
  } else if (ts.isVariableStatement(node)) {
    for (const variable of node.declarationList.declarations) {
      put(facts, `${name(variable)}:const`, words(deprecation(node), typeText(variable.type!)))
    }
  }
}

function readNamespace(node: ts.ModuleDeclaration, parent: string, facts: Facts): void {
  const path = join(parent, node.name.getText())
  if (path !== 'bp') {
    const key = `${path}:namespace`
    const value = hasValue(node) ? 'value' : ''
    facts.set(key, facts.get(key) || value)
  }
  if (!node.body) return
  if (ts.isModuleDeclaration(node.body)) readNamespace(node.body, path, facts)
  else if (ts.isModuleBlock(node.body)) for (const statement of node.body.statements) read(statement, path, facts)
}

function readMember(member: ts.TypeElement | ts.ClassElement, path: string, facts: Facts): void {
  const flags = ts.getCombinedModifierFlags(member)
  const marks = words(
    deprecation(member),
    flags & ts.ModifierFlags.Static && 'static',
    flags & ts.ModifierFlags.Readonly && 'readonly',
    'questionToken' in member && member.questionToken && 'optional'
  )
  const key = (name: string) => `${path}#${name}`
  const nameOf = (named: { name: ts.Node }) => named.name.getText().replace(/^'|'$/g, '')
  if (ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) {
    put(facts, key(nameOf(member)), words(marks, typeText(member.type!)))
  } else if (ts.isMethodSignature(member) || ts.isMethodDeclaration(member)) {
    put(facts, key(`${nameOf(member)}()`), words(marks, `${signatureText(member)}: ${typeText(member.type!)}`))
  } else if (ts.isCallSignatureDeclaration(member)) {
    put(facts, key('()'), `${signatureText(member)}: ${typeText(member.type!)}`)
  } else if (ts.isConstructorDeclaration(member)) {
    put(facts, key('new()'), signatureText(member))
  } else if (ts.isIndexSignatureDeclaration(member)) {
    put(facts, key('[]'), words(marks, `[${member.parameters[0]!.getText()}]: ${typeText(member.type)}`))
  }
}

/** Overloads become one line, in order. */
function put(facts: Facts, key: string, value: string): void {
  const known = facts.get(key)
  facts.set(key, known === undefined || known === value ? value : `${known}; ${value}`)
}

function deprecation(node: ts.Node): string {
  return ts.getJSDocDeprecatedTag(node) ? 'deprecated' : ''
}

function hasValue(node: ts.ModuleDeclaration): boolean {
  if (!node.body) return false
  if (ts.isModuleDeclaration(node.body)) return hasValue(node.body)
  return (
    ts.isModuleBlock(node.body) &&
    node.body.statements.some(
      statement =>
        ts.isFunctionDeclaration(statement) ||
        ts.isVariableStatement(statement) ||
        ts.isClassDeclaration(statement) ||
        ts.isEnumDeclaration(statement) ||
        (ts.isModuleDeclaration(statement) && hasValue(statement))
    )
  )
}

function join(parent: string, name: string): string {
  if (parent === '' && name === 'sdk') return 'bp'
  return parent ? `${parent}.${name}` : name
}

export function words(...parts: (string | number | boolean | object | undefined | null)[]): string {
  return parts.filter(part => typeof part === 'string' && part !== '').join(' ')
}
