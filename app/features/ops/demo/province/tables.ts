import { csvLine, type DemoFile } from '../files.ts'
import { PROVINCE } from './academies.ts'
import { brandsOf } from './brands.ts'

/** Years that a designation covers. */
const DESIGNATED_FOR = 5

/** 学院: the academies of the province. */
export const academiesTable = (): DemoFile => ({
  name: 'academies.csv',
  lines: [
    '学院代码,学院名称,学院类型,城市代码,推荐工会,省级认定起,省级认定止',
    ...PROVINCE.map(({ code, name, kind, cityCode, sponsor, designatedFrom: from }) =>
      csvLine([code, name, kind, cityCode, sponsor, from ?? '', from ? from + DESIGNATED_FOR - 1 : '']),
    ),
  ],
})

/** 特色工种品牌: their brands. */
export const brandsTable = (): DemoFile => ({
  name: 'brands.csv',
  lines: [
    '学院代码,品牌名称,职业编码,有效期起,有效期止,状态',
    ...PROVINCE.flatMap((academy) =>
      brandsOf(academy).map(({ code, name, occupation, from, until, status }) =>
        csvLine([code, name, occupation, from, until, status]),
      ),
    ),
  ],
})
