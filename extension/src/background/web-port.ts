import type { Port } from "./rpc.ts";
import { workerScope } from "./worker-scope.ts";

/** The port to whoever started this worker of a browser. */
export function webPort(): Port {
  return {
    post: (message) => workerScope.postMessage(message),
    onMessage: (listener) => {
      workerScope.onmessage = ({ data }) => listener(data);
    },
  };
}
