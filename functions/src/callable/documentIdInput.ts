import * as z from 'zod';
import { isDocumentId } from '../domain/documentId';

/** The id of a document, as the web client names it. */
export const documentIdInput = z.string().refine(isDocumentId, 'is not a document id');
