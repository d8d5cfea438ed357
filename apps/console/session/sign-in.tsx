import { useState } from 'preact/hooks';
import { useLanguage } from '../language/language.tsx';
import { Field } from '../parts/field.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { useAction } from '../parts/use-action.ts';
import { hrefOf } from '../place.ts';
import { holdfast } from './holdfast.ts';
import { useUser } from './user.tsx';

/** Signs in and goes on to where one came from. */
export function SignInPage({ query }: { query: URLSearchParams }) {
  const { t } = useLanguage();
  const next = query.get('next') ?? hrefOf(['shop']);
  const goOn = () => {
    location.hash = next.startsWith('#/') ? next : hrefOf(['shop']);
  };
  return (
    <Page title={t.frame.signIn.title}>
      <div class="two">
        <SignIn done={goOn} />
        <Register done={goOn} />
      </div>
    </Page>
  );
}

/** In place of a page that is for staff. */
export function StaffOnly({ part }: { part: string }) {
  const { t } = useLanguage();
  const user = useUser();
  return (
    <Page title={part}>
      {user === undefined ? null : (
        <>
          <p>{t.frame.staffOnly}</p>
          <div class="narrow">
            <SignIn done={() => undefined} />
          </div>
        </>
      )}
    </Page>
  );
}

function SignIn({ done }: { done: () => void }) {
  const { t } = useLanguage();
  const { isBusy, act } = useAction();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const submit = async () => {
    await holdfast.auth.login({ username, password });
    done();
  };
  return (
    <Section title={t.frame.signIn.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void act(submit);
        }}
      >
        <Field
          label={t.frame.signIn.username}
          value={username}
          onValue={setUsername}
          autocomplete="username"
          required
        />
        <Field
          label={t.frame.signIn.password}
          value={password}
          onValue={setPassword}
          type="password"
          autocomplete="current-password"
          required
        />
        <button type="submit" class="primary" disabled={isBusy}>
          {t.frame.signIn.title}
        </button>
      </form>
    </Section>
  );
}

function Register({ done }: { done: () => void }) {
  const { t } = useLanguage();
  const { isBusy, act } = useAction();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const submit = async () => {
    await holdfast.auth.signup({ user_name: username, password });
    done();
  };
  return (
    <Section title={t.frame.register.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void act(submit);
        }}
      >
        <Field
          label={t.frame.register.username}
          value={username}
          onValue={setUsername}
          autocomplete="username"
          required
        />
        <Field
          label={t.frame.signIn.password}
          value={password}
          onValue={setPassword}
          type="password"
          autocomplete="new-password"
          required
        />
        <button type="submit" disabled={isBusy}>
          {t.frame.register.title}
        </button>
      </form>
    </Section>
  );
}
