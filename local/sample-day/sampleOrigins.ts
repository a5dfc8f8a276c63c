/** Where the day's parts answer. Hosts are host:port. */
export interface SampleOrigins {
  functionsOrigin: string;
  hostingOrigin: string;
  firestoreHost: string;
  authHost: string;
  sandboxOrigin: string;
}
