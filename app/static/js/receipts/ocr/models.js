/** The two models, run by onnxruntime-web on one thread. */
import { spell } from "./spell.js";

/** @import {Models} from "./page.js" */

/**
 * What the phone keeps: the address of the runtime's module, the runtime, the models, the recogniser's letters.
 * @typedef {object} Files
 * @property {string} runtime
 * @property {ArrayBuffer} wasm
 * @property {ArrayBuffer} detector
 * @property {ArrayBuffer} recogniser
 * @property {string[]} letters
 */

/** @typedef {{data: Float32Array, dispose: () => void}} Tensor */
/**
 * @typedef {object} Session
 * @property {string[]} inputNames
 * @property {string[]} outputNames
 * @property {(inputs: {[name: string]: Tensor}) => Promise<{[name: string]: Tensor}>} run
 */
/**
 * The part of onnxruntime-web in use.
 * @typedef {object} Runtime
 * @property {{logLevel: string, wasm: {wasmBinary?: ArrayBuffer, numThreads: number, proxy: boolean}}} env
 * @property {{create: (model: Uint8Array, options: object) => Promise<Session>}} InferenceSession
 * @property {new (type: "float32", data: Float32Array, sides: number[]) => Tensor} Tensor
 */

const OPTIONS = { executionProviders: ["wasm"], graphOptimizationLevel: "all", enableCpuMemArena: true, enableMemPattern: false };

/**
 * @param {Files} files
 * @returns {Promise<Models>}
 */
export async function openModels({ runtime, wasm, detector, recogniser, letters }) {
  /** @type {Runtime} */
  const ort = await import(runtime);
  ort.env.logLevel = "error";
  Object.assign(ort.env.wasm, { wasmBinary: wasm, numThreads: 1, proxy: false });
  const finder = await ort.InferenceSession.create(new Uint8Array(detector), OPTIONS);
  const reader = await ort.InferenceSession.create(new Uint8Array(recogniser), OPTIONS);
  return {
    detect: async (planes, width, height) => ({ width, height, data: await run(ort, finder, planes, [1, 3, height, width]) }),
    read: async ({ data, length, height }) => spell(await run(ort, reader, data, [1, 3, height, length]), letters),
  };
}

/**
 * The model's answer for one input.
 * @param {Runtime} ort
 * @param {Session} session
 * @param {Float32Array} values
 * @param {number[]} sides
 */
async function run(ort, session, values, sides) {
  const [taken, given] = [session.inputNames[0] ?? "", session.outputNames[0] ?? ""];
  const answer = (await session.run({ [taken]: new ort.Tensor("float32", values, sides) }))[given];
  if (!answer) throw new Error("no answer");
  const { data } = answer;
  answer.dispose();
  return data;
}
