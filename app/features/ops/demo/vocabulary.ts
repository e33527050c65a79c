/** The made-up academies, trades and people of the demo, in the words of a real ledger. No real firm, no real person. */

export type Trade = {
  code: string
  name: string
  /** Weights of the levels that classes aim at. */
  levels: readonly (readonly ['五级/初级工' | '四级/中级工' | '三级/高级工', number])[]
  /** Of 100 who sit, how many pass. */
  pass: { '五级/初级工': number; '四级/中级工': number; '三级/高级工': number }
  certificate: '职业技能等级证书' | '专项职业能力证书' | '特种作业操作证'
  /** 作业项目 of a special-operation licence. */
  workItem?: string
}

const usual = { '五级/初级工': 92, '四级/中级工': 87, '三级/高级工': 72 } as const
const levels = [
  ['五级/初级工', 3],
  ['四级/中级工', 5],
  ['三级/高级工', 2],
] as const

export const TRADES = {
  electrician: { code: '6-31-01-03', name: '电工', levels, pass: usual, certificate: '职业技能等级证书' },
  electricianLicence: {
    code: '6-31-01-03',
    name: '低压电工作业',
    levels,
    pass: { '五级/初级工': 86, '四级/中级工': 86, '三级/高级工': 86 },
    certificate: '特种作业操作证',
    workItem: '低压电工作业',
  },
  welder: {
    code: '6-18-02-04',
    name: '焊工',
    levels,
    pass: { '五级/初级工': 88, '四级/中级工': 84, '三级/高级工': 68 },
    certificate: '职业技能等级证书',
  },
  mould: { code: '6-18-04-01', name: '模具工', levels, pass: usual, certificate: '职业技能等级证书' },
  machining: {
    code: '6-18-01-07',
    name: '多工序数控机床操作调整工',
    levels,
    pass: usual,
    certificate: '职业技能等级证书',
  },
  car: { code: '4-12-01-01', name: '汽车维修工', levels, pass: usual, certificate: '职业技能等级证书' },
  carMaking: { code: '6-22-02-01', name: '汽车装调工', levels, pass: usual, certificate: '职业技能等级证书' },
  robot: { code: '6-31-07-03', name: '工业机器人系统操作员', levels, pass: usual, certificate: '职业技能等级证书' },
  chips: {
    code: '6-25-02-06',
    name: '半导体分立器件和集成电路装调工',
    levels,
    pass: usual,
    certificate: '职业技能等级证书',
  },
  drone: { code: '4-02-04-06', name: '无人机驾驶员', levels, pass: usual, certificate: '职业技能等级证书' },
  ceramics: { code: '6-15-05-02', name: '陶瓷成型施釉工', levels, pass: usual, certificate: '职业技能等级证书' },
  care: {
    code: '4-10-01-05',
    name: '养老护理员',
    levels,
    pass: { '五级/初级工': 96, '四级/中级工': 95, '三级/高级工': 90 },
    certificate: '职业技能等级证书',
  },
  seafood: { code: '6-01-05-01', name: '水产品加工工', levels, pass: usual, certificate: '专项职业能力证书' },
  chemicals: { code: '6-11-01-03', name: '化工总控工', levels, pass: usual, certificate: '职业技能等级证书' },
  assistant: {
    code: '4-04-05-13',
    name: '生成式人工智能系统应用员',
    levels: [['五级/初级工', 1]],
    pass: usual,
    certificate: '职业技能等级证书',
  },
} as const satisfies Record<string, Trade>

export type TradeKey = keyof typeof TRADES

export type DemoAcademy = {
  code: string
  name: string
  kind: '地方' | '产业' | '企业'
  cityCode: string
  sponsor: string
  designatedFrom: number | null
  /** Trades with the weight of their classes. */
  trades: readonly (readonly [TradeKey, number])[]
  brands: readonly { name: string; trade: TradeKey; from: string; until: string; status: '已批准' | '待批准' }[]
  /** Ledger rows wanted of 2024, 2025, 2026. */
  rows: readonly [number, number, number]
  /** How often a seat goes to someone who was there before. */
  returning: number
  /** Share of classes that are online. */
  online: number
}

