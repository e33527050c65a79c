import type { ProvinceTradeKey } from './trades.ts'

/**
 * The province of the demo: 1 comprehensive academy, 1 online, 60 provincial ones over the 21 cities and their industries
 * (db/reference/cities.csv), 12 others. None of them exists; no firm is named.
 */
export type ProvinceAcademy = {
  code: string
  name: string
  kind: '综合性' | '网上' | '地方' | '产业' | '企业'
  /** '' for the two that belong to no single city. */
  cityCode: string
  /** As in names: 东莞. */
  city: string
  sponsor: string
  designatedFrom: number | null
  /** The first two are its brands' trades; classes fall to the earlier ones more often. */
  trades: readonly ProvinceTradeKey[]
  /** What its year 2026 is to come out as, beyond the usual; see plan.ts. */
  story: Story
}

export type Story = {
  /** Workers trained in 2026 (人数), and 人次. */
  persons?: number
  times?: number
  /** About how many of them hands-on. */
  practical?: number
  /** Certification rate of 2026; without it, as it falls. */
  rate?: number
  /** 合格待发证 at the end of the ledger. */
  awaiting?: number
  /** Growth of 2026 over 2025. */
  growth?: number
  /** Seats taken by students and retired workers in 2026. */
  excluded?: number
  /** What is the matter with its second brand. */
  brand?: 'expired' | 'pending' | 'none' | 'third'
}

const CITIES = {
  GZ: ['440100', '广州'],
  SZ: ['440300', '深圳'],
  ZH: ['440400', '珠海'],
  ST: ['440500', '汕头'],
  FS: ['440600', '佛山'],
  SG: ['440200', '韶关'],
  HY: ['441600', '河源'],
  MZ: ['441400', '梅州'],
  HZ: ['441300', '惠州'],
  SW: ['441500', '汕尾'],
  DG: ['441900', '东莞'],
  ZS: ['442000', '中山'],
  JM: ['440700', '江门'],
  YJ: ['441700', '阳江'],
  ZJ: ['440800', '湛江'],
  MM: ['440900', '茂名'],
  ZQ: ['441200', '肇庆'],
  QY: ['441800', '清远'],
  CZ: ['445100', '潮州'],
  JY: ['445200', '揭阳'],
  YF: ['445300', '云浮'],
} as const

/** Industrial unions of the demo recommend these; every other one is its city's. */
const UNIONS: Record<string, string> = {
  GZDT: '广东省机电产业工会（演示）',
  SZWL: '广东省交通物流产业工会（演示）',
  SZJZ: '广东省建设产业工会（演示）',
  HZSH: '广东省能源化工产业工会（演示）',
  SWFD: '广东省电力产业工会（演示）',
  YJFD: '广东省电力产业工会（演示）',
  SGYL: '广东省冶金产业工会（演示）',
  MMLH: '广东省能源化工产业工会（演示）',
}

/** A code begins with its city's two letters. `what` stands between the city and 工匠学院. */
function academy(code: string, what: string, from: number | null, trades: ProvinceTradeKey[], story: Story = {}) {
  const [cityCode, city] = CITIES[code.slice(0, 2) as keyof typeof CITIES]
  const union = UNIONS[code]
  const kind = what.endsWith('企业') ? '企业' : union || what.endsWith('产业') ? '产业' : '地方'
  return {
    ...{ code, cityCode, city, trades, story, kind, designatedFrom: from },
    name: `${city}市${what}工匠学院（演示）`,
    sponsor: union ?? `${city}市总工会`,
  } satisfies ProvinceAcademy
}

const whole = (code: string, kind: '综合性' | '网上', trades: ProvinceTradeKey[]): ProvinceAcademy => ({
  ...{ code, kind, trades, cityCode: '', city: '广东', designatedFrom: null, story: {} },
  name: kind === '网上' ? '广东省网上工匠学院（演示）' : '广东省综合性工匠学院（演示）',
  sponsor: '广东省总工会',
})

