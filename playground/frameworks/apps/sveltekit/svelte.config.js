import node from '@sveltejs/adapter-node'
import pages from '@sveltejs/adapter-static'

export default { kit: { adapter: process.env.SERVER ? node() : pages() } }
