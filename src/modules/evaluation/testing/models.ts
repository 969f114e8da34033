const citation = [{ kind: 'practice', text: 'practice', status: 'unconfirmed' }]
const words = (zh: string) => ({ zh, en: zh })
const bands = [{ grade: 'A', from: '90' }, { grade: 'B', from: '70', below: '90' }, { grade: 'C', from: '50', below: '70' }, { grade: 'D', below: '50' }]

/** A reference model of public credit: 20 points off for each penalty of two years, 40 for a serious one of three. */
export function publicModel(changes: object = {}): object {
  return {
    key: 'public-credit', title: words('公共信用参考'), scale: 'local-abcd', sector: 'all', subject_types: ['enterprise'], kind: 'public-reference', status: 'reference', level: 'local',
    in_force: { from: '2020-01-01', until: '2030-01-01' }, basis: citation, arithmetic: 'additive', base: '100', min: '0', max: '100',
    dimensions: [{
      key: 'conduct', title: words('监管'), characteristics: [
        { key: 'penalties', title: words('行政处罚'), operator: 'count', where: { kind: ['penalty'] }, window: '24 months', per: { points: '-20', min: '-60' } },
        { key: 'serious', title: words('严重失信'), operator: 'count', where: { kind: ['penalty'], class: ['serious'] }, window: '36 months', per: { points: '-40' } },
      ],
    }],
    bands, ...changes,
  }
}

/** A model of one sector: begins with 80, 15 more for a licence in effect, 25 less for a penalty of one year. */
export function sectorModel(sector: string, changes: object = {}): object {
  return {
    ...publicModel(), key: sector, title: words(sector), sector, kind: 'industry', base: '80',
    dimensions: [{
      key: 'conduct', title: words('行业'), characteristics: [
        { key: 'licensed', title: words('许可'), operator: 'presence', where: { kind: ['licence'], effect: 'running' }, present: '15', absent: '0' },
        { key: 'penalties', title: words('行政处罚'), operator: 'count', where: { kind: ['penalty'] }, window: '12 months', per: { points: '-25' } },
      ],
    }],
    ...changes,
  }
}
