import type { ComponentType } from 'preact';
import { EventsPart } from './events/events.tsx';
import { Frame, type PartName } from './frame.tsx';
import { LanguageProvider, useLanguage } from './language/language.tsx';
import { OperatePart } from './operate/operate.tsx';
import { ConfirmProvider } from './parts/confirm.tsx';
import { ErrorBoundary } from './parts/error-boundary.tsx';
import { NoticesProvider } from './parts/notices.tsx';
import { usePlace, type Place } from './place.ts';
import { SignInPage, StaffOnly } from './session/sign-in.tsx';
import { useSignedIn, useUser, UserProvider } from './session/user.tsx';
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
          <OfUser />
        </UserProvider>
      </LanguageProvider>
    </ThemeProvider>
  );
}

/** What was read for one user, and what that user could undo, goes when another one signs in. */
function OfUser() {
  const user = useSignedIn();
  return (
    <NoticesProvider key={user?.id ?? 'nobody'}>
      <ConfirmProvider>
        <Shown />
      </ConfirmProvider>
    </NoticesProvider>
  );
}

function Shown() {
  const place = usePlace();
  const user = useSignedIn();
  const { t } = useLanguage();
  const [first = 'shop', ...path] = place.path;
  const part = Object.hasOwn(parts, first) ? (first as PartName) : undefined;
  const broken = <p class="empty">{t.frame.broken}</p>;
  return (
    <Frame {...(part === undefined ? {} : { part })}>
      <ErrorBoundary key={place.path.join('/')} instead={broken}>
        {user === undefined ? <p class="empty">{t.frame.loading}</p> : null}
        {user !== undefined && first === 'sign-in' ? <SignInPage query={place.query} /> : null}
        {user !== undefined && part !== undefined ? <PartOrSignIn name={part} path={path} query={place.query} /> : null}
        {part === undefined && first !== 'sign-in' ? <p class="empty">{t.frame.noSuchPage}</p> : null}
      </ErrorBoundary>
    </Frame>
  );
}

function PartOrSignIn({ name, ...place }: Place & { readonly name: PartName }) {
  const user = useUser();
  const { t } = useLanguage();
  const { Part, isForStaff } = parts[name];
  const isAllowed = !isForStaff || user?.role === 'staff';
  return isAllowed ? <Part {...place} /> : <StaffOnly part={t.frame.parts[name]} />;
}
