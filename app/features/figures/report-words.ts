import { defineWords } from '#app/lib/i18n.ts'

export const reportWords = defineWords(
  {
    usage: '用法：npm run compliance:report -- --year 2026 [--academy 学院代码] [--format table|csv|json|xlsx]',
    unknown: '有的参数看不懂。',
    year: '请用 --year 给出四位数的年份，例如 --year 2026。',
    format: (given: string) => `没有“${given}”这种格式，可用：table、csv、json、xlsx。`,
    academy: (code: string) => `没有代码为“${code}”的学院，请检查 --academy。`,
    terminal:
      'xlsx 是文件，不能显示在屏幕上，请写入文件，例如：npm run compliance:report -- --year 2026 --format xlsx > report.xlsx',
    usageRebuild: '用法：npm run figures:rebuild [-- --stale]',
    recountFailed:
      '数据已保存，但指标汇总没有更新；页面会直接从明细统计，可稍后运行 npm run figures:rebuild -- --stale。',
  },
  {
    usage: 'Usage: npm run compliance:report -- --year 2026 [--academy CODE] [--format table|csv|json|xlsx]',
    unknown: 'An argument is not understood.',
    year: 'Give a year of four digits with --year, like --year 2026.',
    format: (given) => `There is no format “${given}”: use table, csv, json or xlsx.`,
    academy: (code) => `No academy has the code “${code}”: check --academy.`,
    terminal:
      'xlsx is a file and cannot be shown on a screen. Write it to one: npm run compliance:report -- --year 2026 --format xlsx > report.xlsx',
    usageRebuild: 'Usage: npm run figures:rebuild [-- --stale]',
    recountFailed:
      'The data are saved, but the tallies were not brought up to date. Pages count from the records until they are: npm run figures:rebuild -- --stale.',
  },
)
