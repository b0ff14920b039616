/** An application of a framework, in `apps/<folder>`. */
export interface Framework {
  name: string
  folder: string
  /** Where its wasm that is imported, and its public folder, lie: `src` and `public` if not said. */
  source?: string
  publicFolder?: string
  /** The site that `npm run static` makes, if it makes one. */
  site?: string
  /** Whether `npm run server` makes a server, which `npm start` starts on `PORT`. */
  hasServer?: boolean
  /** The page to visit, if it is not the first. */
  page?: string
  /** Whether `npm test` runs it. */
  isQuick?: boolean
  /** How its users add wasm-cos. */
  by: 'vite-plugin' | 'webpack-plugin' | 'rspack-plugin' | 'command'
  /** What becomes of the three files, `served` if not said, and why; of those in the public folder perhaps in one kind of output alone. */
  bundled?: 'served' | 'not'
  shipped?: Fate
  glued?: Fate
  why?: string
}

/** What becomes of a file, or in which kind of output it is not served. */
export type Fate = 'served' | 'not' | { static?: 'not'; server?: 'not' }

/** The frameworks, in the order of the table. */
export const frameworks: Framework[] = [
  {
    name: 'SvelteKit 2',
    folder: 'sveltekit',
    publicFolder: 'static',
    site: 'build',
    hasServer: true,
    by: 'vite-plugin',
  },
  {
    name: 'SvelteKit 3',
    folder: 'sveltekit3',
    publicFolder: 'static',
    site: 'build',
    hasServer: true,
    by: 'vite-plugin',
  },
  {
    name: 'Nuxt 4',
    folder: 'nuxt',
    source: 'app',
    site: '.output/public',
    hasServer: true,
    by: 'vite-plugin',
  },
  { name: 'Astro 5', folder: 'astro5', site: 'dist', hasServer: true, by: 'vite-plugin' },
  { name: 'Astro 6', folder: 'astro6', site: 'dist', hasServer: true, by: 'vite-plugin' },
  { name: 'Astro 7', folder: 'astro7', site: 'dist', hasServer: true, by: 'vite-plugin' },
  {
    name: 'React Router 7',
    folder: 'react-router7',
    source: 'app',
    site: 'build/client',
    hasServer: true,
    by: 'vite-plugin',
  },
  {
    name: 'React Router 8',
    folder: 'react-router8',
    source: 'app',
    site: 'build/client',
    hasServer: true,
    by: 'vite-plugin',
  },
  {
    name: 'Next 16, Turbopack',
    folder: 'next-turbopack',
    source: 'app',
    site: 'out',
    hasServer: true,
    by: 'command',
    shipped: { server: 'not' },
    why: "Next's server takes public/ from the project's folder; the command names the file and says so; glue there gets the command of its own that is named",
  },
  {
    name: 'Next 16, webpack',
    folder: 'next-webpack',
    source: 'app',
    site: 'out',
    hasServer: true,
    by: 'webpack-plugin',
    shipped: 'not',
    why: 'Next serves public/ past webpack; the build names the file and says so; glue there gets the command that is named',
  },
  { name: 'Angular 22', folder: 'angular', site: 'dist/app/browser', hasServer: true, by: 'command' },
  { name: 'Rsbuild 2', folder: 'rsbuild', site: 'dist', isQuick: true, by: 'rspack-plugin' },
  {
    name: 'Storybook 10',
    folder: 'storybook',
    site: 'dist',
    page: 'iframe.html?id=answer--story',
    by: 'vite-plugin',
  },
  { name: 'vite-plugin-pwa 1', folder: 'vite-plugin-pwa', site: 'dist', by: 'vite-plugin' },
  { name: 'Parcel 2', folder: 'parcel', site: 'dist', by: 'command' },
  { name: 'Bun', folder: 'bun', site: 'dist', by: 'command' },
  { name: 'Farm 1', folder: 'farm', site: 'dist', by: 'command' },
]
