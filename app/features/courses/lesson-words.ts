import { defineWords } from '#app/lib/i18n.ts'

/** What stands on the page of a lesson for those who learn: its tools, and where they stopped reading. */
export const lessonWords = defineWords(
  {
    tools: '书签、笔记和提问',
    bookmark: '加书签',
    unbookmark: '去掉书签',
    notes: '记笔记',
    resumed: '已回到上次看到的地方。',
    fromTop: '从头看',
    ask: '问教师',
  },
  {
    tools: 'Bookmark, notes and questions',
    bookmark: 'Add a bookmark',
    unbookmark: 'Remove the bookmark',
    notes: 'Take notes',
    resumed: 'Back where you stopped reading.',
    fromTop: 'Start from the top',
    ask: 'Ask the instructor',
  },
)
