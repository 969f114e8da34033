import type { Text } from '../../../kernel/text.ts'
import type { RowOf } from '../../../ui/client.ts'
import type { listGaps } from '../contract.ts'

/** The kinds of record in words. */
export const kindNames: Readonly<Record<RowOf<typeof listGaps>['kind'], Text>> = {
  penalty: { zh: '行政处罚', en: 'Penalties' },
  licence: { zh: '行政许可', en: 'Licences' },
  'public-grade': { zh: '公共信用等级', en: 'Public grades' },
}
