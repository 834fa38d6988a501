/** Everything the manifest and the code both name. `test/extension/manifest.test.ts` compares this file with package.json, both ways. */

export const LANGUAGE_ID = 'botpress-hook'

/** Of launch configurations. */
export const DEBUG_TYPE = 'proactive-hooks'

export const COMMANDS = {
  openSimulator: 'proactiveHooks.openSimulator',
  openSimulatorInEditor: 'proactiveHooks.openSimulatorInEditor',
  runHook: 'proactiveHooks.runHook',
  debugHook: 'proactiveHooks.debugHook',
  sendEvent: 'proactiveHooks.sendEvent',
  restartSameVisitor: 'proactiveHooks.restartSameVisitor',
  restartNewVisitor: 'proactiveHooks.restartNewVisitor',
  showTrace: 'proactiveHooks.showTrace',
  newHook: 'proactiveHooks.newHook',
  newBehaviour: 'proactiveHooks.newBehaviour',
  openSample: 'proactiveHooks.openSample',
  restartEngine: 'proactiveHooks.restartEngine',
  stopEngine: 'proactiveHooks.stopEngine',
  restartLanguageServer: 'proactiveHooks.restartLanguageServer',
  showLog: 'proactiveHooks.showLog',
  showScenarioTrace: 'proactiveHooks.showScenarioTrace',
  showScenarios: 'proactiveHooks.showScenarios',
  recordScenario: 'proactiveHooks.recordScenario'
} as const
export type CommandName = keyof typeof COMMANDS

export const VIEWS = {
  /** Welcome view of a folder without hooks. */
  start: 'proactiveHooks.start',
  simulator: 'proactiveHooks.simulator',
  hooks: 'proactiveHooks.hooks'
} as const

/** Of the Test view. */
export const CONTROLLER = 'proactiveHooks.scenarios'

/** The tool for assistants. */
export const SCENARIO_TOOL = 'proactive-hooks_runScenarios'

export const VIEW_CONTAINER = 'proactiveHooks'

/** Type of the webview panel that is the simulator as an editor tab. */
export const PANEL_TYPE = 'proactiveHooks.simulatorPanel'

/** Keys for `when` clauses. */
export const CONTEXT = {
  /** A folder that Botpress could run was found. */
  hasRoot: 'proactiveHooks.hasRoot',
  /** At least one hook file was found. */
  hasHooks: 'proactiveHooks.hasHooks',
  /** The window has bots of the Bot Framework and no Botpress folder: nothing is missing. */
  hasOnlyBots: 'proactiveHooks.hasOnlyBots',
  /** An engine process lives. */
  engineRuns: 'proactiveHooks.engineRuns',
  /** An event was sent in this window; ticks the walkthrough's third step. */
  eventSent: 'proactiveHooks.eventSent'
} as const

/** Settings below `proactiveHooks.` with their defaults as in the manifest. */
export const SETTINGS = {
  'codeLens.enabled': true,
  'inlineLogs.enabled': true,
  'engine.botpressVersion': '12.31.10',
  'engine.keepData': true,
  /** Seconds. */
  'engine.hookLimit': 5,
  /** `loopback`, `allow` or `refuse`. */
  'network.mode': 'loopback',
  /** Hosts that hooks may call besides this computer. */
  'network.allow': [] as readonly string[],
  /** A JSON file with answers to calls, absolute or relative to the Botpress folder. */
  'network.fixtures': 'network-fixtures.json',
  /** Rule id to severity. */
  rules: {} as Readonly<Record<string, string>>,
  /** Which declarations of the SDK count: `bundled`, `workspace`, or the path of a file. */
  'language.sdk': 'bundled',
  /** The major version of Node that the server runs. */
  'language.node': 12,
  'languageServer.trace': 'off'
}
export type SettingName = keyof typeof SETTINGS

export const CONFIGURATION_SECTION = 'proactiveHooks'
