import { useEffect, useState } from 'react';
import { api } from '../api.ts';

/** What members of staff are called, by account; whoever is unknown keeps the name of the account. */
export function useNames(): Readonly<Record<string, string>> {
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  useEffect(() => void api.names().then(setNames, () => {}), []);
  return names;
}