export const SMALL_DEMO: readonly DemoAcademy[] = [
  {
    code: 'GZQC',
    name: '广州市汽车产业工匠学院（演示）',
    kind: '地方',
    cityCode: '440100',
    sponsor: '广州市总工会',
    designatedFrom: 2024,
    trades: [
      ['carMaking', 4],
      ['car', 3],
      ['robot', 2],
      ['electrician', 2],
    ],
    brands: [
      { name: '汽车装调', trade: 'carMaking', from: '2024-01-01', until: '', status: '已批准' },
      { name: '工业机器人', trade: 'robot', from: '2024-03-01', until: '2028-12-31', status: '已批准' },
    ],
    rows: [720, 1080, 2620],
    returning: 0.12,
    online: 0.12,
  },
  {
    code: 'SZDZ',
    name: '深圳市集成电路工匠学院（演示）',
    kind: '产业',
    cityCode: '440300',
    sponsor: '深圳市总工会',
    designatedFrom: 2025,
    trades: [
      ['chips', 5],
      ['drone', 2],
      ['assistant', 3],
      ['electrician', 1],
    ],
    brands: [
      { name: '集成电路装调', trade: 'chips', from: '2024-06-01', until: '', status: '已批准' },
      { name: '无人机驾驶', trade: 'drone', from: '2024-01-01', until: '2026-06-30', status: '已批准' },
    ],
    rows: [640, 920, 2280],
    returning: 0.28,
    online: 0.45,
  },
  {
    code: 'FSTC',
    name: '佛山市智能制造与陶瓷工匠学院（演示）',
    kind: '地方',
    cityCode: '440600',
    sponsor: '佛山市总工会',
    designatedFrom: 2025,
    trades: [
      ['ceramics', 3],
      ['robot', 3],
      ['welder', 3],
      ['electricianLicence', 2],
    ],
    brands: [
      { name: '陶瓷成型施釉', trade: 'ceramics', from: '2023-05-01', until: '', status: '已批准' },
      { name: '焊接', trade: 'welder', from: '2024-01-01', until: '', status: '已批准' },
      { name: '机器人系统操作', trade: 'robot', from: '2026-01-01', until: '', status: '待批准' },
    ],
    rows: [430, 560, 860],
    returning: 0.15,
    online: 0.1,
  },
  {
    code: 'DGMJ',
    name: '东莞市模具工匠学院（演示）',
    kind: '产业',
    cityCode: '441900',
    sponsor: '东莞市总工会',
    designatedFrom: 2024,
    trades: [
      ['mould', 5],
      ['machining', 4],
      ['welder', 1],
    ],
    brands: [
      { name: '模具制造', trade: 'mould', from: '2023-01-01', until: '', status: '已批准' },
      { name: '数控加工', trade: 'machining', from: '2024-01-01', until: '', status: '已批准' },
    ],
    rows: [310, 640, 470],
    returning: 0.18,
    online: 0.08,
  },
  {
    code: 'ZJHY',
    name: '湛江市海洋食品工匠学院（演示）',
    kind: '地方',
    cityCode: '440800',
    sponsor: '湛江市总工会',
    designatedFrom: null,
    trades: [
      ['seafood', 5],
      ['care', 2],
      ['electricianLicence', 1],
    ],
    brands: [{ name: '水产品加工', trade: 'seafood', from: '2025-01-01', until: '', status: '已批准' }],
    rows: [160, 240, 330],
    returning: 0.1,
    online: 0.05,
  },
  {
    code: 'MMSH',
    name: '茂名市石化工匠学院（演示）',
    kind: '企业',
    cityCode: '440900',
    sponsor: '茂名市总工会',
    designatedFrom: 2026,
    trades: [
      ['chemicals', 5],
      ['welder', 2],
      ['electrician', 2],
    ],
    brands: [
      { name: '化工总控', trade: 'chemicals', from: '2025-07-01', until: '', status: '已批准' },
      { name: '石化焊接', trade: 'welder', from: '2026-02-01', until: '2030-12-31', status: '已批准' },
    ],
    rows: [170, 220, 350],
    returning: 0.14,
    online: 0.1,
  },
]

/** Surnames by how common they are in Guangdong and among those who came to work there. */
export const SURNAMES: readonly (readonly [string, number])[] = [
  ['陈', 95],
  ['李', 70],
  ['黄', 66],
  ['张', 52],
  ['梁', 40],
  ['林', 39],
  ['刘', 38],
  ['王', 36],
  ['吴', 33],
  ['何', 24],
  ['杨', 23],
  ['罗', 22],
  ['谢', 20],
  ['邓', 19],
  ['周', 19],
  ['叶', 17],
  ['钟', 16],
  ['曾', 15],
  ['朱', 14],
  ['郑', 13],
  ['蔡', 12],
  ['彭', 12],
  ['许', 12],
  ['苏', 11],
  ['廖', 11],
  ['赖', 10],
  ['冯', 10],
  ['胡', 10],
  ['谭', 10],
  ['温', 8],
  ['江', 8],
  ['潘', 8],
  ['徐', 8],
  ['卢', 8],
  ['赵', 8],
  ['唐', 7],
  ['曹', 6],
  ['韦', 6],
  ['覃', 5],
  ['莫', 5],
  ['欧阳', 2],
  ['司徒', 1],
  ['上官', 1],
]

export const GIVEN_FIRST = '志建国文伟明海晓小永丽秀美玉红春金家俊嘉子雪慧艳燕振少耀锦泽婉'
export const GIVEN_SECOND = '强明华军平辉勇斌峰杰超涛波兵生芳英娟玲梅霞珍敏静婷怡欣琳豪轩宇鹏龙成'

/** Administrative division codes: Guangdong's, and those of the provinces that its workers come from. */
export const HOME_REGIONS = ['440106', '440307', '440605', '441900', '440803', '440902', '441481', '445281', '441802']
export const OTHER_REGIONS = [
  '430523',
  '450881',
  '360735',
  '420684',
  '510722',
  '411528',
  '341221',
  '520424',
  '500235',
  '350583',
  '530381',
  '430124',
]

export const EMPLOYERS = [
  '示例精密制造有限公司',
  '示例电子科技有限公司',
  '示例汽车零部件厂',
  '示例机电安装公司',
  '示例陶瓷有限公司',
  '示例食品加工厂',
  '示例石化分公司',
  '示例物业服务公司',
  '示例康养中心',
  '示例物流有限公司',
  '示例模具厂',
  '示例建筑工程公司',
]
