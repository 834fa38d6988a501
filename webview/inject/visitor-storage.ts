/** Keys of the simulator itself, which outlive visitors. */
const OURS = 'proactive-hooks'
const KNOWN = `${OURS}/visitor`
const COOKIES = `${OURS}/cookies`

/** A visitor who was never here finds nothing that another one left: storage, cookies, databases. Storage may be forbidden altogether. */
export function meetVisitor(visitorId: string): void {
  try {
    noteCookies()
    if (localStorage.getItem(KNOWN) === visitorId) return
    for (const storage of [localStorage, sessionStorage]) {
      for (const key of Object.keys(storage)) if (!key.startsWith(OURS)) storage.removeItem(key)
    }
    localStorage.setItem(KNOWN, visitorId)
    localStorage.setItem('bp/socket/user', visitorId)
    for (const name of notedCookies()) {
      // biome-ignore lint/suspicious/noDocumentCookie: the asynchronous API would come after the page's first script
      document.cookie = `${name}=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT`
    }
    localStorage.removeItem(COOKIES)
    void indexedDB.databases?.().then(databases => {
      for (const { name } of databases) if (name) indexedDB.deleteDatabase(name)
    })
  } catch {
    // Without storage there is nothing to be forgotten.
  }
}

/**
 * Cookies know no ports: those of other programs at this address, the login of an editor in the browser among them, are not the visitor's. So the names
 * that pages write are noted, and only those are forgotten.
 */
function noteCookies(): void {
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
  if (!cookie?.set || !cookie.get) return
  const { get, set } = cookie
  Object.defineProperty(document, 'cookie', {
    configurable: true,
    get: () => get.call(document),
    set: (text: string) => {
      set.call(document, text)
      const name = String(text).split('=')[0]!.trim()
      try {
        if (name) localStorage.setItem(COOKIES, JSON.stringify([...new Set([...notedCookies(), name])]))
      } catch {
        // The storage is full: the cookie stays until the browser forgets it.
      }
    }
  })
}

function notedCookies(): string[] {
  return JSON.parse(localStorage.getItem(COOKIES) ?? '[]')
}
