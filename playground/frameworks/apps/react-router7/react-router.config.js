export default { ssr: Boolean(process.env.SERVER) }
