/** What the academies of the demo teach: occupations of db/reference/occupations.csv, in the words of a ledger. */

export type LevelWord = '五级/初级工' | '四级/中级工' | '三级/高级工' | '二级/技师'

export type ProvinceTrade = {
  /** Occupation code; '无' for what belongs to no occupation. */
  code: string
  /** As it stands in the names of classes. */
  name: string
  certificate: '职业技能等级证书' | '专项职业能力证书' | '特种作业操作证' | '特种设备作业人员证' | '培训合格证书'
  /** Of 100 who sit for the first time, how many pass; one number where no level is taken. */
  pass: number | Readonly<Record<LevelWord, number>>
  workItem?: string
}

/** 高级工 60–75 %, 技师 fewer: as evaluations go. */
const usual = { '五级/初级工': 93, '四级/中级工': 88, '三级/高级工': 70, '二级/技师': 56 } as const
const welding = { '五级/初级工': 87, '四级/中级工': 83, '三级/高级工': 66, '二级/技师': 52 } as const
const caring = { '五级/初级工': 96, '四级/中级工': 95, '三级/高级工': 90, '二级/技师': 80 } as const

const skill = (code: string, name: string, pass: ProvinceTrade['pass'] = usual): ProvinceTrade => ({
  ...{ code, name, pass },
  certificate: '职业技能等级证书',
})
const special = (code: string, name: string): ProvinceTrade => ({
  code,
  name,
  certificate: '专项职业能力证书',
  pass: 92,
})
const licence = (code: string, name: string): ProvinceTrade => ({
  ...{ code, name, workItem: name, pass: 86 },
  certificate: '特种作业操作证',
})
const general = (name: string): ProvinceTrade => ({ code: '无', name, certificate: '培训合格证书', pass: 98 })

export const PROVINCE_TRADES = {
  electrician: skill('6-31-01-03', '电工'),
  electricianLicence: licence('6-31-01-03', '低压电工作业'),
  welder: skill('6-18-02-04', '焊工', welding),
  welderLicence: licence('6-18-02-04', '熔化焊接与热切割作业'),
  mould: skill('6-18-04-01', '模具工'),
  machining: skill('6-18-01-07', '多工序数控机床操作调整工'),
  turner: skill('6-18-01-01', '车工'),
  miller: skill('6-18-01-02', '铣工'),
  additive: skill('6-18-01-13', '增材制造设备操作员'),
  toolFitter: skill('6-18-04-06', '工具钳工'),
  fitter: skill('6-20-01-01', '装配钳工'),
  repairFitter: skill('6-31-01-02', '机修钳工'),
  machineTools: skill('6-20-03-01', '机床装调维修工'),
  carMaking: skill('6-22-02-01', '汽车装调工'),
  car: skill('4-12-01-01', '汽车维修工'),
  robot: skill('6-31-07-03', '工业机器人系统操作员'),
  robotCare: skill('6-31-07-01', '工业机器人系统运维员'),
  vision: skill('6-31-07-02', '工业视觉系统运维员'),
  smart: skill('6-31-07-04', '智能制造系统运维员'),
  chips: skill('6-25-02-06', '半导体分立器件和集成电路装调工'),
  things: skill('6-25-04-09', '物联网安装调试员'),
  battery: skill('6-24-04-00', '电池制造工'),
  lamps: skill('6-24-07-02', '灯具制造工'),
  hardware: skill('6-19-01-05', '日用五金制品制作工'),
  drone: skill('4-02-04-06', '无人机驾驶员'),
  droneRepair: skill('6-23-03-15', '无人机装调检修工'),
  ceramics: skill('6-15-05-02', '陶瓷成型施釉工'),
  porcelain: skill('6-09-03-03', '陶瓷工艺品制作师'),
  embroidery: skill('6-09-03-11', '抽纱刺绣工'),
  gems: skill('6-09-03-14', '宝石琢磨工'),
  jewellery: skill('6-09-03-15', '贵金属首饰制作工'),
  stone: skill('6-15-02-03', '石材生产工'),
  sewing: skill('6-05-01-03', '缝纫工'),
  patterns: skill('6-05-01-01', '服装制版师'),
  joiner: skill('6-06-03-01', '手工木工'),
  furniture: skill('6-06-04-00', '家具制作工'),
  chemicals: skill('6-11-01-03', '化工总控工'),
  herbs: skill('6-12-02-00', '中药炮制工'),
  seafood: special('6-01-05-01', '水产品加工'),
  aquaculture: skill('5-04-02-01', '水生动物饲养工'),
  cook: skill('4-03-02-01', '中式烹调师'),
  pastry: skill('4-03-02-02', '中式面点师'),
  dimSum: special('4-03-02-02', '广式点心制作'),
  care: skill('4-10-01-05', '养老护理员', caring),
  nursery: skill('4-10-01-03', '保育师', caring),
  housekeeping: skill('4-10-01-06', '家政服务员', caring),
  health: skill('4-14-01-03', '健康照护师', caring),
  rider: skill('4-10-08-01', '网约配送员'),
  courier: skill('4-02-07-08', '快递员'),
  network: skill('4-04-04-02', '网络与信息安全管理员'),
  aiTrainer: skill('4-04-05-05', '人工智能训练师'),
  assistant: skill('4-04-05-13', '生成式人工智能系统应用员'),
  industrialNet: skill('4-04-05-14', '工业互联网运维员'),
  bim: skill('4-08-08-23', '建筑信息模型技术员'),
  prefab: skill('6-29-01-06', '装配式建筑施工员'),
  powerLine: skill('6-29-02-12', '送配电线路工'),
  substation: skill('6-28-01-14', '变配电运行值班员'),
  lift: skill('6-29-03-03', '电梯安装维修工'),
  cooling: skill('6-29-03-05', '制冷空调系统安装维修工'),
  crane: {
    ...special('6-30-05-01', '起重机司机'),
    certificate: '特种设备作业人员证',
    workItem: '桥式起重机司机',
    pass: 88,
  },
  foreman: general('班组长能力提升'),
  safety: general('安全生产与应急处置'),
  digital: general('职工数字素养'),
} as const satisfies Record<string, ProvinceTrade>

export type ProvinceTradeKey = keyof typeof PROVINCE_TRADES

/** What every academy also teaches. */
export const GENERAL: readonly ProvinceTradeKey[] = ['foreman', 'safety', 'digital']

export const LEVEL_WORDS = ['五级/初级工', '四级/中级工', '三级/高级工', '二级/技师'] as const satisfies LevelWord[]

export const passOf = ({ pass }: ProvinceTrade, level: LevelWord): number =>
  (typeof pass === 'number' ? pass : pass[level]) / 100
