/** @param {{ children: import('react').ReactNode }} props */
export default function Layout({ children }) {
  return (
    <html lang="en" data-state="loading" suppressHydrationWarning>
      <head>
        <title>SQLite</title>
      </head>
      <body>{children}</body>
    </html>
  )
}
