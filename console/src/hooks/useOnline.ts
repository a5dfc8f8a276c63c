import { useEffect, useState } from 'preact/hooks';

/** Whether the browser has a network at all. */
export function useOnline(): boolean {
  const [online, setOnline] = useState(() => navigator.onLine);
  useEffect(() => {
    const follow = (): void => setOnline(navigator.onLine);
    for (const name of ['online', 'offline']) addEventListener(name, follow);
    return () => {
      for (const name of ['online', 'offline']) removeEventListener(name, follow);
    };
  }, []);
  return online;
}
