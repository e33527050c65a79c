import { defineWords } from '#app/lib/i18n.ts'

export const words = defineWords(
  { loadingDemo: '正在装入演示数据，只在第一次启动时进行 …' },
  { loadingDemo: 'Loading the demo data, on the first start only …' },
)
