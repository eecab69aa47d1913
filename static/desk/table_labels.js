// @ts-check
/** On a phone each row of a list is a card: its cells then carry the name of their column. */

export function labelCells() {
  for (const table of document.querySelectorAll("#result_list, .numbers-table table")) {
    const names = [...table.querySelectorAll("thead th")].map((head) => (head.querySelector(".text") ?? head).textContent?.trim() ?? "");
    for (const row of table.querySelectorAll("tbody tr")) {
      for (const [index, cell] of [...row.children].entries()) cell.setAttribute("data-label", names[index] ?? "");
    }
  }
}
