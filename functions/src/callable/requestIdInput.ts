import * as z from 'zod';
import { isDocumentId } from '../domain/documentId';
import { isResendId } from '../domain/messages/isResendId';

/** An id that the web client makes for one click; part of a document's id, mostly its end. */
export const requestIdInput = z
  .string()
  .max(100)
  .refine((id) => isDocumentId(id) && !isResendId(id), 'is not a request id');
