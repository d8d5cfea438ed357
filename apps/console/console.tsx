import type { ComponentType } from 'preact';
import { EventsPart } from './events/events.tsx';
import { Frame, type PartName } from './frame.tsx';
import { LanguageProvider, useLanguage } from './language/language.tsx';
import { OperatePart } from './operate/operate.tsx';
import { ConfirmProvider } from './parts/confirm.tsx';
import { NoticesProvider } from './parts/notices.tsx';
import { usePlace, type Place } from './place.ts';
import { SignInPage, StaffOnly } from './session/sign-in.tsx';
import { useUser, UserProvider } from './session/user.tsx';
import { ShopPart } from './shop/shop.tsx';
import { StockPart } from './stock/stock.tsx';
import { ThemeProvider } from './theme.tsx';

const parts: Record<PartName, { readonly Part: ComponentType<Place>; readonly isForStaff: boolean }> = {
  shop: { Part: ShopPart, isForStaff: false },
  stock: { Part: StockPart, isForStaff: true },
  operate: { Part: OperatePart, isForStaff: true },
  events: { Part: EventsPart, isForStaff: true },
};

export function Console() {
  return (
    <ThemeProvider>
      <LanguageProvider>
        <UserProvider>
          <NoticesProvider>
            <ConfirmProvider>
              <Shown />
            </ConfirmProvider>
          </NoticesProvider>
        </UserProvider>
      </LanguageProvider>
    </ThemeProvider>
  );
}

function Shown() {
  const place = usePlace();
  const user = useUser();
  const { t } = useLanguage();
  const [first = 'shop', ...path] = place.path;
  if (first === 'sign-in') return <Frame>{<SignInPage query={place.query} />}</Frame>;
  const name = first in parts ? (first as PartName) : undefined;
  if (name === undefined) return <Frame>{<p class="empty">{t.frame.noSuchPage}</p>}</Frame>;
  const { Part, isForStaff } = parts[name];
  const isAllowed = !isForStaff || user?.role === 'staff';
  return (
    <Frame part={name}>
      {isAllowed ? <Part path={path} query={place.query} /> : <StaffOnly part={t.frame.parts[name]} />}
    </Frame>
  );
}
