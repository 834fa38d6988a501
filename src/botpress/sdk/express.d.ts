/** The part of Express 4 that routes of hooks use. */
declare namespace express {
  /** A request. */
  interface Request {
    /** Parts of the path: `botId`, and those of the route. */
    params: { [name: string]: string }
    /** What follows the `?` of the address. */
    query: any
    /** The parsed body. */
    body: any
    /** Headers, names in lower case. */
    headers: { [name: string]: any }
    /** A header. */
    get(name: string): string | undefined
    /** A header. */
    header(name: string): string | undefined
    /** The method, in capitals. */
    method: string
    /** The path with its query. */
    url: string
    /** The path and query as they came in. */
    originalUrl: string
    /** The path below which the router lies. */
    baseUrl: string
    /** The path. */
    path: string
    /** `http` or `https`. */
    protocol: string
    /** The name of the server that was asked. */
    hostname: string
    /** The caller's address. */
    ip: string
    /** Whatever else is on it, such as what middlewares have added. */
    [name: string]: any
  }

  /** An answer. Each call but the last gives it back, so calls can be chained. */
  interface Response {
    /** Sets the status code. */
    status(code: number): Response
    /** Sets the status code and sends its name. */
    sendStatus(code: number): Response
    /** Sends a body; an object goes out as JSON. */
    send(body?: any): Response
    /** Sends JSON. */
    json(body?: any): Response
    /** Sends the caller elsewhere. */
    redirect(url: string): void
    /** Sends the caller elsewhere, with a status code. */
    redirect(status: number, url: string): void
    /** Sets a header. */
    set(name: string, value?: any): Response
    /** Sets several headers. */
    set(headers: { [name: string]: any }): Response
    /** Sets a header. */
    header(name: string, value?: any): Response
    /** Sets a header. */
    setHeader(name: string, value: any): void
    /** Sets the content type. */
    type(type: string): Response
    /** Sends nothing more. */
    end(data?: any, encoding?: string): void
    /** Sends a part. */
    write(data: any, encoding?: string): boolean
    /** Sends a file. */
    sendFile(path: string, ...args: any[]): void
    /** Whether headers were sent. */
    headersSent: boolean
    /** The status code. */
    statusCode: number
    /** Whatever else is on it. */
    [name: string]: any
  }

  /** Passes the request on, or fails it with an error. */
  type NextFunction = (error?: any) => void

  /** Handles a request. */
  type RequestHandler = (req: Request, res: Response, next: NextFunction) => any

  /** Adds handlers of a path. */
  interface RouteMethod {
    /** Adds handlers of a path, or of several. */
    (path: string | RegExp | (string | RegExp)[], ...handlers: (RequestHandler | RequestHandler[])[]): Router
  }

  /** Adds handlers for all paths, or for those below one. */
  interface UseMethod {
    /** Adds handlers for all paths. */
    (...handlers: (RequestHandler | RequestHandler[])[]): Router
    /** Adds handlers for the paths below one. */
    (path: string | RegExp | (string | RegExp)[], ...handlers: (RequestHandler | RequestHandler[])[]): Router
  }

  /** A router. */
  interface Router {
    /** Hands a request to the router. */
    (req: Request, res: Response, next: NextFunction): void
    /** Handlers for `GET`. */
    get: RouteMethod
    /** Handlers for `POST`. */
    post: RouteMethod
    /** Handlers for `PUT`. */
    put: RouteMethod
    /** Handlers for `DELETE`. */
    delete: RouteMethod
    /** Handlers for `PATCH`. */
    patch: RouteMethod
    /** Handlers for `HEAD`. */
    head: RouteMethod
    /** Handlers for `OPTIONS`. */
    options: RouteMethod
    /** Handlers for every method. */
    all: RouteMethod
    /** Middlewares. */
    use: UseMethod
    /** Called when a path has this parameter. */
    param(name: string, handler: (req: Request, res: Response, next: NextFunction, value: any, name: string) => any): Router
    /** Several methods of one path. */
    route(path: string): any
  }
}
