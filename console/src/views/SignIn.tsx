import { signInWithEmailAndPassword } from 'firebase/auth';
import { type VNode } from 'preact';
import { useState } from 'preact/hooks';
import { whyOf } from '../hooks/live';
import { type Connection } from '../store/connect';

/** The way in. Who is an admin is decided elsewhere: here somebody only says who he is. */
export function SignIn({ auth, signInAsSample }: Connection): VNode {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState('');
  const enter = (signIn: () => Promise<unknown>): void => {
    setBusy(true);
    setTrouble('');
    void signIn()
      .catch((error: unknown) => setTrouble(`You were not signed in: ${whyOf(error)}`))
      .finally(() => setBusy(false));
  };
  return (
    <main class="sign-in">
      <h1>Recoup operators</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          enter(() => signInWithEmailAndPassword(auth, email, password));
        }}
      >
        <label>
          E-mail
          <input
            type="email"
            autocomplete="username"
            required
            value={email}
            onInput={(event) => setEmail(event.currentTarget.value)}
          />
        </label>
        <label>
          Password
          <input
            type="password"
            autocomplete="current-password"
            required
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="strong" disabled={busy}>
          Sign in
        </button>
      </form>
      {signInAsSample !== null && (
        <button type="button" disabled={busy} onClick={() => enter(signInAsSample)}>
          Sign in as the sample admin
        </button>
      )}
      <p role="alert" class="trouble-line">
        {trouble}
      </p>
    </main>
  );
}
