/**
 * The Remix options; vite.config.ts hands them to the plugin (Remix itself does not read this file).
 * @type {import('@remix-run/dev').VitePluginConfig}
 */
export default {
  appDirectory: 'app',
  buildDirectory: 'build/pages', // Remix empties it before a build: the bundles lie beside it
  future: {
    v3_fetcherPersist: true,
    // Off: 26 routes weigh less than asking for each of them, one bar of signal at a time.
    v3_lazyRouteDiscovery: false,
    v3_relativeSplatPath: true,
    v3_routeConfig: true,
    v3_singleFetch: true,
    v3_throwAbortReason: true,
  },
}
