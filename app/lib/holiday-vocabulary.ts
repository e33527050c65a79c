/**
 * Days that rest by law on the same date every year, whatever a year's notice says (全国年节及纪念日放假办法, §2; 2 May since
 * 2025). The other legal days follow the moon or the sun and are known from the notice alone.
 */
export const FIXED_HOLIDAYS: Readonly<Record<string, { name: string; since?: string }>> = {
  '01-01': { name: '元旦' },
  '05-01': { name: '劳动节' },
  '05-02': { name: '劳动节', since: '2025' },
  '10-01': { name: '国庆节' },
  '10-02': { name: '国庆节' },
  '10-03': { name: '国庆节' },
}

/** What the holidays of the notices are called in English. */
export const HOLIDAYS_IN_ENGLISH: Readonly<Record<string, string>> = {
  元旦: 'New Year',
  春节: 'Spring Festival',
  清明节: 'Qingming Festival',
  劳动节: 'Labour Day',
  端午节: 'Dragon Boat Festival',
  中秋节: 'Mid-Autumn Festival',
  国庆节: 'National Day',
}
