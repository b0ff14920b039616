declare module '*/scripts/chromium.mjs' {
  export const chromiumArgs: string[]
  export function ensureChromium(): string
}
