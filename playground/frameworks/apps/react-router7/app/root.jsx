import { Outlet, Scripts } from 'react-router'

export default function Root() {
  return (
    <html suppressHydrationWarning>
      <head>
        <meta charSet="utf-8" />
      </head>
      <body>
        <Outlet />
        <Scripts />
      </body>
    </html>
  )
}

export function HydrateFallback() {
  return <p>…</p>
}
