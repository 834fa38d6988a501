import ts from 'typescript'

/** Namespaces of the SDK whose names are also reached without them, so that `IO.Event` and `Event` compare as one. */
const IMPLIED = /^(?:sdk|bp|IO|NLU|NDU|express|cms|http)\./

/**
 * A type in a normal form: comments and quotes made alike, members of unions and intersections sorted, qualifiers that are implied left out.
 *
 * @param text a type as TypeScript writes it
 */
export function normalType(text: string): string {
  const source = ts.createSourceFile('type.d.ts', `type It = ${text}`, ts.ScriptTarget.ES2023, true)
  const statement = source.statements[0]
  if (!statement || !ts.isTypeAliasDeclaration(statement)) throw new Error(`not a type: ${text}`)
  return typeText(statement.type)
}

/** The normal form of a type node that has parents and a source file. */
export function typeText(node: ts.TypeNode): string {
  if (ts.isParenthesizedTypeNode(node)) return typeText(node.type)
  if (ts.isUnionTypeNode(node)) return node.types.map(typeText).sort().join(' | ')
  if (ts.isIntersectionTypeNode(node)) return node.types.map(grouped).sort().join(' & ')
  if (ts.isArrayTypeNode(node)) return `${grouped(node.elementType)}[]`
  if (ts.isTypeReferenceNode(node)) return `${unqualified(node.typeName.getText())}${typeArguments(node)}`
  if (ts.isTypeQueryNode(node)) return `typeof ${unqualified(node.exprName.getText())}`
  if (ts.isImportTypeNode(node) && node.isTypeOf) return 'typeof sdk'
  if (ts.isFunctionTypeNode(node)) return `${signatureText(node)} => ${typeText(node.type)}`
  if (ts.isTypeOperatorNode(node)) return `${ts.tokenToString(node.operator)} ${typeText(node.type)}`
  if (ts.isTypeLiteralNode(node) && node.members.length === 0) return '{}'
  if (ts.isTypeLiteralNode(node)) return `{ ${node.members.map(member => `${memberText(member)};`).join(' ')} }`
  if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) return `'${node.literal.text}'`
  return node.getText().replace(/\s+/g, ' ').replace(/; \}/g, ' }')
}

/** `<T>(name?: type, ...rest: type)`, with a mark on parameters that are deprecated. */
export function signatureText(node: ts.SignatureDeclarationBase): string {
  const parameters = node.parameters.map(parameter => {
    const type = parameter.type ? typeText(parameter.type) : 'any'
    const deprecated = parameter.getFullText().includes('@deprecated') ? 'deprecated ' : ''
    return `${deprecated}${parameter.dotDotDotToken ? '...' : ''}${parameter.name.getText()}${parameter.questionToken ? '?' : ''}: ${type}`
  })
  return `${typeParametersText(node.typeParameters)}(${parameters.join(', ')})`
}

export function typeParametersText(parameters: ts.NodeArray<ts.TypeParameterDeclaration> | undefined): string {
  return parameters ? `<${parameters.map(parameter => parameter.getText()).join(', ')}>` : ''
}

function memberText(member: ts.TypeElement): string {
  const optional = member.questionToken ? '?' : ''
  const readonly = ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Readonly ? 'readonly ' : ''
  if (ts.isPropertySignature(member)) return `${readonly}${member.name.getText()}${optional}: ${typeText(member.type!)}`
  if (ts.isMethodSignature(member)) return `${member.name.getText()}${optional}${signatureText(member)}: ${typeText(member.type!)}`
  if (ts.isIndexSignatureDeclaration(member)) return `[${member.parameters[0]!.getText()}]: ${typeText(member.type)}`
  return member.getText()
}

function typeArguments(node: ts.TypeReferenceNode): string {
  return node.typeArguments ? `<${node.typeArguments.map(typeText).join(', ')}>` : ''
}

function grouped(node: ts.TypeNode): string {
  const text = typeText(node)
  const inner = ts.isParenthesizedTypeNode(node) ? node.type : node
  return ts.isUnionTypeNode(inner) || ts.isFunctionTypeNode(inner) || ts.isIntersectionTypeNode(inner) ? `(${text})` : text
}

function unqualified(name: string): string {
  return IMPLIED.test(name) ? unqualified(name.replace(IMPLIED, '')) : name
}
