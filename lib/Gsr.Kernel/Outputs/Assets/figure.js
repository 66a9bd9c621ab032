"use strict";
// What a figure says about its colours is kept, what it leaves open follows the page, light or dark. Lettering on
// transparent paper stands on the page itself and has its ink, whatever grey was to do for both.
const dressed = (layout, isDark) => {
  const ink = isDark ? "#e3e7ec" : "#1f2328";
  const line = isDark ? "#4a525c" : "#d9dee4";
  const clear = "rgba(0,0,0,0)";
  const result = { paper_bgcolor: clear, plot_bgcolor: clear, autosize: true, ...layout };
  result.font = { color: ink, ...layout.font };
  if (result.paper_bgcolor === clear) result.font.color = ink;
  result.modebar = { bgcolor: clear, color: line, activecolor: ink, ...layout.modebar };
  const axis = own => ({ gridcolor: line, zerolinecolor: line, linecolor: line, ...own });
  for (const name of new Set(["xaxis", "yaxis", ...Object.keys(layout).filter(key => /^[xy]axis\d*$/.test(key))]))
    result[name] = axis(layout[name]);
  for (const name of Object.keys(layout).filter(key => /^scene\d*$/.test(key))) {
    result[name] = { ...layout[name] };
    for (const part of ["xaxis", "yaxis", "zaxis"]) result[name][part] = axis(layout[name][part]);
  }
  return result;
};
