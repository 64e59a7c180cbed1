// The two things that all parts of the page need.

export const $ = (id) => document.getElementById(id);

/** An element with attributes and children: h('td', { class: 'number' }, 42). */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  Object.entries(attributes ?? {}).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children.filter((child) => child !== null && child !== undefined).map((c) => c.nodeType ? c : String(c)));
  return element;
}

/** 1234 is 1 234, 12.34 is 12, 1.234 is 1.2, 0.1234 is 0.12. */
export function number(value) {
  const digits = value >= 10 || Number.isInteger(value) ? 0 : value >= 1 ? 1 : 2;
  return value.toFixed(digits).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}
