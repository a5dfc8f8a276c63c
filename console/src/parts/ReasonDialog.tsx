import { type VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

/** The server's own bounds. */
const SHORTEST = 3;
const LONGEST = 500;

interface ReasonDialogProps {
  readonly title: string;
  /** What the button says: `Discard`. */
  readonly verb: string;
  readonly onReason: (reason: string) => void;
  readonly onClose: () => void;
}

/** Asks why somebody does it. The reason stays in the audit log. */
export function ReasonDialog({ title, verb, onReason, onClose }: ReasonDialogProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [reason, setReason] = useState('');
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby={`${id}-title`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onReason(reason.trim());
          dialog.current?.close();
        }}
      >
        <h2 id={`${id}-title`}>{title}</h2>
        <label for={`${id}-reason`}>Reason</label>
        <p id={`${id}-hint`} class="quiet">
          It stays in the audit log: no names or addresses.
        </p>
        <textarea
          id={`${id}-reason`}
          aria-describedby={`${id}-hint`}
          rows={3}
          required
          minLength={SHORTEST}
          maxLength={LONGEST}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
        <div class="actions">
          <button type="submit" class="strong" disabled={reason.trim().length < SHORTEST}>
            {verb}
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}
