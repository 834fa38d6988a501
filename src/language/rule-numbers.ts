const NUMBERS = /\s*\((?:[RGPS]\d+(?:\.\d+)?)(?:(?:, | to | and )[RGPS]\d+(?:\.\d+)?)*\)/g

/** The numbers of the server's rules in our texts lead to what shows them true; who writes a hook has no use for them. */
export const withoutRuleNumbers = (text: string): string => text.replaceAll(NUMBERS, '')
