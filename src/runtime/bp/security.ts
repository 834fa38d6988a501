import { createHmac } from 'node:crypto'

/** `bp.security` (R18.11). */
export function securityOf(secret: string) {
  return {
    async getMessageSignature(message: string): Promise<string> {
      if (typeof message !== 'string' || message === '') throw new Error('A message to sign is a text that is not empty')
      return createHmac('sha256', secret).update(message).digest('hex')
    }
  }
}
