import { buildPackages, buildPlayground, install } from '../../scripts/setup.mjs'

// `npm start`: from a bare checkout to the playground in the browser.

if (!(await install()) || !(await buildPackages()) || !(await buildPlayground())) process.exit(1)

const { startShowcase } = await import('./src/showcase.mjs')
const showcase = await startShowcase()

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await showcase.close()
    process.exit(0)
  })
}

const width = Math.max(...showcase.builds.map(({ name }) => name.length))
console.log(`
  All builds side by side: ${showcase.url}

${showcase.builds.map(({ name, url }) => `  ${name.padEnd(width)}  ${url}`).join('\n')}

  Cross-Origin Storage for development: ${showcase.host.scriptUrl}

  Ctrl-C ends it.
`)
