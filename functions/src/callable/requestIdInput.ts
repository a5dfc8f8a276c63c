import * as z from 'zod';
import { isDocumentId } from '../domain/documentId';

/** An id that the web client makes for one click; part of a document's id. */
export const requestIdInput = z.string().max(100).refine(isDocumentId, 'is not a request id');
