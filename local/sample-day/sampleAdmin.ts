/** The sample day's admin, known to the Auth emulator alone. Nothing here is a real person, address or secret. */
export const SAMPLE_ADMIN = {
  uid: 'sample-admin',
  email: 'olga@recoup.example',
  password: 'only-for-the-emulator-too',
  name: 'Olga Sample',
};
