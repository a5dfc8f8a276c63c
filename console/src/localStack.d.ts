/** Set by the build: false in what is deployed, and with it goes the code that it guards. */
declare const LOCAL_STACK: boolean;
