import { defineWords } from '#app/lib/i18n.ts'

export const words = defineWords(
  {
    preparingDemo: {
      small: '正在装入演示数据，只在第一次启动时进行 …',
      province: '正在建立演示用的学院和账号，只在第一次启动时进行 …',
    },
    demo: '演示数据',
    demoRows: (rows: string, of: string) => `${rows}/约${of}行`,
    secondsLeft: (seconds: number) => `约剩${seconds}秒`,
    demoLoaded: (seconds: number) => `演示数据已全部装入，用时${seconds}秒。`,
    demoFailed: '演示数据没有装完，原因见日志；重新启动会接着装。',
  },
  {
    preparingDemo: {
      small: 'Loading the demo data, on the first start only …',
      province: 'Making the academies and accounts of the demo, on the first start only …',
    },
    demo: 'Demo data',
    demoRows: (rows, of) => `${rows} of about ${of} rows`,
    secondsLeft: (seconds) => `${seconds} s left`,
    demoLoaded: (seconds) => `The demo data is complete, after ${seconds} s.`,
    demoFailed: 'The demo data is not complete; the log says why. The next start takes it up.',
  },
)
