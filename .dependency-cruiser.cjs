/**
 * Who may import whom (rules 1–5 of the house; app/README.md tells why). Each rule has a planted violation in
 * tests/architecture/planted, which must be found.
 */
const features = {
  audit: [],
  persons: ['audit'],
  accounts: ['persons', 'audit'],
  policy: ['audit', 'persons', 'accounts'],
  notices: ['audit', 'persons', 'accounts'],
  once: [],
  occupations: [],
  academies: ['occupations'],
  training: ['academies', 'occupations'],
  calendar: ['training', 'academies'],
  attendance: ['training', 'academies'],
  courses: ['training', 'occupations'],
  certification: ['training', 'courses'],
  catalogue: ['academies', 'occupations', 'training', 'courses', 'certification'],
  materials: ['training'],
  classfile: ['training', 'attendance', 'certification'],
  figures: ['academies', 'training', 'certification'],
  ledger: ['academies', 'occupations', 'training', 'certification'],
}
const common = ['audit', 'persons', 'accounts', 'policy', 'notices', 'once']
const below = (name) => [...new Set([name, ...features[name], ...(common.includes(name) ? [] : common)])]

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'db-imports-nothing-of-app',
      severity: 'error',
      from: { path: '^db/' },
      to: { path: '^(app|tests|content)/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(app|db)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'lib-and-ui-know-no-feature',
      severity: 'error',
      from: { path: '^app/(lib|ui)/' },
      to: { path: '^app/(features|routes)/' },
    },
    {
      name: 'lib-knows-no-ui',
      severity: 'error',
      from: { path: '^app/lib/' },
      to: { path: '^app/ui/' },
    },
    {
      name: 'routes-are-known-to-routes-ts-alone',
      comment:
        'app/routes.ts names them as strings; a route may use a neighbour’s parts; root and entries are Remix’s too.',
      severity: 'error',
      from: { path: '^(app|db)/', pathNot: '^app/(routes/|routes\\.ts$|(root|entry\\.client|entry\\.server)\\.tsx$)' },
      to: { path: '^app/routes/' },
    },
    {
      name: 'routes-and-ui-hold-no-sql',
      severity: 'error',
      from: { path: '^app/(routes|ui)/|^app/(root|entry)' },
      to: { path: '^db/(schema|client|migrate|embedded)|drizzle-orm|node_modules/postgres/' },
    },
    {
      name: 'features-never-import-remix',
      severity: 'error',
      from: { path: '^app/features/' },
      to: { path: '@remix-run|react-router|node_modules/(hono|@hono)/' },
    },
    {
      name: 'plain-files-stay-pure',
      comment: 'x.ts runs anywhere: no .server file, nothing of db but values.ts and reference data; types excepted.',
      severity: 'error',
      from: { path: '^app/(features|lib|ui)/', pathNot: '\\.server\\.tsx?$' },
      to: { path: '\\.server\\.tsx?$|^db/(?!values\\.ts$|reference/[^/]+\\.json$)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'depth-is-privacy',
      comment: 'From outside a feature only its top-level files.',
      severity: 'error',
      from: { path: '^app/features/([^/]+)/|^(app/(?!features)|db/)', pathNot: '^$' },
      to: { path: '^app/features/([^/]+)/[^/]+/', pathNot: '^app/features/$1/' },
    },
    {
      name: 'no-barrels',
      comment: 'db/schema/index.ts is the one permitted barrel.',
      severity: 'error',
      from: {},
      to: { path: '^(app|db)/(?!schema/).*/index\\.tsx?$' },
    },
    {
      name: 'lucia-in-one-file',
      severity: 'error',
      from: { path: '^(app|db)/', pathNot: '^app/features/accounts/lucia\\.server\\.ts$' },
      to: { path: 'node_modules/lucia/' },
    },
    ...Object.keys(features).map((name) => ({
      name: `feature-graph-${name}`,
      comment: `${name} uses only: ${below(name).slice(1).join(', ') || 'nothing'}.`,
      severity: 'error',
      from: { path: `^app/features/${name}/` },
      to: { path: '^app/features/', pathNot: `^app/features/(${below(name).join('|')})/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
}
