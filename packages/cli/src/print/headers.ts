import type { storageHeader } from '@wasm-cos/core'

type Header = NonNullable<ReturnType<typeof storageHeader>>

/** The header in the form of each host, for all of a site's pages. */
const forms = {
  /** A file `_headers` in the folder. @see https://docs.netlify.com/manage/routing/headers/ */
  netlify: ({ name, value }: Header) => `/*\n  ${name}: ${value}`,
  /** A file `_headers` in the folder. @see https://developers.cloudflare.com/pages/configuration/headers/ */
  cloudflare: ({ name, value }: Header) => `/*\n  ${name}: ${value}`,
  /** `vercel.json`. @see https://vercel.com/docs/project-configuration#headers */
  vercel: ({ name, value }: Header) =>
    JSON.stringify({ headers: [{ source: '/(.*)', headers: [{ key: name, value }] }] }, undefined, 2),
  /** In a `server` or `location`. @see https://nginx.org/en/docs/http/ngx_http_headers_module.html */
  nginx: ({ name, value }: Header) => `add_header ${name} "${value}" always;`,
  /** In `.htaccess` or the configuration. @see https://httpd.apache.org/docs/current/mod/mod_headers.html */
  apache: ({ name, value }: Header) => `Header always set ${name} "${value}"`,
  /** In the site of a `Caddyfile`. @see https://caddyserver.com/docs/caddyfile/directives/header */
  caddy: ({ name, value }: Header) => `header ${name} "${value}"`,
}

/** The hosts whose form is known. */
export const hosts: string[] = Object.keys(forms)

/** The header as a host's configuration has it; undefined for a host that is not known. */
export function headerFor(host: string, header: Header): string | undefined {
  return Object.hasOwn(forms, host) ? forms[host as keyof typeof forms](header) : undefined
}
