/** A violation as a department of the demo district penalises it. Fines in 元. The facts are fictional; articles are those usually cited. */
export type Offence = { readonly type: string; readonly facts: string; readonly basis: string; readonly kinds: string; readonly fine?: readonly [number, number]; readonly confiscated?: readonly [number, number]; readonly serious?: boolean }

/** By department. `serious` ones befall only bad businesses. */
export const OFFENCES: Readonly<Record<string, readonly Offence[]>> = {
  'market-regulation': [
    { type: '经营超过保质期的食品', facts: '现场检查发现货架上有超过保质期的预包装食品待售', basis: '《中华人民共和国食品安全法》第一百二十四条', kinds: '罚款;没收非法财物', fine: [2000, 60000], confiscated: [50, 2000] },
    { type: '未按规定公示食品经营许可证', facts: '经营场所显著位置未公示食品经营许可证', basis: '《食品经营许可和备案管理办法》', kinds: '警告' },
    { type: '从业人员无有效健康证明', facts: '现场三名从业人员未能出示有效健康证明', basis: '《中华人民共和国食品安全法》第一百二十六条', kinds: '警告' },
    { type: '虚假宣传', facts: '在网络平台对商品产地作引人误解的宣传', basis: '《中华人民共和国反不正当竞争法》', kinds: '罚款', fine: [10000, 200000] },
    { type: '未明码标价', facts: '海鲜池商品未按规定明码标价', basis: '《中华人民共和国价格法》第四十二条', kinds: '罚款', fine: [500, 5000] },
    { type: '生产经营有毒有害食品', facts: '抽检检出国家禁止使用的物质', basis: '《中华人民共和国食品安全法》第一百二十三条', kinds: '罚款;没收违法所得;吊销许可证件', fine: [100000, 500000], confiscated: [1000, 50000], serious: true },
  ],
  tourism: [
    { type: '未按规定与旅游者签订合同', facts: '组织一日游未与旅游者签订书面旅游合同', basis: '《旅行社条例》第五十五条', kinds: '罚款', fine: [5000, 50000] },
    { type: '安排无导游证人员提供导游服务', facts: '带团人员未取得导游证', basis: '《中华人民共和国旅游法》第九十六条', kinds: '罚款;没收违法所得', fine: [5000, 50000], confiscated: [200, 3000] },
    { type: '未按规定报送旅游经营信息', facts: '逾期未在诚信平台更新价格信息', basis: '《海南省旅游条例》', kinds: '警告' },
    { type: '以不合理低价组织旅游活动', facts: '以低于成本的价格招徕旅游者并安排购物', basis: '《中华人民共和国旅游法》第九十八条', kinds: '罚款;没收违法所得;责令停产停业', fine: [30000, 300000], confiscated: [1000, 30000], serious: true },
  ],
  environment: [
    { type: '未落实扬尘防治措施', facts: '物料堆场未采取密闭或遮盖措施', basis: '《中华人民共和国大气污染防治法》第一百一十七条', kinds: '罚款', fine: [10000, 100000] },
    { type: '未按规定建立危险废物台账', facts: '废机油转移未如实记录', basis: '《中华人民共和国固体废物污染环境防治法》第一百一十二条', kinds: '罚款', fine: [20000, 200000] },
    { type: '未保存原始监测记录', facts: '自行监测原始记录缺失', basis: '《中华人民共和国水污染防治法》第八十二条', kinds: '罚款', fine: [20000, 60000] },
    { type: '超标排放水污染物', facts: '总排口氨氮浓度超过排放标准', basis: '《中华人民共和国水污染防治法》第八十三条', kinds: '罚款;责令停产停业', fine: [100000, 600000], serious: true },
  ],
  housing: [
    { type: '未按规定公示物业服务收费', facts: '小区出入口未公示服务项目和收费标准', basis: '《海南省物业管理条例》', kinds: '警告' },
    { type: '未按图施工', facts: '局部墙体未按经审查合格的设计文件施工', basis: '《建设工程质量管理条例》第六十四条', kinds: '罚款', fine: [20000, 120000] },
    { type: '未取得施工许可证擅自施工', facts: '装饰装修工程未办理施工许可即开工', basis: '《建设工程质量管理条例》第五十七条', kinds: '罚款', fine: [10000, 80000] },
    { type: '将工程转包', facts: '将承包的全部工程转给无资质单位施工', basis: '《建设工程质量管理条例》第六十二条', kinds: '罚款;没收违法所得;降低资质等级', fine: [50000, 400000], confiscated: [5000, 80000], serious: true },
  ],
  health: [
    { type: '未按规定进行卫生检测', facts: '公共用品用具未按规定进行卫生检测', basis: '《公共场所卫生管理条例实施细则》第三十六条', kinds: '警告' },
    { type: '从业人员未取得健康合格证明', facts: '安排未获得有效健康合格证明的人员从事直接服务工作', basis: '《公共场所卫生管理条例实施细则》第三十八条', kinds: '警告;罚款', fine: [500, 5000] },
    { type: '未按规定处置医疗废物', facts: '医疗废物暂存间未设置警示标识且超期存放', basis: '《医疗废物管理条例》第四十五条', kinds: '警告;罚款', fine: [2000, 5000] },
    { type: '使用非卫生技术人员', facts: '使用未取得执业证书的人员独立从事诊疗活动', basis: '《医疗机构管理条例》第四十七条', kinds: '罚款;吊销许可证件', fine: [5000, 50000], serious: true },
  ],
  emergency: [
    { type: '未如实记录安全生产教育培训情况', facts: '新员工三级安全教育档案缺失', basis: '《中华人民共和国安全生产法》第九十七条', kinds: '罚款', fine: [5000, 50000] },
    { type: '未在危险因素场所设置警示标志', facts: '配电房、储罐区未设置安全警示标志', basis: '《中华人民共和国安全生产法》第九十九条', kinds: '罚款', fine: [5000, 45000] },
    { type: '应急预案未按规定演练', facts: '一年内未组织生产安全事故应急演练', basis: '《中华人民共和国安全生产法》第九十七条', kinds: '警告;罚款', fine: [3000, 30000] },
    { type: '未采取措施消除事故隐患', facts: '逾期未整改重大事故隐患', basis: '《中华人民共和国安全生产法》第一百零二条', kinds: '罚款;责令停产停业', fine: [50000, 300000], serious: true },
  ],
  water: [
    { type: '未按规定安装取水计量设施', facts: '取水口未安装计量设施', basis: '《取水许可和水资源费征收管理条例》第五十三条', kinds: '罚款', fine: [5000, 20000] },
    { type: '未经批准擅自取水', facts: '未办理取水许可证取用地下水', basis: '《中华人民共和国水法》第六十九条', kinds: '罚款', fine: [20000, 100000] },
    { type: '水土保持设施未经验收投产使用', facts: '项目水土保持设施未验收即投入使用', basis: '《中华人民共和国水土保持法》第五十四条', kinds: '罚款', fine: [50000, 300000] },
    { type: '在河道管理范围内弃置固体废物', facts: '向河道管理范围倾倒弃土', basis: '《中华人民共和国防洪法》', kinds: '罚款;责令停产停业', fine: [10000, 50000], serious: true },
  ],
  education: [
    { type: '未按规定公示收费项目和标准', facts: '培训场所未公示收费项目和标准', basis: '《校外培训行政处罚暂行办法》', kinds: '警告' },
    { type: '超时段开展学科类培训', facts: '在国家法定节假日组织学科类培训', basis: '《校外培训行政处罚暂行办法》', kinds: '警告;罚款', fine: [5000, 50000] },
    { type: '预收费未纳入监管', facts: '预收费用未全额进入监管账户', basis: '《校外培训行政处罚暂行办法》', kinds: '罚款', fine: [5000, 30000] },
    { type: '擅自设立校外培训机构', facts: '未取得办学许可开展线下培训', basis: '《中华人民共和国民办教育促进法》第六十四条', kinds: '罚款;没收违法所得;责令关闭', fine: [10000, 100000], confiscated: [1000, 40000], serious: true },
  ],
}

