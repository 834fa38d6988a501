/** The part of axios 0.21 that hooks use. */
declare namespace ShippedAxios {
  /** How a request is made. */
  interface Config {
    /** The address; relative to `baseURL`. */
    url?: string
    /** The method. */
    method?: string
    /** Begins every relative address. */
    baseURL?: string
    /** Headers. */
    headers?: any
    /** The query. */
    params?: any
    /** The body. */
    data?: any
    /** Gives up after so many milliseconds; **never by default**, and the visitor's next event waits as long (R3.10). */
    timeout?: number
    /** Name and password. */
    auth?: {
      /** The name. */
      username: string
      /** The password. */
      password: string
    }
    /** `json`, `text`, `arraybuffer`, `stream`. */
    responseType?: string
    /** Which status codes are no failure; 200 to 299 by default. */
    validateStatus?: ((status: number) => boolean) | null
    /** A proxy, or `false` for none. */
    proxy?: any
    /** Whatever else axios knows. */
    [name: string]: any
  }

  /** An answer. */
  interface Response {
    /** The body; JSON is parsed. */
    data: any
    /** The status code. */
    status: number
    /** The status in words. */
    statusText: string
    /** Headers, names in lower case. */
    headers: any
    /** How the request was made. */
    config: Config
    /** The request itself. */
    request?: any
  }

  /** Makes requests. Each rejects when nothing answers, when it takes longer than `timeout`, or when the status is no success. */
  interface Instance {
    /** Makes a request. */
    (config: Config): Promise<Response>
    /** Makes a request. */
    (url: string, config?: Config): Promise<Response>
    /** Makes a request. */
    request(config: Config): Promise<Response>
    /** `GET`: asks for what lies at the address. Give `timeout`: without it the visitor's next event waits as long as the answer takes (R3.10). */
    get(url: string, config?: Config): Promise<Response>
    /** `DELETE`: deletes what lies at the address. */
    delete(url: string, config?: Config): Promise<Response>
    /** `HEAD`: asks for the headers only. */
    head(url: string, config?: Config): Promise<Response>
    /** `OPTIONS`: asks what is possible there. */
    options(url: string, config?: Config): Promise<Response>
    /** `POST`: sends data; an object goes out as JSON. */
    post(url: string, data?: any, config?: Config): Promise<Response>
    /** `PUT`: writes something as a whole. */
    put(url: string, data?: any, config?: Config): Promise<Response>
    /** `PATCH`: changes a part of something. */
    patch(url: string, data?: any, config?: Config): Promise<Response>
    /** The address that a request would go to. */
    getUri(config?: Config): string
    /** What holds for every request. The server's modules share it: make an instance with `create` instead of changing it. */
    defaults: Config
    /** Functions that every request and answer passes. */
    interceptors: {
      /** What requests pass. */
      request: any
      /** What answers pass. */
      response: any
    }
  }

  /** The module. */
  interface Static extends Instance {
    /** An instance with a configuration of its own. */
    create(config?: Config): Instance
    /** Waits for all. */
    all(requests: any[]): Promise<any[]>
    /** Passes a list on as arguments. */
    spread(callback: (...args: any[]) => any): (list: any[]) => any
    /** Whether a failure is one of a request; it has `response`, `request` and `config` then. */
    isAxiosError(error: any): boolean
    /** Whether a failure is a request that was given up. */
    isCancel(error: any): boolean
    /** A way to give up requests. */
    CancelToken: any
    /** The module itself. */
    default: Static
  }
}
