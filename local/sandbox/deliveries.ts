import { z } from 'zod';

/** How often an event is delivered, all at once. 0: it happens without anybody being told. */
export const deliveries = z.number().int().min(0).max(200).default(1);
