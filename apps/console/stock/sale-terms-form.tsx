import { useState } from 'preact/hooks';
import { fieldTimeOf, instantSince } from '../days.ts';
import { useLanguage } from '../language/language.tsx';
import { Field } from '../parts/field.tsx';
import { useNotices } from '../parts/notices.tsx';
import { useAction } from '../parts/use-action.ts';
import { changesOf } from './changes.ts';

/** When units are sold, and how many a customer may have. */
interface SaleTerms {
  readonly saleStartsAt: string | null;
  readonly saleEndsAt: string | null;
  readonly purchaseLimit: number | null;
  readonly openHoldsMax: number | null;
  readonly heldUnitsMax: number | null;
}

interface SaleTermsFormProps {
  readonly terms: SaleTerms;
  readonly change: (terms: Partial<SaleTerms>) => Promise<void>;
}

const times = ['saleStartsAt', 'saleEndsAt'] as const;
const limits = ['purchaseLimit', 'openHoldsMax', 'heldUnitsMax'] as const;

/** Sets the limits and the sale window of an item or a slot; when they have become others, it begins anew. */
export function SaleTermsForm({ terms, change }: SaleTermsFormProps) {
  return <FieldsForm key={JSON.stringify(chosen(terms))} terms={terms} change={change} />;
}

function FieldsForm({ terms, change }: SaleTermsFormProps) {
  const { t } = useLanguage();
  const notices = useNotices();
  const { isBusy, act, submit } = useAction();
  const [fields, setFields] = useState(() => fieldsOf(terms));
  const set = (name: keyof SaleTerms) => (value: string) => setFields((before) => ({ ...before, [name]: value }));
  const save = async () => {
    const changes = changesOf(chosen(terms), termsOf(fields, terms));
    if (changes === undefined) return;
    await change(changes.wanted);
    notices.done(t.stock.terms.saved, { label: t.stock.undo, act: () => void act(() => change(changes.before)) });
  };
  return (
    <form onSubmit={submit(save)}>
      <div class="row">
        {times.map((name) => (
          <Field
            key={name}
            label={t.stock.terms[name]}
            type="datetime-local"
            step="1"
            value={fields[name]}
            onValue={set(name)}
          />
        ))}
      </div>
      <div class="row">
        {limits.map((name) => (
          <Field
            key={name}
            label={t.stock.terms[name]}
            hint={t.stock.terms.hints[name]}
            type="number"
            min={name === 'heldUnitsMax' ? '0' : '1'}
            value={fields[name]}
            onValue={set(name)}
          />
        ))}
      </div>
      <div class="actions">
        <button type="submit" disabled={isBusy}>
          {t.stock.terms.save}
        </button>
      </div>
    </form>
  );
}

type Fields = Readonly<Record<keyof SaleTerms, string>>;

function chosen({ saleStartsAt, saleEndsAt, purchaseLimit, openHoldsMax, heldUnitsMax }: SaleTerms): SaleTerms {
  return { saleStartsAt, saleEndsAt, purchaseLimit, openHoldsMax, heldUnitsMax };
}

function fieldsOf({ saleStartsAt, saleEndsAt, purchaseLimit, openHoldsMax, heldUnitsMax }: SaleTerms): Fields {
  return {
    saleStartsAt: fieldTimeOf(saleStartsAt),
    saleEndsAt: fieldTimeOf(saleEndsAt),
    purchaseLimit: fieldOf(purchaseLimit),
    openHoldsMax: fieldOf(openHoldsMax),
    heldUnitsMax: fieldOf(heldUnitsMax),
  };
}

function termsOf(fields: Fields, before: SaleTerms): SaleTerms {
  return {
    saleStartsAt: instantSince(before.saleStartsAt, fields.saleStartsAt),
    saleEndsAt: instantSince(before.saleEndsAt, fields.saleEndsAt),
    purchaseLimit: limitOf(fields.purchaseLimit),
    openHoldsMax: limitOf(fields.openHoldsMax),
    heldUnitsMax: limitOf(fields.heldUnitsMax),
  };
}

function fieldOf(limit: number | null): string {
  return limit === null ? '' : String(limit);
}

function limitOf(field: string): number | null {
  return field === '' ? null : Number(field);
}
