import { testCloud } from './src/index.ts';
for(let i=0;i<300;i++){const c=testCloud({warn:()=>{}}); c.close();}
const { Session } = await import('node:inspector'); const s=new Session(); s.connect(); const post=(m,p)=>new Promise((r,j)=>s.post(m,p,(e,x)=>e?j(e):r(x)));
await post('Profiler.enable'); await post('Profiler.start');
let t=process.cpuUsage(); for(let i=0;i<2000;i++){const c=testCloud({warn:()=>{}}); c.close();} let u=process.cpuUsage(t); console.log('create', (u.user+u.system)/2000/1000,'ms');
const {profile:p}=await post('Profiler.stop');
const self={};const id={};p.nodes.forEach(n=>id[n.id]=n);p.samples.forEach((sm,i)=>{const n=id[sm];const k=n.callFrame.functionName+' '+n.callFrame.url.split('/').slice(-3).join('/')+':'+n.callFrame.lineNumber;self[k]=(self[k]||0)+p.timeDeltas[i];});
Object.entries(self).sort((a,b)=>b[1]-a[1]).slice(0,22).forEach(([k,v])=>console.log((v/1000).toFixed(0),k));
