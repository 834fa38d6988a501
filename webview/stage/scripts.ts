/** Scripts of the chats that pages fetch from their makers; here the simulator's own stand in for them. */
const STAND_INS: readonly (readonly [address: RegExp, path: (match: RegExpExecArray) => string])[] = [
  [/^https?:\/\/[^?#]*\/assets\/modules\/channel-web\/inject\.js/i, () => 'site/assets/modules/channel-web/inject.js'],
  [/^https:\/\/cdn\.voiceflow\.com\/(widget(?:-next)?)\/bundle\.mjs/i, match => `voiceflow/${match[1]!.toLowerCase()}.js`]
]

/** Sees to it that script elements which the page makes by itself get the stand-ins too. Those in its HTML the server has changed. @param root `…/v/<visitor>/` */
export function installStandIns(root: string): void {
  const standIn = (address: string): string => {
    for (const [pattern, path] of STAND_INS) {
      const match = pattern.exec(address)
      if (match && !address.startsWith(root)) return root + path(match)
    }
    return address
  }
  const source = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, 'src')!
  Object.defineProperty(HTMLScriptElement.prototype, 'src', {
    ...source,
    set(this: HTMLScriptElement, value: unknown) {
      source.set!.call(this, standIn(String(value)))
    }
  })
  const { setAttribute } = Element.prototype
  HTMLScriptElement.prototype.setAttribute = function (name, value) {
    setAttribute.call(this, name, name.toLowerCase() === 'src' ? standIn(String(value)) : value)
  }
}
