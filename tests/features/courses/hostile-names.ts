import type { HostileFile } from './hostile-file.ts'

/** Names, links and things that are no files: what a folder may hold besides courses. */
const other = (name: string, at: string, file = 'x'): HostileFile => ({ name, code: 'unknown_file', at, file })

export const hostileNames: HostileFile[] = [
  other('a program beside the lessons', 'index.js', 'process.exit(1)\n'),
  other('a lesson with a second ending', '02-next.mdx.js'),
  other('a component file', '02-next.jsx', 'export default () => null\n'),
  other('a package', 'package.json', '{"scripts":{"postinstall":"id"}}\n'),
  other('a lesson without a number', 'next.mdx'),
  other('a lesson of capitals', '02-Next.mdx'),
  other('a lesson of Chinese letters', '02-下一课.mdx'),
  other('a lesson with a space', '02-next lesson.mdx'),
  other('a lesson with a new line', '02-ne\nxt.mdx'),
  other('a lesson with a terminal’s escape', '02-\u001b[2Jx.mdx'),
  other('a lesson that turns around', '02-\u202exdm.x'),
  other('a name that is an option', '-rf.svg'),
  other('a name that is a path', 'x%2f..%2fetc.svg'),
  other('a name of 64 letters', `${'a'.repeat(64)}.svg`),
  other('a picture of pixels', 'photo.png'),
  other('a web page', 'page.html', '<script>alert(1)</script>'),
  other('a style sheet', 'style.css'),
  other('YAML by its other name', 'course.yml'),
  other('a database', 'data.sqlite'),
  { name: 'a lesson that is a link to a secret', code: 'not_a_file', at: '02-next.mdx', odd: 'link' },
  { name: 'a figure that is a link to a secret', code: 'not_a_file', at: 'g.svg', odd: 'link' },
  { name: 'a glossary that is a link to nothing', code: 'not_a_file', at: 'glossary.yaml', odd: 'broken link' },
  { name: 'a lesson that is a link to a folder', code: 'not_a_file', at: '02-next.mdx', odd: 'link to a folder' },
  { name: 'a lesson that is a folder', code: 'not_a_file', at: '02-next.mdx', odd: 'folder' },
  { name: 'a lesson that is a pipe nobody writes to', code: 'not_a_file', at: '02-next.mdx', odd: 'pipe' },
  { name: 'a folder of modules', code: 'unknown_file', at: 'node_modules', odd: 'folder' },
  { name: 'a lesson of no bytes', code: 'front_matter_missing', file: '' },
  { name: 'a lesson of blanks', code: 'front_matter_missing', file: '   \n\n' },
  { name: 'a lesson that is an archive', code: 'control_character', file: 'PK§\u0003\u0004' },
  {
    name: 'a lesson that is a web page',
    code: 'front_matter_missing',
    file: '<!doctype html><script>alert(1)</script>\n',
  },
  { name: 'a lesson that is a program', code: 'front_matter_missing', file: '#!/usr/bin/env node\nprocess.exit(1)\n' },
  { name: 'two lessons of one number', code: 'lesson_number_twice', at: '01-other.mdx', body: '正文\n' },
  { name: 'two lessons of one name', code: 'lesson_name_twice', at: '02-lesson.mdx', body: '正文\n' },
  {
    name: 'a lesson named like the page of the final test',
    code: 'lesson_name_reserved',
    at: '02-test.mdx',
    body: '正文\n',
  },
  { name: 'a quiz of no lesson', code: 'quiz_without_lesson', at: '09-ghost.quiz.yaml', file: 'x: 1\n' },
]

export const harmlessNames: HostileFile[] = [
  { name: 'a hidden file', at: '.env', file: 'SECRET=1\n', never: /SECRET/ },
  { name: 'a hidden folder', at: '.git', odd: 'folder', never: /SECRET/ },
]
