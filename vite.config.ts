import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig, type Plugin } from 'vite'
import options from './remix.config.js'

/**
 * A phone with one bar waits for every request, and pays some hundred bytes for each. What every page needs comes in two
 * files that stay in its cache, what the pages of a course share in a third; only what a page alone needs comes with it.
 */
const CHUNKS: [string, RegExp][] = [
  [
    'library',
    /^\0|\/node_modules\/(?:react|react-dom|scheduler|react-router|react-router-dom|@remix-run\/\w+|turbo-stream)\//,
  ],
  // What draws tables and charts is for desks; what other pages than a lesson are made of comes with the first of them.
  [
    'desk',
    /\/app\/(?:ui\/(?:cell-input|long-table|markup|paper|photo-pane|table|tile-map|tiles|trend|trend-geometry|year-chart)|lib\/(?:csv|form-rows|holiday-vocabulary|pasted|sheet-text|table|table-cells|table-words|work-calendar))\.tsx?$/,
  ],
  [
    'parts',
    /\/app\/(?:ui\/(?:card|draft|lists|navigation|page-head|poll|seg-choice|text-link|toast)|lib\/(?:byte-range|dates|ids|nearest|percent|spans|written)|features\/training\/level-words)\.tsx?$|\/db\/values\.ts$/,
  ],
  // What a course's page and the ways to it are made of beside: eight small files are eight requests.
  [
    'offers',
    /\/app\/features\/(?:catalogue\/path-(?:link|words)|courses\/(?:course-offers|offer-words|online-classes|own-words|rate-parts|ratings)|training\/(?:choice-words|choose-too))\.tsx?$/,
  ],
  // Comes to desks alone (app/routes/shell/rail.ts).
  ['rail', /\/app\/(?:ui\/desk-shell|routes\/shell\/staff-[a-z]+)\.tsx?$/],
  // Not the pages that an academy has like its union: whatever they show would come to every page.
  ['shell', /\/app\/(?:(?:ui|lib)\/|routes\/shell\/(?!objections|session-sheet)|features\/training\/class-path\.ts)/],
  [
    'study',
    /\/app\/features\/courses\/(?:asking|course-parts|lesson-[a-z]+|progress|question|questions\/question-(?:field|result|words)|quiz|reading-place|shown-blocks|study|study-[a-z]+|updates|words)\.tsx?$/,
  ],
]

/**
 * Remix asks at run time which of its options are set (remix.config.js), in a browser too, and names its components for
 * developers' tools, which makes each of them look needed. Both are known here: what no page of ours comes to is left out.
 */
const lighterRemix: Plugin = {
  name: 'lighter-remix',
  apply: 'build',
  transform(code, id, { ssr } = {}) {
    if (ssr || !/\/node_modules\/@remix-run\/react\/dist\/esm\/[\w-]+\.js$/.test(id)) return null
    const flags: Record<string, boolean | undefined> = { ...options.future }
    return {
      code: code
        .replace(/\b(?:\w+\.)*future\.(v3_\w+)/g, (read, flag: string) => String(flags[flag] ?? read))
        .replace(/^\w+\.displayName = "\w+";$/gm, ''),
      map: null,
    }
  },
}

// What browsers get; the server's own build stays readable, for whoever reads its stack traces.
export default defineConfig(({ isSsrBuild }) => ({
  plugins: [remix(options), lighterRemix],
  build: {
    // The content policy refuses data: addresses.
    assetsInlineLimit: 0,
    // Cheap phones inside WeChat: browsers of 2020.
    target: ['chrome87', 'safari14', 'firefox78'],
    // A twentieth less than esbuild makes of it, on every phone.
    minify: isSsrBuild ? false : 'terser',
    // Pages name what they need in their heads; the little that comes later (the rail, the reader of codes) asks for itself.
    modulePreload: false,
    terserOptions: { compress: { passes: 2 }, format: { comments: false } },
    rollupOptions: isSsrBuild
      ? {}
      : { output: { manualChunks: (id) => CHUNKS.find(([, files]) => files.test(id))?.[0] } },
  },
}))
