import {
  type ClientCapabilities,
  type Connection,
  DocumentFormattingRequest,
  DocumentOnTypeFormattingRequest,
  DocumentRangeFormattingRequest,
  RenameRequest,
  SemanticTokensRegistrationType,
  type ServerCapabilities,
  TextDocumentSyncKind
} from 'vscode-languageserver/node'
import { SEMANTIC_LEGEND } from './features/semantic-tokens.ts'

/**
 * Of these an editor takes one provider for each document, or asks its user to choose. The editor hands over pages and
 * configuration files as well, which have providers of their own, so these are announced for hooks alone.
 */
const EXCLUSIVE = {
  renameProvider: { prepareProvider: true },
  semanticTokensProvider: { legend: SEMANTIC_LEGEND, full: true },
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  documentOnTypeFormattingProvider: { firstTriggerCharacter: ';', moreTriggerCharacter: ['}', '\n'] }
} as const satisfies ServerCapabilities

const SHARED: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
  completionProvider: { triggerCharacters: ['.', '"', "'", '`', '/', '#'], resolveProvider: true },
  hoverProvider: true,
  signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [')'] },
  definitionProvider: true,
  typeDefinitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  inlayHintProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  codeActionProvider: { codeActionKinds: ['quickfix', 'source.fixAll', 'refactor'] },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } }
}

/** Whether the editor takes announcements after the start, each with the documents that it is for. */
function takesSelectors(client: ClientCapabilities): boolean {
  const { rename, semanticTokens, formatting, rangeFormatting, onTypeFormatting } = client.textDocument ?? {}
  return [rename, semanticTokens, formatting, rangeFormatting, onTypeFormatting].every(feature => feature?.dynamicRegistration)
}

/** What the server can do, for the answer to `initialize`. */
export function capabilitiesFor(client: ClientCapabilities): ServerCapabilities {
  return takesSelectors(client) ? SHARED : { ...SHARED, ...EXCLUSIVE }
}

/** Announces what is for hooks alone, to an editor that can tell documents apart. */
export async function registerForHooks(connection: Connection, client: ClientCapabilities): Promise<void> {
  if (!takesSelectors(client)) return
  const documentSelector = [{ language: 'botpress-hook' }]
  await Promise.all([
    connection.client.register(RenameRequest.type, { documentSelector, ...EXCLUSIVE.renameProvider }),
    connection.client.register(SemanticTokensRegistrationType.type, { documentSelector, ...EXCLUSIVE.semanticTokensProvider }),
    connection.client.register(DocumentFormattingRequest.type, { documentSelector }),
    connection.client.register(DocumentRangeFormattingRequest.type, { documentSelector }),
    connection.client.register(DocumentOnTypeFormattingRequest.type, {
      documentSelector,
      firstTriggerCharacter: ';',
      moreTriggerCharacter: ['}', '\n']
    })
  ])
}
