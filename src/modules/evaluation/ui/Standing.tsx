import { t } from '../../../ui/language.ts'

/** Says plainly what a model's result is, and what it must not be used for. */
export function Standing({ status, confirmed }: { readonly status: string; readonly confirmed: boolean }) {
  return (
    <div className="m-standing" role="note">
      <strong>{[status === 'reference' ? t('参考模型', 'A reference model') : t('已采用的模型', 'An adopted model'), confirmed ? null : t('依据未核实', 'its bases unconfirmed')].filter(Boolean).join(t('，', ', '))}{t('：结果只是内部监管分类', ': its result is an internal class for supervision')}</strong>
      <span>{t('不公开，不用于招标投标。上级下发的公共信用等级优先于本结果。', 'It is not published and not used for bidding. A public credit grade received from above outranks it.')}</span>
    </div>
  )
}

/** Reference or adopted, as a tag. */
export function StatusTag({ status, confirmed }: { readonly status: string; readonly confirmed: boolean }) {
  return <span className="x-row" style={{ flexWrap: 'nowrap', gap: 4 }}><span className={`x-tag ${status === 'reference' ? 'x-tag-due' : 'x-tag-good'}`}>{status === 'reference' ? t('参考', 'reference') : t('已采用', 'adopted')}</span>{!confirmed && <span className="x-tag x-tag-due">{t('未核实', 'unconfirmed')}</span>}</span>
}
