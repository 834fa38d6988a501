/** Signatures. */
declare namespace sdk.security {
  /**
   * The HMAC-SHA256 of a text with the server's secret, in hexadecimal. A page that was given text and signature proves with them that the text
   * comes from someone who knows the secret.
   *
   * @throws (rejects) for an empty text, or what is no text (R18.11)
   */
  function getMessageSignature(message: string): Promise<string>
}
