import { onAuthStateChanged, signOut } from 'firebase/auth';
import { type VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Connection } from '../store/connect';
import { Desk } from './Desk';
import { SignIn } from './SignIn';

type Visitor = 'asked' | 'nobody' | 'admin' | 'somebody';

/** The page: for admins the desk, for others the door. The rules and the calls refuse whoever gets past it. */
export function App({ connection }: { readonly connection: Connection }): VNode {
  const { auth } = connection;
  const [visitor, setVisitor] = useState<Visitor>('asked');
  useEffect(
    () =>
      onAuthStateChanged(auth, (user) => {
        if (user === null) setVisitor('nobody');
        else
          void user
            .getIdTokenResult()
            .then(({ claims }) => setVisitor(claims['admin'] === true ? 'admin' : 'somebody'))
            .catch(() => setVisitor('nobody'));
      }),
    [auth],
  );
  switch (visitor) {
    case 'asked':
      return <p class="quiet">Loading …</p>;
    case 'nobody':
      return <SignIn {...connection} />;
    case 'admin':
      return <Desk {...connection} />;
    case 'somebody':
      return (
        <main class="sign-in">
          <h1>This is for admins</h1>
          <p>
            You are signed in, but your account is not an admin's. Somebody with the project's credentials can
            make it one: <code>npm run ops -- grant-admin</code>; sign in again after that.
          </p>
          <button type="button" class="strong" onClick={() => void signOut(auth)}>
            Sign out
          </button>
        </main>
      );
  }
}
