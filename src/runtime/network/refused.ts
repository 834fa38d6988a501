/** The error of a call that was not let out; `code` tells it from failures of the network itself. */
export function refused(what: string, reason: string): Error {
  return Object.assign(new Error(`The simulator refused ${what}: ${reason}`), { code: REFUSED, reason })
}

export const REFUSED = 'NETWORK_REFUSED'
