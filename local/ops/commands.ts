import { type Commands } from './command';
import { adminCommands } from './commands/adminCommands';
import { doctorCommands } from './commands/doctorCommands';
import { invoiceCommands } from './commands/invoiceCommands';
import { leaseCommands } from './commands/leaseCommands';
import { messageCommands } from './commands/messageCommands';
import { contactCommands } from './commands/contactCommands';
import { webhookCommands } from './commands/webhookCommands';

/** Every operator's command, by its words. */
export const COMMANDS: Commands = {
  ...adminCommands,
  ...webhookCommands,
  ...leaseCommands,
  ...messageCommands,
  ...invoiceCommands,
  ...contactCommands,
  ...doctorCommands,
};
