/**
 * A worker that answers the newest question only: what comes back for an older text is dropped. It starts with the
 * first question. `forget` ends it, and whatever it was doing.
 */
export function askWorker(script, onAnswer) {
  let worker;
  let asked = 0;

  function start() {
    worker = new Worker(script, { type: "module" });
    worker.onmessage = ({ data }) => {
      if (data.id === asked) onAnswer(data);
    };
    worker.onerror = () => {
      forget();
      onAnswer({ problem: "The checker could not be loaded. Reload the page to try again." });
    };
  }

  function forget() {
    asked += 1;
    worker?.terminate();
    worker = undefined;
  }

  return {
    ask(texts) {
      if (!worker) start();
      asked += 1;
      worker.postMessage({ id: asked, texts });
    },
    forget,
  };
}
