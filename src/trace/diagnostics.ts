/** Those of the rules that people can look up: the diagnostics of the editor (Botpress, Bot Framework, Voiceflow). */
export const diagnosticsOf = ({ rules }: { rules: readonly string[] }): string[] =>
  rules.filter(rule => /^(?:BP[A-Z]|BFP|VFP)\d+$/.test(rule))
