import { subscribe } from 'node:diagnostics_channel';
import http, { type Server } from 'node:http';

/*
 * Loaded into the Firebase CLI before it begins (`--require`). The functions emulator sends a request to the process of a
 * function over a connection that it kept, which that process closes after 5 idle seconds, and clients do the same with
 * the emulators. On a busy machine a request meets the close: the client sees ECONNRESET, or a 500 with EPIPE. Cloud Run
 * has no such race. So the CLI opens a connection for each request to a function, and closes none that its clients keep.
 */
http.globalAgent = new http.Agent({ keepAlive: false });
subscribe('http.server.request.start', (message) => {
  // What Node documents that this channel publishes.
  (message as { server: Server }).server.keepAliveTimeout = 0;
});