export const PROVINCE: readonly ProvinceAcademy[] = [
  whole('ZHXY', '综合性', ['electrician', 'robot', 'machining', 'welder', 'aiTrainer', 'smart', 'care', 'cook']),
  whole('WSXY', '网上', ['assistant', 'aiTrainer', 'network', 'industrialNet', 'electrician', 'things']),

  academy('GZQC', '汽车产业', 2024, ['carMaking', 'car', 'battery', 'electrician']),
  academy('GZZB', '装备制造产业', 2024, ['machining', 'fitter', 'robot', 'welder'], { growth: -0.0864 }),
  academy('GZGC', '广彩广绣', 2024, ['porcelain', 'embroidery', 'patterns', 'sewing'], { brand: 'third' }),
  academy('GZDT', '电梯与制冷', 2025, ['lift', 'cooling', 'electrician', 'electricianLicence']),
  academy('GZCY', '粤菜餐饮', 2025, ['cook', 'pastry', 'dimSum'], { persons: 1874, excluded: 386 }),
  academy('GZKY', '康养家政', 2026, ['care', 'health', 'housekeeping', 'nursery'], { rate: 0.9513 }),
  academy('GZSZ', '数字技术', 2026, ['assistant', 'network', 'aiTrainer', 'industrialNet'], { practical: 866 }),

  academy('SZDZ', '集成电路产业', 2025, ['chips', 'drone', 'assistant', 'electrician'], { persons: 1962, times: 2431 }),
  academy('SZWR', '无人机', 2024, ['drone', 'droneRepair', 'battery', 'things'], { brand: 'expired' }),
  academy('SZHJ', '黄金珠宝', 2024, ['jewellery', 'gems', 'digital'], { rate: 0.8317 }),
  academy('SZRG', '人工智能', 2025, ['aiTrainer', 'assistant', 'vision', 'network'], {
    practical: 782,
    growth: 0.0239,
  }),
  academy('SZJD', '智能机器人', 2024, ['robot', 'robotCare', 'smart', 'vision'], { growth: 0.0912 }),
  academy('SZWL', '物流配送', 2026, ['courier', 'rider', 'crane', 'electricianLicence']),
  academy('SZJZ', '智能建造', 2026, ['prefab', 'bim', 'crane', 'electrician']),

  academy('FSTC', '智能制造与陶瓷', 2024, ['ceramics', 'robot', 'welder', 'electricianLicence'], {
    ...{ rate: 0.8447, awaiting: 63 },
  }),
  academy('FSJD', '家电产业', 2024, ['fitter', 'cooling', 'mould', 'robot'], { growth: 0.0463 }),
  academy('FSFZ', '纺织服装', 2025, ['patterns', 'sewing', 'machineTools']),
  academy('FSYS', '有色金属', 2026, ['machining', 'turner', 'crane', 'welder']),
  academy('FSMY', '木工家具', 2026, ['joiner', 'furniture', 'safety']),

  academy('DGMJ', '模具', 2024, ['mould', 'machining', 'toolFitter', 'welder'], { growth: 0.0731 }),
  academy('DGSK', '数控加工', 2024, ['machining', 'turner', 'miller', 'machineTools'], { rate: 0.7862 }),
  academy('DGDZ', '电子信息产业', 2025, ['things', 'chips', 'smart', 'electrician']),
  academy('DGMZ', '毛织', 2026, ['sewing', 'patterns', 'machineTools']),
  academy('DGJJ', '家具', 2026, ['furniture', 'joiner', 'electricianLicence'], { brand: 'none' }),

  academy('ZHKT', '空调制冷', 2024, ['cooling', 'fitter', 'electrician', 'robot'], { growth: 0.0598 }),
  academy('ZHHK', '航空产业', 2026, ['droneRepair', 'drone', 'fitter', 'machining']),
  academy('STWJ', '玩具创意', 2025, ['mould', 'additive', 'assistant', 'digital'], { practical: 931, growth: 0.1127 }),
  academy('STNY', '内衣服装', 2026, ['patterns', 'sewing', 'embroidery']),
  academy('SGGT', '钢铁装备', 2024, ['welder', 'repairFitter', 'crane', 'machining'], {
    growth: -0.0571,
    rate: 0.8586,
  }),
  academy('SGSJ', '数据中心', 2025, ['network', 'industrialNet', 'substation', 'electrician'], { practical: 842 }),
  academy('HYDZ', '电子产业', 2025, ['things', 'chips', 'electrician'], { persons: 1612 }),
  academy('HYMJ', '模具', 2026, ['mould', 'welder', 'machining'], { rate: 0.8048 }),
  academy('MZKC', '客家菜', 2024, ['cook', 'pastry', 'housekeeping'], { persons: 1941, excluded: 214, growth: 0.0516 }),
  academy('MZYZ', '印制电路', 2025, ['chips', 'things', 'repairFitter']),
  academy('HZSH', '石化', 2024, ['chemicals', 'welder', 'welderLicence', 'repairFitter'], { rate: 0.8629 }),
  academy('HZDZ', '电子产业', 2025, ['chips', 'smart', 'things'], { growth: -0.0346 }),
  academy('HZXN', '新能源电池', 2026, ['battery', 'electrician', 'carMaking']),
  academy('SWFD', '海上风电', 2025, ['powerLine', 'welder', 'electrician'], { persons: 1487, practical: 963 }),
  academy('SWZB', '珠宝', 2026, ['gems', 'jewellery', 'assistant'], { brand: 'pending' }),
  academy('ZSDS', '灯饰', 2024, ['lamps', 'electrician', 'things'], { growth: -0.1228 }),
  academy('ZSWJ', '五金', 2025, ['hardware', 'mould', 'machining'], { growth: 0.0134 }),
  academy('ZSHM', '红木', 2026, ['joiner', 'furniture', 'porcelain'], { brand: 'third' }),
  academy('JMMT', '摩托车', 2024, ['fitter', 'car', 'welder'], { growth: 0.0217, rate: 0.8571 }),
  academy('JMCP', '陈皮与中药', 2025, ['herbs', 'cook', 'health']),
  academy('YJDJ', '五金刀剪', 2024, ['hardware', 'toolFitter', 'turner'], { brand: 'expired', growth: 0.0684 }),
  academy('YJFD', '风电', 2025, ['powerLine', 'substation', 'electrician'], { growth: 0.0829 }),
  academy('ZJXJ', '小家电', 2025, ['fitter', 'mould', 'electrician'], { growth: 0.0977 }),
  academy('ZJSC', '水产', 2026, ['aquaculture', 'seafood', 'cook'], { persons: 1870 }),
  academy('MMSH', '石化', 2025, ['chemicals', 'welder', 'repairFitter'], {
    persons: 1905,
    rate: 0.8664,
    growth: 0.0722,
  }),
  academy('MMYX', '乙烯后加工', 2026, ['chemicals', 'welder', 'welderLicence'], { rate: 0.8209 }),
  academy('ZQDY', '端砚玉器', 2025, ['gems', 'stone', 'porcelain'], { growth: 0.0643 }),
  academy('ZQQC', '新能源汽车', 2026, ['carMaking', 'battery', 'electrician'], {
    ...{ persons: 1238, practical: 871, brand: 'none' },
  }),
  academy('QYTC', '陶瓷', 2025, ['ceramics', 'porcelain', 'repairFitter'], { rate: 0.7934, awaiting: 214 }),
  academy('QYZS', '再生金属', 2026, ['welder', 'crane', 'repairFitter'], { persons: 1391, rate: 0.8133 }),
  academy('CZTC', '陶瓷', 2024, ['ceramics', 'porcelain', 'digital'], { growth: 0.0552 }),
  academy('CZHS', '婚纱潮绣', 2025, ['embroidery', 'patterns', 'sewing'], { growth: 0.0391 }),
  academy('JYWJ', '五金', 2025, ['hardware', 'mould', 'welder'], { growth: 0.1046, rate: 0.8614 }),
  academy('JYYQ', '玉器', 2026, ['gems', 'jewellery', 'assistant'], { rate: 0.8462 }),
  academy('YFSC', '石材', 2024, ['stone', 'crane', 'electricianLicence'], { growth: 0.0873 }),
  academy('YFBX', '不锈钢制品', 2026, ['hardware', 'welder', 'turner'], { persons: 1756 }),

  academy('GZPJ', '皮具', null, ['sewing', 'patterns']),
  academy('ZHDY', '打印耗材产业', null, ['fitter', 'additive']),
  academy('JMYZ', '印制电路产业', null, ['chips', 'things']),
  academy('MZCD', '茶点', null, ['pastry', 'dimSum']),
  academy('CZCC', '潮菜', null, ['cook', 'dimSum']),
  academy('QYKY', '康养', null, ['care', 'health']),
  academy('HYNF', '农产食品', null, ['pastry', 'cook']),
  academy('ZJHY', '海洋食品', null, ['seafood', 'aquaculture']),
  academy('SGYL', '冶炼企业', null, ['repairFitter', 'welder']),
  academy('MMLH', '炼化企业', null, ['chemicals', 'repairFitter']),
  academy('YJHG', '海工企业', null, ['welder', 'crane']),
  academy('SZDC', '电池企业', null, ['battery', 'electrician']),
]
