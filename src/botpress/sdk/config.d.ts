/** Configuration of server, modules and bots. */
declare namespace sdk.config {
  /** Global configuration of a module. Cached until a configuration file changes (R18.5). */
  function getModuleConfig(moduleId: string): Promise<any>

  /**
   * Configuration of a module for a bot: defaults, then the global file, then the environment, then the bot's own file; each overrides whole
   * top-level keys of the one before (R18.5).
   *
   * @param ignoreGlobal leaves out everything but the bot's own file
   */
  function getModuleConfigForBot(moduleId: string, botId: string, ignoreGlobal?: boolean): Promise<any>

  /** The server's configuration, `botpress.config.json`. */
  function getBotpressConfig(): Promise<any>

  /**
   * Changes parts of a bot's configuration.
   *
   * @param ignoreLock changes it even if the bot is locked
   */
  function mergeBotConfig(botId: string, partialConfig: Partial<BotConfig>, ignoreLock?: boolean): Promise<any>
}
