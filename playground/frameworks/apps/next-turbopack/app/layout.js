export default function Layout({ children }) {
  return (
    <html suppressHydrationWarning>
      <body>{children}</body>
    </html>
  )
}
