/** Routes of your own, short links, and calls to the server itself. */
declare namespace sdk.http {
  /**
   * Makes `/s/<name>` redirect to a destination. Names are lower-cased.
   *
   * @param params added to the destination as its query
   */
  function createShortLink(name: string, destination: string, params?: any): void

  /** Removes a short link. */
  function deleteShortLink(name: string): void

  /**
   * An Express router below `/api/v1/bots/:botId/mod/<routerName>`, for every bot. By default callers must be authenticated and JSON bodies are
   * parsed. Calling it again adds a second router (R18.3).
   *
   * @example
   * const router = bp.http.createRouterForBot('shop', { checkAuthentication: false })
   * router.get('/ping', (req, res) => res.send({ bot: req.params.botId }))
   */
  function createRouterForBot(routerName: string, options?: RouterOptions): RouterExtension

  /** Removes a router. */
  function deleteRouterForBot(routerName: string): any

  /**
   * What axios needs to call a bot's API: base address, and headers with a token that is good for five minutes (R18.4).
   *
   * @example
   * const config = await bp.http.getAxiosConfigForBot(event.botId, { localUrl: true })
   * const { data } = await require('axios').get('/mod/shop/orders', config)
   */
  function getAxiosConfigForBot(botId: string, options?: AxiosOptions): Promise<AxiosBotConfig>

  /** Decodes an external-auth token; rejects when it is not valid. */
  function decodeExternalToken(token: string): Promise<any>

  /** A middleware of Express that puts the decoded external-auth token on the request. */
  function extractExternalToken(req: express.Request, res: express.Response, next: express.NextFunction): Promise<void>

  /** A middleware of Express that lets only those pass who may do `operation` (`read`, `write`) on `resource`. */
  function needPermission(
    operation: string,
    resource: string
  ): (req: express.Request, res: express.Response, next: express.NextFunction) => Promise<void>

  /**
   * Whether the caller may do `operation` on `resource`.
   *
   * @param noAudit keeps the check out of the audit trail
   */
  function hasPermission(req: any, operation: string, resource: string, noAudit?: boolean): Promise<boolean>

  /** A router that knows its address. */
  type RouterExtension = {
    /** The router's external address, with the literal `BOT_ID` where the bot's id belongs (R18.3). */
    getPublicPath(): Promise<string>
  } & express.Router
}

declare namespace sdk {
  /** Yes, no, or decided for each request. */
  type RouterCondition = boolean | ((req: any) => boolean)

  /** How a router treats requests (R18.3). */
  interface RouterOptions {
    /** Whether callers must be authenticated; true when no options are given. Must be false for pages to call it. */
    checkAuthentication: RouterCondition
    /** Whether callers need the permission to read or write, by method. */
    checkMethodPermissions?: RouterCondition
    /** Whether JSON bodies are parsed; true by default. */
    enableJsonBodyParser?: RouterCondition
    /** Whether bodies of forms are parsed. */
    enableUrlEncoderBodyParser?: RouterCondition
  }

  /** Which address `getAxiosConfigForBot` gives. */
  interface AxiosOptions {
    /** The server's own address instead of the external one. */
    localUrl?: boolean
    /** The studio's address. */
    studioUrl?: boolean
  }

  /** What axios needs to call a bot's API. */
  interface AxiosBotConfig {
    /** The bot's API: `<server>/api/v1/bots/<botId>`. */
    baseURL: string
    /** Headers that authenticate the call. */
    headers: {
      /** Token when the server uses cookies. */
      'CSRF-Token'?: string
      /** Bearer token, good for five minutes (R18.4). */
      Authorization?: string
      /** The bot's workspace. */
      'X-BP-Workspace'?: string
    }
  }
}
