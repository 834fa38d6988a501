import { readFileSync } from 'node:fs'
import { type Facts, words } from './facts.ts'
import { normalType } from './type-text.ts'

interface Parameter {
  readonly name: string
  readonly type: string
  readonly optional?: boolean
  readonly rest?: boolean
  readonly deprecated?: boolean
}

interface Member {
  readonly kind: 'property' | 'method' | 'callSignature' | 'indexSignature' | 'constructor'
  readonly name?: string
  readonly type?: string
  readonly parameters?: readonly Parameter[]
  readonly typeParameters?: readonly string[]
  readonly returns?: string
  readonly optional?: boolean
  readonly readonly?: boolean
  readonly static?: boolean
  readonly deprecated?: boolean
}

interface Entry {
  readonly path: string
  readonly kind: 'interface' | 'type' | 'const' | 'enum' | 'class' | 'namespace' | 'function'
  readonly value?: boolean
  readonly deprecated?: boolean
  readonly type?: string
  readonly extends?: readonly string[]
  readonly members?: readonly Member[]
  readonly parameters?: readonly Parameter[]
  readonly typeParameters?: readonly string[]
  readonly returns?: string
  readonly values?: readonly { readonly name: string; readonly value: string | number }[]
}

export interface Surface {
  /** Members of `bp` at run time. */
  readonly runtimeKeys: readonly string[]
  readonly entries: readonly Entry[]
  /** Declared outside of the SDK's own module. */
  readonly ambient: readonly Entry[]
}

export const surface: Surface = JSON.parse(readFileSync(new URL('surface.json', import.meta.url), 'utf8'))

/** The surface's entries as the lines that `declaredFacts` makes of declarations. */
export function surfaceFacts(entries: readonly Entry[]): Facts {
  const facts: Facts = new Map()
  for (const entry of entries) {
    const marks = words(entry.deprecated && 'deprecated', entry.typeParameters && `<${entry.typeParameters.join(', ')}>`)
    if (entry.kind === 'function') facts.set(`${entry.path}()`, words(entry.deprecated && 'deprecated', signature(entry)))
    else if (entry.kind === 'namespace') facts.set(`${entry.path}:namespace`, entry.value ? 'value' : '')
    else if (entry.kind === 'enum') facts.set(`${entry.path}:enum`, words(marks, entry.values!.map(enumValue).join(', ')))
    else if (entry.kind === 'type' || entry.kind === 'const') {
      facts.set(`${entry.path}:${entry.kind}`, words(marks, normalType(entry.type!)))
    } else {
      facts.set(`${entry.path}:${entry.kind}`, words(marks, entry.extends && `extends ${entry.extends}`))
      for (const member of entry.members ?? []) facts.set(`${entry.path}#${keyOf(member)}`, memberFact(member))
    }
  }
  return facts
}

function keyOf(member: Member): string {
  if (member.kind === 'method') return `${member.name}()`
  return { property: member.name!, callSignature: '()', indexSignature: '[]', constructor: 'new()' }[member.kind]
}

function memberFact(member: Member): string {
  const marks = words(
    member.deprecated && 'deprecated',
    member.static && 'static',
    member.readonly && 'readonly',
    member.optional && 'optional'
  )
  if (member.kind === 'property') return words(marks, normalType(member.type!))
  if (member.kind === 'indexSignature') return words(marks, `[${parameterText(member.parameters![0]!)}]: ${normalType(member.type!)}`)
  if (member.kind === 'constructor') return `(${member.parameters!.map(parameterText).join(', ')})`
  return words(marks, signature(member))
}

function signature(node: Pick<Member, 'typeParameters' | 'parameters' | 'returns'>): string {
  const types = node.typeParameters ? `<${node.typeParameters.join(', ')}>` : ''
  return `${types}(${node.parameters!.map(parameterText).join(', ')}): ${normalType(node.returns!)}`
}

function parameterText(parameter: Parameter): string {
  const { name, type, optional, rest, deprecated } = parameter
  return `${deprecated ? 'deprecated ' : ''}${rest ? '...' : ''}${name}${optional ? '?' : ''}: ${normalType(type)}`
}

function enumValue({ name, value }: { name: string; value: string | number }): string {
  return `${name} = ${typeof value === 'string' ? `'${value}'` : value}`
}
