/** Keys of the simulator itself, which outlive visitors. */
const OURS = 'proactive-hooks'
const KNOWN = `${OURS}/visitor`

/** A visitor who was never here finds nothing that another one left: storage, cookies, databases. Storage may be forbidden altogether. */
export function meetVisitor(visitorId: string): void {
  try {
    if (localStorage.getItem(KNOWN) === visitorId) return
    for (const storage of [localStorage, sessionStorage]) {
      for (const key of Object.keys(storage)) if (!key.startsWith(OURS)) storage.removeItem(key)
    }
    localStorage.setItem(KNOWN, visitorId)
    localStorage.setItem('bp/socket/user', visitorId)
    for (const cookie of document.cookie.split(';')) {
      const name = cookie.split('=')[0]!.trim()
      // biome-ignore lint/suspicious/noDocumentCookie: the asynchronous API would come after the page's first script
      if (name) document.cookie = `${name}=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT`
    }
    void indexedDB.databases?.().then(databases => {
      for (const { name } of databases) if (name) indexedDB.deleteDatabase(name)
    })
  } catch {
    // Without storage there is nothing to be forgotten.
  }
}
