/**
 * One question of every kind as an author writes it. What must not reach a browser before the answer came in says CANARY:
 * reasons, accepted words; the number is one that stands nowhere else.
 */
export const QUESTIONS = [
  {
    id: 'q-single',
    kind: 'single',
    prompt: '检修前先做什么？',
    options: [
      { id: 'a', text: '验电' },
      { id: 'b', text: '开工' },
    ],
    answer: ['a'],
    why: 'CANARY单选：没有验电，一律按有电处理。',
  },
  {
    id: 'q-multiple',
    kind: 'multiple',
    prompt: '哪些要挂牌？',
    options: [
      { id: 'a', text: '断路器手柄' },
      { id: 'b', text: '隔离开关' },
      { id: 'c', text: '照明灯' },
    ],
    answer: ['a', 'b'],
    why: 'CANARY多选：能让设备再带电的地方都要挂。',
  },
  {
    id: 'q-true',
    kind: 'true_false',
    prompt: '验电器用之前要先在有电处试一试。',
    options: [
      { id: 'true', text: '对' },
      { id: 'false', text: '错' },
    ],
    answer: ['true'],
    why: 'CANARY判断：坏的验电器哪里都说没电。',
  },
  {
    id: 'q-number',
    kind: 'numeric',
    prompt: '干燥处手持照明灯的安全电压上限是多少？',
    answer: 7193.25,
    tolerance: 0.75,
    unit: 'V',
    why: 'CANARY数字：国家标准这样规定。',
  },
  {
    id: 'q-order',
    kind: 'ordering',
    prompt: '停电检修的先后',
    items: [
      { id: 's1', text: '断开电源' },
      { id: 's2', text: '验明无电' },
      { id: 's3', text: '装设接地线' },
      { id: 's4', text: '悬挂标示牌' },
    ],
    why: 'CANARY排序：先断、再验、后接地、再挂牌。',
  },
  {
    id: 'q-match',
    kind: 'matching',
    prompt: '哪种情况用哪种办法？',
    left: [
      { id: 'l1', text: '有人触电' },
      { id: 'l2', text: '电气起火' },
      { id: 'l3', text: '跳闸' },
    ],
    right: [
      { id: 'r1', text: '先断电再救人' },
      { id: 'r2', text: '用二氧化碳灭火器' },
      { id: 'r3', text: '查明原因再合闸' },
      { id: 'r4', text: '用水浇' },
    ],
    answer: { l1: 'r1', l2: 'r2', l3: 'r3' },
    why: 'CANARY配对：各有各的办法。',
  },
  {
    id: 'q-word',
    kind: 'fill_in',
    prompt: '合接地线之前必须先____。',
    accepted: ['CANARY验电', 'CANARY验明无电'],
    why: 'CANARY填空：不验电就接地会短路。',
  },
]

/** Them as a lesson's quiz; JSON is YAML too. */
export const EVERY_KIND = `pass_percent: 60\nquestions: ${JSON.stringify(QUESTIONS)}\n`

export const TEST_YAML = `title: 结业考试
title_en: Final test
intro: 从题库抽20道题。
intro_en: 20 questions.
bank: final
draw:
  - { topic: first, count: 12 }
  - { topic: second, count: 8 }
minutes: 30
pass_percent: 80
attempts: 2
pause_hours: 24
show: mistakes
`

/** A bank for {@link TEST_YAML}: every kind in turn, 18 questions of the first topic and 12 of the second. */
export const BANK = Array.from({ length: 30 }, (_, index) => {
  const one = QUESTIONS[index % QUESTIONS.length]!
  return { ...one, id: `${one.id}-${index}`, topic: index < 18 ? 'first' : 'second' }
})

/** A bank's file, one question a line from the second on. */
export const bankYaml = (bank: object[] = BANK) =>
  ['questions:', ...bank.map((question) => `  - ${JSON.stringify(question)}`), ''].join('\n')

/** The files of a final test on two lessons named first and second. */
export const FINAL_TEST = { 'final.test.yaml': TEST_YAML, 'final.bank.yaml': bankYaml() }
