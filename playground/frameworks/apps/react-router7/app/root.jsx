import { Outlet, Scripts } from 'react-router'

/** Without a server, the framework prerenders it around the fallback. */
export function Layout({ children }) {
  return (
    <html suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
      </head>
      <body>
        {children}
        <Scripts />
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export function HydrateFallback() {
  return <p>…</p>
}
