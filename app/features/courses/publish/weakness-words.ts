import { defineWords } from '#app/lib/i18n.ts'

type Say = (detail: string[]) => string

const reason = {
  figure_small_text: ([is, least]) => `图里的字在手机上太小：折合${is}，至少${least}（图宽360时）`,
  figure_untitled: () => '图没有<title>',
  figure_light_only: () => '图没有深色的颜色',
  figure_unused: () => '图没有在任何一课里用到',
  lesson_short: ([is, least]) => `课文只有${is}字，少于${least}字`,
  lesson_without_quiz: () => '这一课没有测验',
  heading_skipped: ([level]) => `标题跳了级：上一级标题下面应当是${level}`,
  paragraph_long: ([is, most]) => `一段${is}字，手机上要翻一屏多；最好不超过${most}字`,
  table_wide: ([is, most]) => `表格有${is}列，手机上要左右拖；最好不超过${most}列`,
  wide_bracket: () => '组件的尖括号是全角的，会当成文字显示出来',
  link_without_scheme: ([url]) => `链接“${url}”没有写https://，会当成本站的地址`,
  alt_short: ([alt = '']) => `替代文字“${alt}”太短，看不见图的人学不到图上的内容`,
  formula_order: ([number]) => `公式编号${number}排在更大的编号后面`,
  quiz_few: ([is, least]) => `测验只有${is}题，少于${least}题`,
  why_short: () => '“为什么”太短，答错的人看了还是不明白',
  answer_same_place: ([count, place]) => `${count}道单选题的答案都是第${place}个选项`,
  answer_longest: ([is, all]) => `${all}道单选题里有${is}道，最长的选项就是答案：不会的人也能蒙对`,
  verdict_same: ([answer, count]) => `全课程${count}道判断题的答案都是“${answer === 'true' ? '对' : '错'}”`,
  sources_missing: () => '没有写依据（sources）',
  updated_future: ([date]) => `更新日期${date}还没有到`,
  updated_long_ago: ([date]) => `内容最后更新于${date}，已过两年`,
  term_unused: (term) => `术语“${term.join(' ')}”没有在任何一课里标出`,
} satisfies Record<string, Say>

export type WeaknessCode = keyof typeof reason

type Texts = { reason: Record<WeaknessCode, Say>; advice: Record<WeaknessCode, Say> }

