// @ts-check
// Pictures from a file: dropped, pasted or chosen, and sent to the desk's own address for them.
import { Plugin, TextSelection } from "../vendor/prosemirror.js";

/** `told`: what was lost of it. @typedef {{src: string, width: string, height: string, told: string}} StoredPicture */

const MOST_BYTES = 20 * 1024 * 1024; // newsroom/publishing/pictures.py

/** @param {DataTransfer | null} transfer @returns {File[]} */
export function picturesIn(transfer) {
  return [...(transfer?.files ?? [])].filter((file) => file.type.startsWith("image/"));
}

/** Office programs put a picture of the words beside the words: then the words are meant. @param {DataTransfer | null} transfer */
export function pastedPictures(transfer) {
  return transfer?.getData("text/plain").trim() ? [] : picturesIn(transfer);
}

/** @param {(files: File[]) => void} open is called with the cursor where the pictures were meant to be */
export function pictureFiles(open) {
  return new Plugin({
    props: {
      handlePaste(_view, event) {
        const files = pastedPictures(event.clipboardData);
        if (files.length) open(files);
        return files.length > 0;
      },
      handleDrop(view, event) {
        if (!event.dataTransfer?.files.length) return false;
        event.preventDefault(); // a browser would open the file in place of the page
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
        open(picturesIn(event.dataTransfer));
        return true;
      },
    },
  });
}

/** @param {string} address @param {string} token against forged requests @param {File} file @param {string} alt @param {AbortSignal} signal
 * @returns {Promise<StoredPicture | string>} a sentence, or the name of one, where it failed */
export async function uploadPicture(address, token, file, alt, signal) {
  if (!alt) return "alt";
  if (file.size > MOST_BYTES) return "heavy";
  const body = new FormData();
  body.append("csrfmiddlewaretoken", token);
  body.append("file", file);
  body.append("alt", alt);
  try {
    const answer = await fetch(address, { method: "POST", body, signal, redirect: "manual" });
    if (answer.status === 201) return await answer.json();
    if (answer.type === "opaqueredirect" || answer.status === 403) return "expired";
    if (answer.status !== 422) return "unsent";
    const { errors } = await answer.json();
    return Object.values(errors).flat().join(" ");
  } catch {
    return "unsent"; // or cancelled: then nobody reads this
  }
}
