// The arrows of docs/architecture.md. `npm run arrows` fails the build when a room imports one it may not know.
const rooms = {
  botpress: [],
  botframework: [],
  trace: ['botpress', 'botframework'],
  protocol: ['botpress', 'botframework', 'trace'],
  webchat: ['botpress', 'trace'],
  runtime: ['botpress', 'trace', 'protocol'],
  'channels/webchat': ['botpress', 'trace', 'protocol', 'runtime'],
  coverage: ['protocol'],
  // The connector runs in the host's process, so it must not pull the engine in.
  'channels/botframework': ['botframework', 'trace'],
  // Runs in the processes of people's bots, which it must not disturb by anything it brings along.
  probe: [],
  host: ['botpress', 'botframework', 'trace', 'protocol', 'channels/botframework'],
  language: ['botpress', 'protocol'],
  scenario: [
    'botpress',
    'trace',
    'protocol',
    'webchat',
    'host',
    'runtime',
    'channels/webchat',
    'channels/botframework',
    'botframework',
    'coverage'
  ],
  extension: ['botpress', 'botframework', 'trace', 'protocol', 'host', 'coverage'],
  cli: ['botpress', 'trace', 'protocol', 'host', 'scenario', 'language', 'coverage']
}

const forbidden = Object.entries(rooms).map(([room, known]) => ({
  name: `${room}-knows-only`,
  comment: `src/${room} may import ${known.length ? known.join(', ') : 'no other room'}`,
  severity: 'error',
  // An entry point puts rooms together.
  from: { path: `^src/${room}/`, pathNot: '^src/runtime/main\\.ts$' },
  to: { path: '^(src|webview)/', pathNot: [room, ...known].map(name => `^src/${name}/`) }
}))

module.exports = {
  forbidden: [
    ...forbidden,
    {
      name: 'webview-knows-only-protocol',
      comment:
        'webview/ runs in a browser: src/protocol, src/trace, src/webchat, src/botpress and src/botframework, nothing else, nothing of Node',
      severity: 'error',
      from: { path: '^webview/' },
      to: { path: '^src/', pathNot: '^src/(protocol|trace|webchat|botpress|botframework)/' }
    },
    { name: 'webview-no-node', severity: 'error', from: { path: '^webview/' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'browser-safe',
      comment: 'the webview bundles these rooms, so they stay free of Node',
      severity: 'error',
      from: { path: '^src/(protocol|trace|webchat|botpress|botframework|coverage)/' },
      to: { dependencyTypes: ['core'] }
    },
    {
      name: 'vscode-only-in-extension',
      severity: 'error',
      from: { path: '^(src|webview)/', pathNot: '^src/extension/' },
      to: { path: '^vscode$' }
    },
    {
      name: 'rule-imports-no-rule',
      severity: 'error',
      from: { path: '^src/language/rules/([^/]+)\\.ts$', pathNot: '/index\\.ts$' },
      to: { path: '^src/language/rules/(?!index)[^/]+\\.ts$', pathNot: '^src/language/rules/$1\\.ts$' }
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'] },
    exclude: { path: '\\.d\\.ts$' }
  }
}
