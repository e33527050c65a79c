import { defineWords } from '#app/lib/i18n.ts'

/** How each component is written, on one line; `⏎` is a line's end, an empty line between the parts is meant. */
export const componentExamples = defineWords(
  {
    Figure: '<Figure src="flow.svg" alt="图上画了什么" caption="图1 …" />',
    Video: '<Video src="lockout.mp4" title="…" captions="lockout.vtt" poster="flow.svg"> ⏎ 文字稿 ⏎ </Video>',
    Audio: '<Audio src="alarm.m4a" title="…"> ⏎ 文字稿 ⏎ </Audio>',
    Callout: '<Callout kind="warn" title="…"> ⏎ 内容 ⏎ </Callout>',
    Steps: '<Steps> ⏎ 1. 第一步 ⏎ 2. 第二步 ⏎ </Steps>',
    Example: '<Example title="算例：…"> ⏎ 内容 ⏎ </Example>',
    Compare:
      '<Compare> ⏎ <Column kind="right" title="…"> ⏎ 内容 ⏎ </Column> ⏎ <Column kind="wrong" title="…"> ⏎ 内容 ⏎ </Column> ⏎ </Compare>',
    Column: '<Column kind="right" title="…"> ⏎ 内容 ⏎ </Column>',
    Table: '<Table caption="表1 …"> ⏎ Markdown表格 ⏎ </Table>',
    Formula: '<Formula number="1"> ⏎ $$…$$ ⏎ - $I$：电流，A ⏎ </Formula>',
    Term: '<Term>术语</Term>',
    Quiz: '<Quiz />',
  },
  {
    Figure: '<Figure src="flow.svg" alt="what it shows" caption="Figure 1 …" />',
    Video:
      '<Video src="lockout.mp4" title="…" captions="lockout.vtt" poster="flow.svg"> ⏎ what is said and shown ⏎ </Video>',
    Audio: '<Audio src="alarm.m4a" title="…"> ⏎ what is heard ⏎ </Audio>',
    Callout: '<Callout kind="warn" title="…"> ⏎ content ⏎ </Callout>',
    Steps: '<Steps> ⏎ 1. first step ⏎ 2. second step ⏎ </Steps>',
    Example: '<Example title="Example: …"> ⏎ content ⏎ </Example>',
    Compare:
      '<Compare> ⏎ <Column kind="right" title="…"> ⏎ content ⏎ </Column> ⏎ <Column kind="wrong" title="…"> ⏎ content ⏎ </Column> ⏎ </Compare>',
    Column: '<Column kind="right" title="…"> ⏎ content ⏎ </Column>',
    Table: '<Table caption="Table 1 …"> ⏎ a Markdown table ⏎ </Table>',
    Formula: '<Formula number="1"> ⏎ $$…$$ ⏎ - $I$: current, A ⏎ </Formula>',
    Term: '<Term>word</Term>',
    Quiz: '<Quiz />',
  },
)

const MARKDOWN: Readonly<Record<string, { zh: string; en: string }>> = {
  b: { zh: '加粗写成**文字**', en: 'write **bold**' },
  strong: { zh: '加粗写成**文字**', en: 'write **bold**' },
  i: { zh: '强调写成*文字*', en: 'write *emphasis*' },
  em: { zh: '强调写成*文字*', en: 'write *emphasis*' },
  br: { zh: '换行在行末写一个\\；另起一段就空一行', en: 'end the line with \\; for a paragraph leave an empty line' },
  p: { zh: '另起一段只要空一行', en: 'leave an empty line for a paragraph' },
  a: { zh: '链接写成[文字](https://…)', en: 'write [words](https://…)' },
  img: { zh: '图写成<Figure src="flow.svg" alt="…" />', en: 'write <Figure src="flow.svg" alt="…" />' },
  svg: { zh: '把图存成.svg文件，用<Figure>放进来', en: 'save it as an .svg file and place it with <Figure>' },
  table: { zh: '表格用Markdown写：| 一 | 二 |', en: 'write a Markdown table: | one | two |' },
  ul: { zh: '列表写成“- 第一条”', en: 'write "- first item"' },
  ol: { zh: '编号列表写成“1. 第一步”', en: 'write "1. first step"' },
  h1: { zh: '标题写成“## 标题”', en: 'write "## Heading"' },
  h2: { zh: '标题写成“## 标题”', en: 'write "## Heading"' },
  h3: { zh: '标题写成“### 标题”', en: 'write "### Heading"' },
  sub: { zh: '下标写进公式：$x_1$', en: 'write a formula: $x_1$' },
  sup: { zh: '上标写进公式：$x^2$', en: 'write a formula: $x^2$' },
  div: { zh: '提示写成<Callout>，例子写成<Example>', en: 'use <Callout> or <Example>' },
}

/** What an HTML tag is written as in a lesson. */
export const insteadOfHtml = defineWords(
  {
    tag: (tag: string) =>
      Object.hasOwn(MARKDOWN, tag) ? MARKDOWN[tag]!.zh : '删去它，用Markdown或组件写；要写“<”本身，写成\\<',
  },
  {
    tag: (tag) =>
      Object.hasOwn(MARKDOWN, tag)
        ? MARKDOWN[tag]!.en
        : 'leave it out and write Markdown or a component; for the sign "<" write \\<',
  },
)
