// A module of its own, so that the client (436 KB) is loaded on demand; imported statically, its CommonJS names survive bundling.
export { LanguageClient, Trace, TransportKind } from 'vscode-languageclient/node'
