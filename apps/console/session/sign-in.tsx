import { useState } from 'preact/hooks';
import { useLanguage } from '../language/language.tsx';
import { Field } from '../parts/field.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { useAction } from '../parts/use-action.ts';
import { hrefOf } from '../place.ts';
import { holdfast } from './holdfast.ts';

/** Signs in and goes on to where one came from. */
export function SignInPage({ query }: { query: URLSearchParams }) {
  const { t } = useLanguage();
  const next = query.get('next') ?? hrefOf(['shop']);
  const goOn = () => {
    location.hash = next.startsWith('#/') ? next : hrefOf(['shop']);
  };
  const register = async (username: string, password: string) => {
    await holdfast.auth.signup({ user_name: username, password });
    goOn();
  };
  return (
    <Page title={t.frame.signIn.title}>
      <div class="two">
        <SignIn done={goOn} />
        <CredentialsForm
          title={t.frame.register.title}
          username={t.frame.register.username}
          autocomplete="new-password"
          send={register}
        />
      </div>
    </Page>
  );
}

/** In place of a page that is for staff. */
export function StaffOnly({ part }: { part: string }) {
  const { t } = useLanguage();
  return (
    <Page title={part}>
      <p>{t.frame.staffOnly}</p>
      <div class="narrow">
        <SignIn done={() => undefined} />
      </div>
    </Page>
  );
}

function SignIn({ done }: { done: () => void }) {
  const { t } = useLanguage();
  const signIn = async (username: string, password: string) => {
    await holdfast.auth.login({ username, password });
    done();
  };
  return (
    <CredentialsForm
      title={t.frame.signIn.title}
      username={t.frame.signIn.username}
      autocomplete="current-password"
      isPrimary
      send={signIn}
    />
  );
}

interface CredentialsFormProps {
  readonly title: string;
  /** Label of the user name. */
  readonly username: string;
  /** Of the password. */
  readonly autocomplete: 'current-password' | 'new-password';
  readonly isPrimary?: boolean;
  readonly send: (username: string, password: string) => Promise<void>;
}

function CredentialsForm({ title, username: label, autocomplete, isPrimary, send }: CredentialsFormProps) {
  const { t } = useLanguage();
  const { isBusy, submit } = useAction();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  return (
    <Section title={title}>
      <form onSubmit={submit(() => send(username, password))}>
        <Field label={label} value={username} onValue={setUsername} autocomplete="username" required />
        <Field
          label={t.frame.signIn.password}
          value={password}
          onValue={setPassword}
          type="password"
          autocomplete={autocomplete}
          required
        />
        <button type="submit" class={isPrimary === true ? 'primary' : undefined} disabled={isBusy}>
          {title}
        </button>
      </form>
    </Section>
  );
}
