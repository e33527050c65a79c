import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'
import options from './remix.config.js'

export default defineConfig({
  plugins: [remix(options)],
  build: {
    // The content policy refuses data: addresses.
    assetsInlineLimit: 0,
    // Cheap phones inside WeChat: browsers of 2020.
    target: ['chrome87', 'safari14', 'firefox78'],
    // Fewer, larger files: a phone with one bar waits for each request, and a page names every one of them.
    rollupOptions: { output: { experimentalMinChunkSize: 2_000 } },
  },
})