/** What a department of the demo district licenses: title of the decision, certificate, content, kind, years of validity (null: long-term). */
export type Permission = { readonly title: string; readonly certificate: string; readonly content: string; readonly kind: string; readonly years: number | null }

/** By department. */
export const PERMISSIONS: Readonly<Record<string, readonly Permission[]>> = {
  'market-regulation': [
    { title: '准予变更登记通知书', certificate: '营业执照', content: '准予变更经营范围', kind: '登记', years: null },
    { title: '食品经营许可决定书', certificate: '食品经营许可证', content: '热食类食品制售、冷食类食品制售', kind: '普通', years: 5 },
    { title: '准予备案通知书', certificate: '仅销售预包装食品备案', content: '预包装食品销售(含冷藏冷冻食品)', kind: '其他-备案', years: null },
    { title: '特种设备使用登记决定书', certificate: '特种设备使用登记证', content: '电梯使用登记', kind: '登记', years: null },
  ],
  tourism: [
    { title: '旅行社业务经营许可决定书', certificate: '旅行社业务经营许可证', content: '境内旅游业务和入境旅游业务', kind: '普通', years: null },
    { title: '娱乐经营许可决定书', certificate: '娱乐经营许可证', content: '歌舞娱乐场所', kind: '普通', years: 2 },
    { title: '高危险性体育项目经营许可决定书', certificate: '高危险性体育项目经营许可证', content: '潜水', kind: '普通', years: 5 },
  ],
  environment: [
    { title: '建设项目环境影响评价批复', certificate: '环评批复', content: '同意项目按报告表所列性质、规模、地点建设', kind: '普通', years: 5 },
    { title: '排污许可决定书', certificate: '排污许可证', content: '水、大气污染物排放', kind: '普通', years: 5 },
  ],
  housing: [
    { title: '建筑工程施工许可决定书', certificate: '建筑工程施工许可证', content: '装饰装修工程', kind: '普通', years: 1 },
    { title: '城市建筑垃圾处置核准决定书', certificate: '建筑垃圾处置核准', content: '建筑垃圾运输处置', kind: '核准', years: 1 },
    { title: '房地产经纪机构备案通知书', certificate: '房地产经纪机构备案证书', content: '房地产经纪', kind: '其他-备案', years: 3 },
  ],
  health: [
    { title: '公共场所卫生许可决定书', certificate: '公共场所卫生许可证', content: '住宿场所、沐浴场所', kind: '普通', years: 4 },
    { title: '医疗机构执业登记决定书', certificate: '医疗机构执业许可证', content: '全科医疗科、口腔科', kind: '登记', years: 5 },
  ],
  emergency: [
    { title: '危险化学品经营许可决定书', certificate: '危险化学品经营许可证', content: '汽油、柴油(带储存设施)', kind: '普通', years: 3 },
    { title: '应急预案备案登记表', certificate: '生产安全事故应急预案备案', content: '综合应急预案', kind: '其他-备案', years: 3 },
  ],
  water: [
    { title: '取水许可决定书', certificate: '取水许可证', content: '年取水量按核定计划执行', kind: '普通', years: 5 },
    { title: '生产建设项目水土保持方案批复', certificate: '水土保持方案批复', content: '同意水土流失防治责任范围', kind: '普通', years: 3 },
  ],
  education: [
    { title: '民办学校办学许可决定书', certificate: '办学许可证', content: '文化艺术类非学历培训', kind: '普通', years: 3 },
  ],
}
