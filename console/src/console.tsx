import { render } from 'preact';
import { whyOf } from './hooks/live';
import { connect } from './store/connect';
import { App } from './views/App';

const place = document.getElementById('console');
if (place === null) throw new Error('The page has no place for the console.');
connect()
  .then((connection) => {
    place.replaceChildren();
    render(<App connection={connection} />, place);
  })
  .catch((error: unknown) => {
    const words = document.createElement('p');
    words.setAttribute('role', 'alert');
    words.textContent = `The console could not start: ${whyOf(error)}`;
    place.replaceChildren(words);
  });
