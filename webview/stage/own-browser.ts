import { forgetOthers, prefixOf, visitorStorage } from '../shared/visitor-storage.ts'

export interface OwnBrowserOptions {
  visitorId: string
  tab: number
  visitors: readonly string[]
  language: string | undefined
}

/** Gives the page the browser of its visitor: storage, cookies, databases, channels and language that no other visitor shares. */
export function installOwnBrowser({ visitorId, tab, visitors, language }: OwnBrowserOptions): void {
  const prefix = prefixOf(visitorId)
  try {
    forgetOthers(visitors)
    forgetCookies(visitors)
  } catch {
    // Without storage there is nothing to be forgotten.
  }
  installStorage(visitorId, tab, prefix)
  installCookies(cookiePrefix(visitorId))
  installDatabases(prefix, visitors)
  installChannels(prefix)
  if (language !== undefined) installLanguage(language)
}

function installStorage(visitorId: string, tab: number, prefix: string): void {
  const local = visitorStorage('local', visitorId, tab)
  const session = visitorStorage('session', visitorId, tab)
  if (!local || !session) return
  // The id that the web chat will find, as it was here before (R20.5).
  if (local.getItem('bp/socket/user') === null) local.setItem('bp/socket/user', visitorId)
  for (const [name, own] of [
    ['localStorage', local],
    ['sessionStorage', session]
  ] as const) {
    Object.defineProperty(window, name, { configurable: true, enumerable: true, get: () => own })
  }
  addEventListener(
    'storage',
    event => {
      if (!(event.isTrusted && event.storageArea)) return
      event.stopImmediatePropagation()
      if (!event.key?.startsWith(prefix)) return
      const { oldValue, newValue, url } = event
      dispatchEvent(new StorageEvent('storage', { key: event.key.slice(prefix.length), oldValue, newValue, url }))
    },
    true
  )
}

const COOKIES = 'ph-'
/** Cookie names have no slashes; ids are long enough by half. */
const cookiePrefix = (visitorId: string) => `${COOKIES}${visitorId.slice(0, 12)}-`

/** Cookies know no ports: those of other programs at this address, the login of an editor among them, are not the visitor's to see. */
function installCookies(prefix: string): void {
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
  if (!cookie?.set || !cookie.get) return
  const { get, set } = cookie
  Object.defineProperty(document, 'cookie', {
    configurable: true,
    get: () => {
      const all: string[] = get.call(document).split('; ')
      return all
        .filter(one => one.startsWith(prefix))
        .map(one => one.slice(prefix.length))
        .join('; ')
    },
    set: (text: string) => set.call(document, prefix + String(text).trimStart())
  })
}

function forgetCookies(visitors: readonly string[]): void {
  const kept = visitors.map(cookiePrefix)
  for (const one of document.cookie.split('; ')) {
    const name = one.split('=')[0]!
    if (!name.startsWith(COOKIES) || kept.some(prefix => name.startsWith(prefix))) continue
    // biome-ignore lint/suspicious/noDocumentCookie: the asynchronous API would come after the page's first script
    document.cookie = `${name}=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT`
  }
}

function installDatabases(prefix: string, visitors: readonly string[]): void {
  if (!('indexedDB' in window)) return
  const { open, deleteDatabase, databases } = IDBFactory.prototype
  IDBFactory.prototype.open = function (name, ...version) {
    return open.call(this, prefix + name, ...version)
  }
  IDBFactory.prototype.deleteDatabase = function (name) {
    return deleteDatabase.call(this, prefix + name)
  }
  IDBFactory.prototype.databases = async function () {
    const all = await databases.call(this)
    return all.flatMap(one => (one.name?.startsWith(prefix) ? [{ ...one, name: one.name.slice(prefix.length) }] : []))
  }
  void databases.call(indexedDB).then(all => {
    for (const { name } of all) {
      const visitorId = name?.split('/')[1]
      if (name?.startsWith('proactive-hooks/') && !visitors.includes(visitorId!)) deleteDatabase.call(indexedDB, name)
    }
  })
}

function installChannels(prefix: string): void {
  if (!('BroadcastChannel' in window)) return
  const Channel = window.BroadcastChannel
  window.BroadcastChannel = class BroadcastChannel extends Channel {
    constructor(name: string) {
      super(prefix + name)
    }
    override get name(): string {
      return super.name.slice(prefix.length)
    }
  }
}

function installLanguage(language: string): void {
  const short = language.split('-')[0]!
  const languages = Object.freeze(short === language ? [language] : [language, short])
  Object.defineProperty(navigator, 'language', { configurable: true, get: () => language })
  Object.defineProperty(navigator, 'languages', { configurable: true, get: () => languages })
}
