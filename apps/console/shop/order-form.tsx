import { useState } from 'preact/hooks';
import { useLanguage } from '../language/language.tsx';
import { Choice, Field } from '../parts/field.tsx';
import { useNotices } from '../parts/notices.tsx';
import { useAction } from '../parts/use-action.ts';
import { holdfast } from '../session/holdfast.ts';

const nobody = { recipientName: '', recipientPhone: '', city: '', district: '', address: '', postalCode: '' };
const autocompletes: Record<keyof typeof nobody, string> = {
  recipientName: 'name',
  recipientPhone: 'tel',
  city: 'address-level2',
  district: 'address-level3',
  address: 'street-address',
  postalCode: 'postal-code',
};
const payments = ['cod', 'credit_card', 'atm'] as const;

interface OrderFormProps {
  readonly id: string;
  readonly quantity: number;
  readonly done: () => void;
}

/** Where an order is sent, and how it is paid. */
export function OrderForm({ id, quantity, done }: OrderFormProps) {
  const { t } = useLanguage();
  const notices = useNotices();
  const { isBusy, act, submit } = useAction();
  const [shippingInfo, setShippingInfo] = useState(nobody);
  const [paymentMethod, setPaymentMethod] = useState<(typeof payments)[number]>('cod');
  const place = async () => {
    const order = await holdfast.orders.place({ items: [{ id, quantity }], shippingInfo, paymentMethod });
    const cancel = () => act(() => holdfast.orders.cancel(order.id));
    notices.done(t.shop.order.placed(order.orderNumber), {
      label: t.shop.order.cancel,
      act: () => void cancel(),
    });
    done();
  };
  return (
    <form onSubmit={submit(place)}>
      {(Object.keys(nobody) as (keyof typeof nobody)[]).map((name) => (
        <Field
          key={name}
          label={t.shop.order[name]}
          value={shippingInfo[name]}
          autocomplete={autocompletes[name]}
          onValue={(value) => setShippingInfo((before) => ({ ...before, [name]: value }))}
          required
        />
      ))}
      <Choice
        label={t.shop.order.payment}
        value={paymentMethod}
        options={payments.map((each) => [each, t.shop.order.payments[each]] as const)}
        onValue={setPaymentMethod}
      />
      <button type="submit" class="primary" disabled={isBusy}>
        {t.shop.order.place}
      </button>
    </form>
  );
}
