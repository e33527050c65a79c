import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = process.cwd()
const require = createRequire(import.meta.url)

/** One planted violation per rule: the file that breaks it, and what it imports. */
const planted: Record<string, { file: string; imports: string }> = {
  'no-cycles': { file: 'app/features/audit/a.ts', imports: './b.ts' },
  'db-imports-nothing-of-app': { file: 'db/planted.ts', imports: '#app/lib/ids.ts' },
  'nothing-imports-tests': { file: 'app/lib/planted-1.ts', imports: '#tests/support/planted.ts' },
  'lib-and-ui-know-no-feature': { file: 'app/ui/planted-1.ts', imports: '#app/features/audit/events.ts' },
  'lib-knows-no-ui': { file: 'app/lib/planted-2.ts', imports: '#app/ui/planted.ts' },
  'routes-are-known-to-routes-ts-alone': { file: 'app/features/audit/planted-1.ts', imports: '#app/routes/planted.ts' },
  'routes-and-ui-hold-no-sql': { file: 'app/routes/planted-1.ts', imports: '#db/schema/kit.ts' },
  'features-never-import-remix': { file: 'app/features/audit/planted-2.ts', imports: '@remix-run/node' },
  'plain-files-stay-pure': { file: 'app/features/audit/planted-3.ts', imports: './audit.server.ts' },
  'depth-is-privacy': { file: 'app/routes/planted-2.ts', imports: '#app/features/audit/deep/inner.ts' },
  'no-barrels': { file: 'app/lib/planted-3.ts', imports: '#app/lib/barrel/index.ts' },
  'lucia-in-one-file': { file: 'app/features/accounts/planted.ts', imports: 'lucia' },
  'feature-graph-audit': { file: 'app/features/audit/planted-4.ts', imports: '#app/features/ledger/planted.ts' },
  'feature-graph-persons': { file: 'app/features/persons/planted-1.ts', imports: '#app/features/ledger/planted.ts' },
  'feature-graph-accounts': { file: 'app/features/accounts/planted-2.ts', imports: '#app/features/ledger/planted.ts' },
  'feature-graph-policy': { file: 'app/features/policy/planted-1.ts', imports: '#app/features/ledger/planted.ts' },
  'feature-graph-once': { file: 'app/features/once/planted-1.ts', imports: '#app/features/ledger/planted.ts' },
  'feature-graph-notices': { file: 'app/features/notices/planted-1.ts', imports: '#app/features/ledger/planted.ts' },
  'feature-graph-occupations': {
    file: 'app/features/occupations/planted.ts',
    imports: '#app/features/ledger/planted.ts',
  },
  'feature-graph-academies': {
    file: 'app/features/academies/planted-1.ts',
    imports: '#app/features/ledger/planted.ts',
  },
  'feature-graph-training': { file: 'app/features/training/planted-1.ts', imports: '#app/features/ledger/planted.ts' },
  'feature-graph-attendance': {
    file: 'app/features/attendance/planted-1.ts',
    imports: '#app/features/ledger/planted.ts',
  },
  'feature-graph-calendar': { file: 'app/features/calendar/planted-1.ts', imports: '#app/features/ledger/planted.ts' },
  'feature-graph-courses': { file: 'app/features/courses/planted-1.ts', imports: '#app/features/ledger/planted.ts' },
  'feature-graph-catalogue': {
    file: 'app/features/catalogue/planted-1.ts',
    imports: '#app/features/ledger/planted.ts',
  },
  'feature-graph-certification': {
    file: 'app/features/certification/planted-1.ts',
    imports: '#app/features/ledger/planted.ts',
  },
  'feature-graph-materials': {
    file: 'app/features/materials/planted.ts',
    imports: '#app/features/ledger/planted.ts',
  },
  'feature-graph-classfile': {
    file: 'app/features/classfile/planted.ts',
    imports: '#app/features/ledger/planted.ts',
  },
  'feature-graph-figures': { file: 'app/features/figures/planted-1.ts', imports: '#app/features/ledger/planted.ts' },
  'feature-graph-ledger': { file: 'app/features/ledger/planted-1.ts', imports: '#app/features/figures/planted.ts' },
}

const targets = {
  'app/features/audit/b.ts': "import './a.ts'\n",
  'app/features/audit/deep/inner.ts': '',
  'app/features/audit/events.ts': '',
  'app/features/audit/audit.server.ts': '',
  'app/features/figures/planted.ts': '',
  'app/features/ledger/planted.ts': '',
  'app/lib/barrel/index.ts': '',
  'app/lib/ids.ts': '',
  'app/routes/planted.ts': '',
  'app/ui/planted.ts': '',
  'db/schema/kit.ts': '',
  'tests/support/planted.ts': '',
}

let folder = ''
const broken = new Set<string>()

async function cruiseFolder(baseDir: string): Promise<ICruiseResult> {
  const { forbidden, options } = (await extractConfig(join(root, '.dependency-cruiser.cjs'))) as {
    forbidden: NonNullable<ICruiseOptions['ruleSet']>['forbidden']
    options: ICruiseOptions
  }
  const { output } = await cruise(['app', 'db'], { ...options, ruleSet: { forbidden }, validate: true, baseDir })
  return output as ICruiseResult
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiangxuetang-rules-'))
  for (const [file, content] of [
    ...Object.entries(targets),
    ...Object.values(planted).map(({ file, imports }) => [file, `import '${imports}'\n`] as const),
  ]) {
    await mkdir(join(folder, dirname(file)), { recursive: true })
    await writeFile(join(folder, file), content)
  }
  for (const name of ['package.json', 'tsconfig.json']) await cp(join(root, name), join(folder, name))
  await symlink(dirname(dirname(require.resolve('vitest/package.json'))), join(folder, 'node_modules'))
  for (const violation of (await cruiseFolder(folder)).summary.violations)
    broken.add(`${violation.rule.name} ${violation.from}`)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test('every import rule has a planted violation', async () => {
  const { forbidden } = (await extractConfig(join(root, '.dependency-cruiser.cjs'))) as {
    forbidden: { name: string }[]
  }
  expect(forbidden.map((rule) => rule.name).sort()).toEqual(Object.keys(planted).sort())
})

test.each(Object.entries(planted))('the rule %s finds its planted violation', (rule, { file }) => {
  expect([...broken]).toContain(`${rule} ${file}`)
})

test('the product breaks no import rule', async () => {
  const { summary } = await cruiseFolder(root)
  expect(summary.violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`)).toEqual([])
})
