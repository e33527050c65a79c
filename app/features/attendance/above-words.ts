import { defineWords } from '#app/lib/i18n.ts'

/**
 * Who corrects what the academy's own people may not: the reviewer of the union that recommends the academy, or the province's, which
 * recommends it itself or stands in for a union without a reviewer (`stood_in_academies()`).
 */
export const aboveWords = defineWords(
  { who: '推荐工会（由省总推荐或推荐工会没有审核员的，为省总）' },
  { who: 'the sponsor (the province, where it recommends the academy itself or the sponsor has no reviewer)' },
)
