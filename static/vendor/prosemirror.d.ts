// The types of the bundle are those of the list it is built from.
export * from "../../frontend/richtext/prosemirror.js";
