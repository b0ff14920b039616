export default { output: process.env.SERVER ? undefined : 'export', turbopack: { root: import.meta.dirname } }
