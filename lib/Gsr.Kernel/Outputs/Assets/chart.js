(function(){
var s=document.currentScript,e=s&&s.previousElementSibling,f={{figure}};
if(!e||e.id!=="{{id}}")e=[].find.call(document.querySelectorAll("#{{id}}"),function(d){return !d.taken;});
if(!e)return;
e.taken=true;
function draw(p){p.newPlot(e,f).catch(fail);}
function fail(){e.textContent="This chart needs plotly.js, which could not be loaded (offline?).";}
var w=window,n="{{name}}",a=["{{address}}"];
try{
var c=document.getElementById("jupyter-config-data"),b=c?JSON.parse(c.textContent).baseUrl:document.body.dataset.baseUrl;
var m=w.Jupyter&&w.Jupyter.notebook&&w.Jupyter.notebook.metadata.kernelspec;
if(b)a.unshift(b+"kernelspecs/"+(m?m.name:"{{kernel}}")+"/"+n);
}catch(x){}
function load(u){return new Promise(function(y,z){var l=document.createElement("script");l.src=u+".js";l.onload=function(){y(w.Plotly);};l.onerror=z;document.head.appendChild(l);});}
if(w.Plotly)draw(w.Plotly);
else if(typeof require==="function"&&require.config){var q={};q[n]=a;require.config({paths:q});require([n],draw,fail);}
else(w.gsrPlotly=w.gsrPlotly||a.slice(1).reduce(function(p,u){return p.catch(function(){return load(u);});},load(a[0]))).then(draw,fail);
})();
