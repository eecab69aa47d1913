// The shapes that pass between the reader's scripts. Read by the type checker only, never by a browser.

/** Offsets are code points of the field's canonical text. */
interface Span {
  start: number;
  end: number;
}

/** What the API takes. */
interface Quote extends Span {
  field: string;
  exact: string;
  prefix: string;
  suffix: string;
}

/** What the reader marked; before and after are the rest of its sentence. */
interface Passage extends Quote {
  revision: number;
  before: string;
  after: string;
}

interface Field {
  name: string;
  root: Element;
  canonical: import('../shared/canonical.js').CanonicalText;
  points: string[];
}

interface Piece {
  op: 'equal' | 'delete' | 'insert';
  text: string;
}

interface Values {
  replacement: string;
  unknown: boolean;
  category: string;
  note: string;
  evidence_url: string;
  email: string;
  name: string;
  website: string;
}

interface Letter {
  body: string;
  key: string;
}

/** ALTCHA's: which number up to maxNumber, behind the salt, has the hash `challenge`? */
interface Puzzle {
  algorithm: string;
  challenge: string;
  maxNumber: number;
  salt: string;
  signature: string;
}

interface Receipt {
  id: string;
  status: string;
  status_url: string;
}

/** Sentences by field; a name that is no field belongs to the whole. */
type Errors = Record<string, string[]>;

/** How the server answered: accepted, refused, come back in so many seconds; nothing of these: not at all. */
interface Answer {
  receipt?: Receipt;
  errors?: Errors;
  wait?: number;
}

/** Values as they were typed, the passage they were typed for, the letter last sent and what came of it. */
type Draft = Values & { exact?: string; letter?: Letter; sending?: boolean; errors?: Errors };

/** What was sent from this browser: what it was about (null: the whole article), when, and its private page. */
interface Sent {
  name: string;
  quote: Quote | null;
  at?: number;
  url?: string;
  state?: string;
}

/** What the API knows of a passage: how it reads now (null: gone), and cases about it. */
interface Known {
  revision: number;
  words: string;
  quote: Quote | null;
  reports: Precedent[];
}

/** Whoever stands by an open case sends its quote; what was decided has none. */
interface Precedent {
  sentence: string;
  reason: string | null;
  url: string | null;
  quote: Quote | null;
}

type View = import('./dialog.js').SuggestionDialog;

/** Elements that templates mark with data-<name>; any other is a plain HTMLElement. */
interface Parts {
  [name: string]: HTMLElement;
  form: HTMLFormElement;
  link: HTMLAnchorElement;
  "by-mail": HTMLAnchorElement;
  option: HTMLTemplateElement;
}
