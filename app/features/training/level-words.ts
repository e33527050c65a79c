import { defineWords } from '#app/lib/i18n.ts'

/** Skill levels as people say them. In this feature, since everyone who names a level may use it. */
export const levelWords = defineWords(
  {
    apprentice: '学徒工',
    l5: '五级/初级工',
    l4: '四级/中级工',
    l3: '三级/高级工',
    l2: '二级/技师',
    l1: '一级/高级技师',
    special_technician: '特级技师',
    chief_technician: '首席技师',
  },
  {
    apprentice: 'Apprentice',
    l5: 'Level 5 (junior)',
    l4: 'Level 4 (intermediate)',
    l3: 'Level 3 (senior)',
    l2: 'Level 2 (technician)',
    l1: 'Level 1 (senior technician)',
    special_technician: 'Special technician',
    chief_technician: 'Chief technician',
  },
)