/** What could be better about a course, and how. */
export const weaknessWords = defineWords<Texts>(
  {
    reason,
    advice: {
      figure_small_text: () => '把字放大，写不下就删几个字，或者把图分成两张',
      figure_untitled: () => '在<svg>后面加一行<title>图的名字</title>',
      figure_light_only: () => '照electrical-safety里的图，加<style>@media (prefers-color-scheme: dark) { … }</style>',
      figure_unused: () => '在课文里用<Figure>放进去，或者删去这个文件',
      lesson_short: () => '补一个算例、一张图或一张表；内容确实少的，并到前一课',
      lesson_without_quiz: () => '写一个同名的.quiz.yaml，三题以上，在末尾放<Quiz />',
      heading_skipped: ([level]) => `改成${level}`,
      paragraph_long: () => '在意思转折的地方空一行，或者改成列表',
      table_wide: () => '拆成两张表，或者把几列并成一列',
      wide_bracket: () => '改成半角的<和>',
      link_without_scheme: ([url]) => `写成https://${url}`,
      alt_short: () => '用一两句话说出图上画了什么、说明什么',
      formula_order: () => '按先后重新编号，并改正文里的引用',
      quiz_few: () => '补到三题以上，问情境里的决定',
      why_short: () => '说出理由：错的选项错在哪里，依据是什么',
      answer_same_place: () => '换一换选项的次序',
      answer_longest: () => '把答案写短，把错的选项写得一样具体',
      verdict_same: () => '把其中几道改成说法正确的',
      sources_missing: () => '在course.yaml的sources里写出法律、标准的名称、编号和年份',
      updated_future: () => '写成今天或更早的日期',
      updated_long_ago: () => '对照现行的法律和标准查一遍，再改updated_on',
      term_unused: () => '在它第一次出现的句子里标<Term>，或者删去',
    },
  },
  {
    reason: {
      figure_small_text: ([is, least]) =>
        `the text in the figure is too small on a phone: ${is}, at least ${least} (in a figure 360 wide)`,
      figure_untitled: () => 'the figure has no <title>',
      figure_light_only: () => 'the figure has no colours for the dark',
      figure_unused: () => 'no lesson shows this figure',
      lesson_short: ([is, least]) => `the lesson has ${is} characters, less than ${least}`,
      lesson_without_quiz: () => 'the lesson has no quiz',
      heading_skipped: ([level]) => `a heading skips a level: ${level} comes next`,
      paragraph_long: ([is, most]) =>
        `a paragraph of ${is} characters fills more than a phone; at most ${most} is better`,
      table_wide: ([is, most]) => `a table of ${is} columns must be dragged on a phone; at most ${most} is better`,
      wide_bracket: () => 'a component is written in full-width brackets and will be shown as text',
      link_without_scheme: ([url]) => `the link "${url}" has no https:// and leads into this site`,
      alt_short: ([alt = '']) =>
        `the alternative text "${alt}" is too short: who cannot see the figure learns nothing from it`,
      formula_order: ([number]) => `formula number ${number} comes after a higher one`,
      quiz_few: ([is, least]) => `the quiz has ${is} questions, less than ${least}`,
      why_short: () => '"why" is too short to help those who were wrong',
      answer_same_place: ([count, place]) => `the answers of all ${count} single choices are option ${place}`,
      answer_longest: ([is, all]) =>
        `in ${is} of ${all} single choices the longest option is the answer: guessing passes`,
      verdict_same: ([answer, count]) => `all ${count} true-false questions of the course are ${answer}`,
      sources_missing: () => 'no sources are given',
      updated_future: ([date]) => `the date of revision, ${date}, has not come yet`,
      updated_long_ago: ([date]) => `the text was revised on ${date}, more than two years ago`,
      term_unused: (term) => `no lesson marks the term "${term.join(' ')}"`,
    },
    advice: {
      figure_small_text: () => 'make it larger; use fewer words, or two figures',
      figure_untitled: () => 'add <title>its name</title> after <svg>',
      figure_light_only: () =>
        'add <style>@media (prefers-color-scheme: dark) { … }</style> as the figures of electrical-safety do',
      figure_unused: () => 'place it with <Figure>, or remove the file',
      lesson_short: () => 'add a worked example, a figure or a table; or join it to the lesson before',
      lesson_without_quiz: () =>
        'write a .quiz.yaml of the same name with three questions or more, and <Quiz /> at the end',
      heading_skipped: ([level]) => `write ${level}`,
      paragraph_long: () => 'leave an empty line where the thought turns, or make it a list',
      table_wide: () => 'make two tables, or join some columns',
      wide_bracket: () => 'write plain < and >',
      link_without_scheme: ([url]) => `write https://${url}`,
      alt_short: () => 'say in a sentence or two what the figure shows and means',
      formula_order: () => 'number them in order, also where the text names them',
      quiz_few: () => 'ask three or more, each a decision in a situation',
      why_short: () => 'give the reason: what is wrong with the wrong options, and by which rule',
      answer_same_place: () => 'change the order of the options',
      answer_longest: () => 'shorten the answers, and make the wrong options as precise',
      verdict_same: () => 'make some of the statements true',
      sources_missing: () => 'name laws and standards with number and year under sources in course.yaml',
      updated_future: () => 'write the date of today or an earlier one',
      updated_long_ago: () => 'check it against the laws and standards in force, then change updated_on',
      term_unused: () => 'mark it with <Term> in the sentence where it first appears, or remove it',
    },
  },
)
