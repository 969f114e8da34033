/** A kind of fictional business: how it is called, classified and supervised. */
export type Trade = {
  readonly sector: string
  /** What stands in the name: 酒店管理, 餐饮. */
  readonly words: readonly string[]
  /** GB/T 4754-2017 division. */
  readonly industry: string
  /** Share of individual businesses (个体工商户) among them. */
  readonly individual: number
  /** How many of a thousand subjects. */
  readonly share: number
  readonly type?: 'institution' | 'social-organisation' | 'cooperative'
}

/** The trades of the demo district: a tourist district by the sea. */
export const TRADES: readonly Trade[] = [
  { sector: 'market-regulation', words: ['餐饮', '海鲜餐饮', '小吃', '食品', '茶饮'], industry: '62', individual: 0.8, share: 250 },
  { sector: 'market-regulation', words: ['商贸', '百货', '超市', '水果', '土特产'], industry: '52', individual: 0.7, share: 180 },
  { sector: 'market-regulation', words: ['药房', '医药'], industry: '52', individual: 0.2, share: 30 },
  { sector: 'market-regulation', words: ['种植', '养殖', '水产'], industry: '04', individual: 0, share: 30, type: 'cooperative' },
  { sector: 'tourism', words: ['酒店', '度假酒店', '酒店管理', '客栈', '民宿'], industry: '61', individual: 0.4, share: 130 },
  { sector: 'tourism', words: ['旅行社', '国际旅行社', '旅游服务'], industry: '72', individual: 0, share: 40 },
  { sector: 'tourism', words: ['游艇', '潜水运动', '文化传媒', '文化娱乐'], industry: '90', individual: 0.1, share: 30 },
  { sector: 'housing', words: ['物业服务', '房地产经纪'], industry: '70', individual: 0.05, share: 45 },
  { sector: 'housing', words: ['建筑工程', '装饰工程', '市政工程', '园林绿化'], industry: '47', individual: 0, share: 55 },
  { sector: 'environment', words: ['环保科技', '洗涤服务', '混凝土', '建材'], industry: '30', individual: 0.05, share: 45 },
  { sector: 'environment', words: ['污水处理', '固废处置'], industry: '77', individual: 0, share: 12 },
  { sector: 'health', words: ['诊所', '口腔门诊部', '医院', '健康体检'], industry: '84', individual: 0.2, share: 25 },
  { sector: 'health', words: ['美容', '理发', '沐足', '游泳馆'], industry: '80', individual: 0.85, share: 55 },
  { sector: 'emergency', words: ['加油站', '燃气', '化工', '危化品运输'], industry: '52', individual: 0.05, share: 18 },
  { sector: 'emergency', words: ['机械制造', '仓储物流', '冷链'], industry: '59', individual: 0.05, share: 17 },
  { sector: 'water', words: ['供水', '水利工程', '洗车', '桶装水'], industry: '46', individual: 0.4, share: 18 },
  { sector: 'education', words: ['文化培训', '艺术培训', '体育培训'], industry: '83', individual: 0.05, share: 14 },
  { sector: 'education', words: ['幼儿园'], industry: '83', individual: 0, share: 6, type: 'social-organisation' },
]

/** Two characters each; together they make names that no real business is known to bear. */
export const NAME_HEADS = ['棠屿', '澜汀', '椰岚', '海榕', '沐帆', '屿晴', '汐和', '蓝礁', '铁炉', '藤湾', '南棠', '礁语', '云棹', '星屿', '珊岸', '碧屿', '槟沐', '榄仁', '浪屿', '晴汀', '鹭汀', '渔歌', '帆影', '海芋', '沙汀', '潮生', '椰信', '棠信', '琼屿', '岸芷']
export const NAME_TAILS = ['达', '盛', '隆', '和', '安', '宁', '丰', '泽', '源', '悦', '驰', '恒', '信', '诚', '佳', '美', '兴', '旺', '康', '祥', '瑞', '通', '润', '航', '翔', '辰', '朗', '逸', '清', '远']

const SURNAMES = ['符', '王', '陈', '林', '吴', '李', '黄', '张', '周', '董', '邢', '郑', '蔡', '许', '麦', '韦', '羊', '谭', '冯', '欧阳']
const GIVEN = ['海', '明', '丽', '强', '芳', '伟', '秀', '志', '玉', '文', '春', '国', '小', '永', '亚', '琼', '家', '建', '晓', '德']
/** A fictional person's name. */
export function personFrom(pick: <T>(from: readonly T[]) => T): string {
  return `${pick(SURNAMES)}${pick(GIVEN)}${pick([...GIVEN, '', ''])}`
}
