// Types shared by the reader's modules, for the type checker only.

/** Offsets are code points of the field's canonical text. */
interface Span {
  start: number;
  end: number;
}

/** A text quote, as the API takes it. */
interface Quote extends Span {
  field: string;
  exact: string;
  prefix: string;
  suffix: string;
}

/** The selected passage; before and after are the rest of its sentence. */
interface Passage extends Quote {
  revision: number;
  before: string;
  after: string;
}

/** What has no words to select, by its number in the revision; `name` is shown. */
interface About {
  element: string;
  index: number;
  name: string;
}

interface Field {
  name: string;
  root: Element;
  canonical: import('../shared/canonical.js').CanonicalText;
  points: string[];
}

/** What names an article to the API: slug and revision, or on another site's page what the widget knows. */
interface Named {
  article?: string;
  revision?: string;
  named?: (revision: number) => object;
}

/** Another site's page: filled in by the widget, empty on our own. */
interface Host {
  /** Address of this site, with which scripts of another one ask it. */
  base: string;
  scope: ShadowRoot & { body: HTMLElement };
  article: { lang: string; dir: string; dataset: Named; contains: (node: Node | null) => boolean };
  /** Selector of what is no part of the text. */
  drop: string;
  /** The list of own suggestions, which stands beside the article. */
  own: HTMLAnchorElement;
  roots: () => { name: string; root: Element }[];
  /** Whether the page reads as the revision that we have. */
  isSame: () => Promise<boolean>;
}

interface Piece {
  op: 'equal' | 'delete' | 'insert';
  text: string;
}

interface Values {
  replacement: string;
  /** How it is said: change, delete or unknown. */
  way: string;
  category: string;
  note: string;
  evidence_url: string;
  /** Only where its box is ticked. */
  credit?: string;
  name: string;
  website: string;
}

interface Letter {
  body: string;
  key: string;
}

/** ALTCHA challenge: the number up to maxNumber for which hash(salt + number) is `challenge`. */
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

/** Messages by field; other names are errors of the whole form. */
type Errors = Record<string, string[]>;

/** Accepted (receipt), refused (errors), rate-limited (seconds to wait); empty: no usable response. */
interface Answer {
  receipt?: Receipt;
  errors?: Errors;
  wait?: number;
}

/** Form values, the quoted words or the element, the request last sent and its outcome. */
type Draft = Values & { quote?: Quote | null; about?: About; letter?: Letter; sending?: boolean; errors?: Errors; at?: number };

/** A suggestion of this browser; quote null: about an element or the whole article; url: its status page. */
interface Sent {
  name: string;
  quote: Quote | null;
  about?: About;
  /** The new wording; "" to delete the passage, null or missing where the reader gave none. */
  replacement?: string | null;
  at?: number;
  url?: string;
  state?: string;
}

/** The API's answer about a passage: its current quote (null: deleted) and prior reports. */
interface Known {
  revision: number;
  words: string;
  quote: Quote | null;
  reports: Precedent[];
}

/** A prior report. An open case has a quote, to second it with; a decided one has none. */
interface Precedent {
  count: number;
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
  extras: HTMLDetailsElement;
  email: HTMLFormElement;
  option: HTMLTemplateElement;
}

/** Set before the widget's first script by the address that serves it: its words by language, and the module of the rest. */
declare const WIDGET: { words: Record<string, string>; module: string };

/** The look-up's answer. */
interface Embedded {
  slug: string;
  revision: number;
  text_digest: string;
  language: string;
  selectors: Record<'root' | 'headline' | 'standfirst' | 'byline' | 'drop', string>;
  notices: { start: number | null; end: number | null; note: string; url: string }[];
}

/** What the widget's first script knows of the page. */
interface EmbeddingPage {
  base: string;
  site: string;
  url: string;
  id: string;
  article: Embedded;
  root: Element;
  holder: HTMLElement;
  scheme: string;
}

type Widget = typeof import('../embed/widget.js');
